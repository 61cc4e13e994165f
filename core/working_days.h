#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/local_date.h"
#include "core/result.h"

/// Deadlines of the administration count working days: Monday to Friday without public holidays,
/// and the Saturdays worked in place of a day off. Holidays are data, announced year by year.

namespace hailong::core {

/// A day that differs from the week.
struct SpecialDay {
  bool working = false;
  std::string name;
  bool confirmed = false;  // an announcement or the law says so; otherwise it is expected
  std::string source;

  bool operator==(const SpecialDay&) const = default;
};

class WorkingCalendar {
 public:
  /// Reads CSV text with the heading date,day,name,confirmed,source (config/public-holidays.csv).
  /// Errors: kInvalid with line and reason.
  static Result<WorkingCalendar> parse(std::string_view csv);

  /// Errors: kInvalid when a weekend is off or another day worked anyway.
  static Result<WorkingCalendar> of(std::map<LocalDate, SpecialDay> days);

  [[nodiscard]] bool is_working_day(LocalDate date) const;
  /// Null for a day like every other of its week.
  [[nodiscard]] const SpecialDay* special(LocalDate date) const;
  /// False for a year of which no holiday is known: only its weekends are then days off, so that a
  /// deadline comes too early rather than too late.
  [[nodiscard]] bool knows(std::chrono::year year) const;
  [[nodiscard]] const std::map<LocalDate, SpecialDay>& days() const { return days_; }

  bool operator==(const WorkingCalendar&) const = default;

 private:
  std::map<LocalDate, SpecialDay> days_;
};

/// The `count`th working day after `date` (count >= 0). The day itself is never counted, working or
/// not: what arrives on Friday with a limit of 2 days is due on Tuesday. 0 is `date` itself.
LocalDate add_working_days(const WorkingCalendar& calendar, LocalDate date, int count);

/// Working days after `from` up to and with `to`; negative when `to` is before `from`.
int working_days_between(const WorkingCalendar& calendar, LocalDate from, LocalDate to);

}  // namespace hailong::core
