#include "district/scoring/dossier_ratio.h"

#include <numeric>

#include "core/numbers.h"

namespace hailong::district::scoring {
namespace {

std::int64_t divided_half_up(std::int64_t part, std::int64_t whole) {
  return (2 * part + whole) / (2 * whole);
}

}  // namespace

std::int64_t DossierFaults::faulty() const {
  return std::accumulate(by_faults.begin() + 1, by_faults.end(), std::int64_t{0});
}

std::optional<DossierRatio> dossier_ratio(const DossierFaults& faults) {
  const std::int64_t all = faults.dossiers.value_or(0);
  const std::int64_t good = all - faults.faulty();
  if (all <= 0 || good < 0) return std::nullopt;
  const bool full = 10 * good >= 9 * all;
  // 6 points x good / all / 0.9, in hundredths.
  const std::int64_t points = full ? 600 : divided_half_up(6000 * good, 9 * all);
  return DossierRatio{divided_half_up(10'000 * good, all), points};
}

std::string dossier_ratio_words(const DossierFaults& faults) {
  const auto ratio = dossier_ratio(faults);
  if (!ratio) return "không đủ dữ liệu";
  return core::vietnamese(ratio->basis_points) + " % (" +
         core::vietnamese_count(*faults.dossiers - faults.faulty()) + "/" +
         core::vietnamese_count(*faults.dossiers) +
         " hồ sơ không có lỗi, tính theo hợp các tập), " + core::vietnamese(ratio->points_x100) +
         "/6 điểm";
}

}  // namespace hailong::district::scoring
