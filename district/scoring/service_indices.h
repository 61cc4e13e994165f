#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>

/// The component indices of TT 01/2018/TT-VPCP Điều 13, which dossiers are scored 0, 1 or 2 for.
/// One of three logics that are never mixed (criterion.h, dossier_ratio.h): an index is no share of
/// satisfied people. Whether they survive NĐ 118/2025/NĐ-CP is not confirmed.

namespace hailong::district::scoring {

/// How many dossiers were scored 0, 1 and 2 for one index.
struct DossierScores {
  std::array<std::int64_t, 3> by_points{};

  [[nodiscard]] std::int64_t scored() const { return by_points[0] + by_points[1] + by_points[2]; }
};

/// The index in tenths, 0 to 20, half up (Điều 15 khoản 2): the sum of scores divided by the scored
/// dossiers, an explicit choice since the text is silent on dossiers nobody scored. Nothing when
/// none was scored.
std::optional<int> index_tenths(const DossierScores& scores);

/// What index 7 (attitude) is made of. It follows time and complaints, not a smiley.
struct ConductFacts {
  std::int64_t early = 0;       // returned early, no complaint about conduct
  std::int64_t on_time = 0;     // on time, no such complaint
  std::int64_t late = 0;        // late, no such complaint: not covered by the text, taken as 0
  std::int64_t complained = 0;  // with such a complaint that was not proven false

  bool operator==(const ConductFacts&) const = default;
};
DossierScores conduct_scores(const ConductFacts& facts);

inline constexpr std::size_t kServiceIndices = 9;

/// Indices 1 to 9 in tenths, as far as there are any.
using ServiceIndices = std::array<std::optional<int>, kServiceIndices>;

/// Sum of the rounded indices in tenths, 0 to 180, and its class (Điều 15 khoản 3).
struct AgencyTotal {
  int tenths = 0;
  std::string name;  // "Tốt"
};

/// Nothing unless all nine exist: fewer are component indices without a class.
std::optional<AgencyTotal> agency_total(const ServiceIndices& indices);

/// Of an officer: indices 1, 2, 3, 4 and 7, at most 100 tenths. Nothing unless all five exist.
std::optional<int> officer_total(const ServiceIndices& indices);

/// "1,8/2 (124 hồ sơ được chấm)", or "không đủ dữ liệu".
std::string index_words(const DossierScores& scores);

}  // namespace hailong::district::scoring
