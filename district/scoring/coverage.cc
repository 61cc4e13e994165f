#include "district/scoring/coverage.h"

#include <algorithm>

namespace hailong::district::scoring {
namespace {

using std::chrono::year_month;

std::string month_text(year_month month) {
  return core::to_string(core::LocalDate{month / 1}).substr(0, 7);
}

/// The whole months of a range, up to `last`.
std::vector<std::string> whole_months(const ScoreQuery& query, const std::string& last) {
  std::vector<std::string> months;
  year_month month{query.from.year(), query.from.month()};
  if (static_cast<unsigned>(query.from.day()) != 1) month += std::chrono::months{1};
  for (; core::LocalDate{month / std::chrono::last} <= query.to; month += std::chrono::months{1}) {
    std::string text = month_text(month);
    if (text > last) break;
    months.push_back(std::move(text));
  }
  return months;
}

}  // namespace

CoverageFinder::CoverageFinder(const std::vector<storage::ServedTotal>& served,
                               const RatedDossiers& rated, const core::UnitRegister& units,
                               const ScoreQuery& query)
    : rated_(rated), units_(units), query_(query) {
  std::string last;
  std::string last_own;
  for (const storage::ServedTotal& total : served) {
    returned_[{total.unit_id, total.month}][total.field_id] = {total.returned, total.own > 0};
    std::string& of_kind = total.official ? last : last_own;
    of_kind = std::max(of_kind, total.month);
  }
  months_ = whole_months(query, last.empty() ? last_own : last);
}

std::optional<CoverageFinder::Returned> CoverageFinder::returned(const std::string& unit_id,
                                                                 const std::string& month) const {
  const auto found = returned_.find({unit_id, month});
  if (found == returned_.end()) return std::nullopt;
  const auto& by_field = found->second;
  if (const auto all = by_field.find(""); all != by_field.end()) return all->second;
  Returned sum;
  for (const auto& [field, count] : by_field) sum.n += count.n;
  return sum;
}

std::optional<Coverage> CoverageFinder::of_unit(const std::string& unit_id) const {
  const core::Unit* unit = units_.find_id(unit_id);
  if (unit == nullptr) return std::nullopt;
  std::vector<const core::Unit*> parts{unit};
  if (query_.units_as_on) parts = units_.predecessors(*unit, *query_.units_as_on);
  std::optional<Coverage> coverage;
  for (const std::string& month : months_) {
    for (const core::Unit* part : parts) {
      if (!part->is_valid_on(*core::parse_date(month + "-01"))) continue;
      const auto count = returned(part->id(), month);
      if (!count) return std::nullopt;
      if (!coverage) coverage.emplace();
      coverage->returned += count->n;
      coverage->counted_by_unit = coverage->counted_by_unit || count->counted_by_unit;
      const auto rated = rated_.find({part->id(), month});
      if (rated != rated_.end()) coverage->rated += rated->second;
    }
  }
  return coverage;
}

}  // namespace hailong::district::scoring
