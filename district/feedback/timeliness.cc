#include "district/feedback/timeliness.h"

namespace hailong::district::feedback {
namespace {

const core::CaseLimit& limit_of(const core::CaseLimits& limits, core::CaseDuty duty) {
  return limits[static_cast<std::size_t>(duty)];
}

Timeliness timeliness_of(const storage::CaseTimes& times) {
  return {times.due, times.on_time, times.open, times.overdue};
}

}  // namespace

Timeliness& Timeliness::operator+=(const Timeliness& other) {
  due += other.due;
  on_time += other.on_time;
  open += other.open;
  overdue += other.overdue;
  return *this;
}

core::Result<std::map<std::string, UnitTimeliness>> TimelinessReader::read(core::LocalDate from,
                                                                           core::LocalDate to,
                                                                           std::int64_t now_ms) {
  const auto times = cases_.times(from, to, cutoffs_at(now_ms, limits_, calendar_));
  if (!times) return core::Failure(times.error());
  std::map<std::string, UnitTimeliness> units;
  for (const auto& [unit, by_class] : *times) {
    UnitTimeliness& of = units[unit];
    for (const auto& [classed, figures] : by_class) {
      if (classed == core::CaseClass::kPraise) continue;
      of.all += timeliness_of(figures);
      if (classed == core::CaseClass::kSuggestion) of.suggestions += timeliness_of(figures);
      if (classed == core::CaseClass::kPetition) of.petitions += timeliness_of(figures);
    }
  }
  return units;
}

core::Result<std::vector<OverdueCase>> TimelinessReader::overdue(std::int64_t now_ms, int limit) {
  storage::CaseQuery query;
  query.with_restricted = true;
  query.overdue = true;
  const auto rows = cases_.list(query, cutoffs_at(now_ms, limits_, calendar_), std::nullopt, limit);
  if (!rows) return core::Failure(rows.error());
  std::vector<OverdueCase> list;
  list.reserve(rows->size());
  for (const storage::CaseRow& row : *rows) {
    const std::int64_t due = row.standing.due_at.value_or(
        core::deadline(limit_of(limits_, core::CaseDuty::kSee), calendar_, row.head.day));
    list.push_back({row.head.id, row.head.unit_id, row.head.day, row.standing.status, due});
  }
  return list;
}

storage::CaseCutoffs cutoffs_at(std::int64_t now_ms, const core::CaseLimits& limits,
                                const core::WorkingCalendar& calendar) {
  return {now_ms, core::first_day_in_time(limit_of(limits, core::CaseDuty::kSee), calendar, now_ms),
          core::first_day_in_time(limit_of(limits, core::CaseDuty::kAnswerSuggestion), calendar,
                                  now_ms)};
}

}  // namespace hailong::district::feedback
