#include "district/scoring/breakdown.h"

#include <algorithm>
#include <map>

#include "core/numbers.h"
#include "district/scoring/verdict.h"

namespace hailong::district::scoring {

Breakdown break_down(const std::vector<FieldPart>& parts,
                     const std::vector<std::string>& easy_fields) {
  std::map<std::string, core::Counts> by_field;
  for (const FieldPart& part : parts) by_field[part.field_id] += part.counts;
  Breakdown breakdown;
  breakdown.parts.reserve(by_field.size());
  for (const auto& [field, counts] : by_field) {
    const bool is_easy =
        std::find(easy_fields.begin(), easy_fields.end(), field) != easy_fields.end();
    breakdown.total += counts;
    (is_easy ? breakdown.easy : breakdown.without) += counts;
    breakdown.parts.push_back({field, counts});
  }
  std::stable_sort(
      breakdown.parts.begin(), breakdown.parts.end(),
      [](const FieldPart& a, const FieldPart& b) { return a.counts.n() > b.counts.n(); });
  return breakdown;
}

std::string Breakdown::words(const std::string& easy_names) const {
  if (total.n() == 0) return describe(total);
  if (easy.n() == 0) return "Không có phiếu " + easy_names;
  const std::string share = "Trong đó " + easy_names + ": " + core::vietnamese_count(easy.n()) +
                            "/" + core::vietnamese_count(total.n()) + " phiếu (" +
                            core::percent_words(easy.n(), total.n()) + ")";
  if (without.n() == 0) return share + "; ngoài ra không có phiếu nào";
  return share + "; không kể các phiếu đó: " + describe(without);
}

}  // namespace hailong::district::scoring
