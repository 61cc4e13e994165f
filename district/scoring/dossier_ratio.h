#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

/// Satisfaction in handling dossiers by QĐ 766/QĐ-TTg, index 5.4. One of three logics that are
/// never mixed (criterion.h, service_indices.h): it counts dossiers without a fault, not satisfied
/// people.

namespace hailong::district::scoring {

/// Faults of a dossier, as bits.
enum DossierFault : std::size_t {
  kUnsatisfied = 1,  // rated 1 or 2 (placeholder for "không hài lòng")
  kComplained = 2,   // has a phản ánh, kiến nghị
  kOverdue = 4,
};

/// All dossiers of a period, and those with faults by their very combination, so that one that is
/// late and disliked counts once.
struct DossierFaults {
  std::optional<std::int64_t> dossiers;     // N; nothing: not known
  std::array<std::int64_t, 8> by_faults{};  // index: faults together; [0] is not read

  /// Dossiers with any fault: the set union of the decision's text.
  [[nodiscard]] std::int64_t faulty() const;

  bool operator==(const DossierFaults&) const = default;
};

struct DossierRatio {
  std::int64_t basis_points = 0;  // (N - faulty) / N, half up
  std::int64_t points_x100 = 0;   // of 6.00: all from 90 % on, below in proportion
};

/// Nothing when N is 0 or not known, or when more dossiers have faults than there are.
std::optional<DossierRatio> dossier_ratio(const DossierFaults& faults);

/// "92,50 % (370/400 hồ sơ không có lỗi, tính theo hợp các tập), 6,00/6 điểm", or
/// "không đủ dữ liệu".
std::string dossier_ratio_words(const DossierFaults& faults);

}  // namespace hailong::district::scoring
