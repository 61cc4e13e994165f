#include "district/feedback/unsigned_days.h"

#include <algorithm>
#include <set>

namespace hailong::district::feedback {

UnsignedDays unsigned_days(const storage::SignOffs& found, const core::UnitRegister& units,
                           const core::WorkingCalendar& calendar, core::LocalDate last) {
  std::map<std::string, core::LocalDate> begin;
  for (const auto& [unit_id, rated] : found.rated) begin.emplace(unit_id, *rated.begin());
  std::map<std::string, std::set<core::LocalDate>> signed_days;
  for (const storage::SignedDay& one : found.days) {
    signed_days[one.unit_id].insert(one.day);
    const auto [first, is_new] = begin.try_emplace(one.unit_id, one.day);
    if (!is_new) first->second = std::min(first->second, one.day);
  }
  UnsignedDays days;
  for (const auto& [unit_id, first] : begin) {
    const core::Unit* unit = units.find_id(unit_id);
    if (unit == nullptr) continue;  // a code that the register does not know signs nothing
    const std::set<core::LocalDate>& done = signed_days[unit_id];
    const auto rated = found.rated.find(unit_id);
    const core::LocalDate end = std::min(last, unit->valid_to.value_or(last));
    for (core::LocalDate day = first; day <= end; day = core::next_day(day)) {
      const bool due = calendar.is_working_day(day) ||
                       (rated != found.rated.end() && rated->second.contains(day));
      if (due && !done.contains(day)) days[unit_id].push_back(day);
    }
  }
  return days;
}

}  // namespace hailong::district::feedback
