#include "district/scoring/score_query.h"

#include <algorithm>
#include <set>

namespace hailong::district::scoring {
namespace {

using core::Fault;
using Parameters = std::vector<std::pair<std::string, std::string>>;

const std::string* value_of(const Parameters& parameters, std::string_view key) {
  const auto found = std::find_if(parameters.begin(), parameters.end(),
                                  [&](const auto& parameter) { return parameter.first == key; });
  return found == parameters.end() ? nullptr : &found->second;
}

core::Result<core::LocalDate> date_of(const Parameters& parameters, const std::string& key) {
  const std::string* value = value_of(parameters, key);
  if (value == nullptr) {
    return core::fail(Fault::kInvalid, key + ": missing; expected a date YYYY-MM-DD");
  }
  if (const auto date = core::parse_date(*value)) return *date;
  return core::fail(Fault::kInvalid, key + ": expected a date YYYY-MM-DD");
}

core::Result<storage::Grouping> grouping_of(std::string_view text) {
  std::set<std::string, std::less<>> words;
  bool once = true;
  while (true) {
    const std::size_t end = std::min(text.find(','), text.size());
    once = words.emplace(text.substr(0, end)).second && once;
    if (end == text.size()) break;
    text.remove_prefix(end + 1);
  }
  storage::Grouping by{words.contains("month"), words.contains("field"), words.contains("counter")};
  const std::size_t known = 1 + static_cast<std::size_t>(by.by_month) +
                            static_cast<std::size_t>(by.by_field) +
                            static_cast<std::size_t>(by.by_counter);
  if (!once || !words.contains("unit") || words.size() != known) {
    return core::fail(Fault::kInvalid, "by: expected unit[,month][,field][,counter]");
  }
  return by;
}

}  // namespace

std::string ScoreQuery::by_text() const {
  return std::string("unit") + (by.by_month ? ",month" : "") + (by.by_field ? ",field" : "") +
         (by.by_counter ? ",counter" : "");
}

core::Result<ScoreQuery> parse_score_query(const Parameters& parameters, core::LocalDate today) {
  const auto from = date_of(parameters, "from");
  if (!from) return core::Failure(from.error());
  const auto to = date_of(parameters, "to");
  if (!to) return core::Failure(to.error());
  if (*to < *from) return core::fail(Fault::kInvalid, "to: expected a date not before from");
  const std::string* by = value_of(parameters, "by");
  const auto grouping = grouping_of(by == nullptr ? "unit" : *by);
  if (!grouping) return core::Failure(grouping.error());
  const std::string* as = value_of(parameters, "as");
  if (as != nullptr && *as != "then" && *as != "now") {
    return core::fail(Fault::kInvalid, "as: expected then or now");
  }
  ScoreQuery query{*from, *to, *grouping};
  if (as != nullptr && *as == "now") query.units_as_on = today;
  return query;
}

}  // namespace hailong::district::scoring
