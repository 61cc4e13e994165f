#include "district/scoring/service_indices.h"

#include <algorithm>

#include "core/numbers.h"

namespace hailong::district::scoring {
namespace {

struct AgencyClass {
  int from_tenths;
  const char* name;
};
constexpr std::array kAgencyClasses = {AgencyClass{150, "Xuất sắc"}, AgencyClass{120, "Tốt"},
                                       AgencyClass{90, "Khá"}, AgencyClass{60, "Trung bình"},
                                       AgencyClass{0, "Yếu"}};

}  // namespace

std::optional<int> index_tenths(const DossierScores& scores) {
  const std::int64_t n = scores.scored();
  if (n == 0) return std::nullopt;
  const std::int64_t sum = scores.by_points[1] + 2 * scores.by_points[2];
  return static_cast<int>((20 * sum + n) / (2 * n));
}

DossierScores conduct_scores(const ConductFacts& facts) {
  return {{facts.late + facts.complained, facts.on_time, facts.early}};
}

std::optional<AgencyTotal> agency_total(const ServiceIndices& indices) {
  int sum = 0;
  for (const std::optional<int>& index : indices) {
    if (!index) return std::nullopt;
    sum += *index;
  }
  const auto* found =
      std::find_if(kAgencyClasses.begin(), kAgencyClasses.end(),
                   [&](const AgencyClass& known) { return sum >= known.from_tenths; });
  return AgencyTotal{sum, found->name};
}

std::optional<int> officer_total(const ServiceIndices& indices) {
  int sum = 0;
  for (const std::size_t number : {1U, 2U, 3U, 4U, 7U}) {
    const std::optional<int>& index = indices[number - 1];
    if (!index) return std::nullopt;
    sum += *index;
  }
  return sum;
}

std::string index_words(const DossierScores& scores) {
  const std::optional<int> tenths = index_tenths(scores);
  if (!tenths) return "không đủ dữ liệu";
  return core::vietnamese_tenths(std::int64_t{10} * *tenths) + "/2 (" +
         core::vietnamese_count(scores.scored()) + " hồ sơ được chấm)";
}

}  // namespace hailong::district::scoring
