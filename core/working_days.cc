#include "core/working_days.h"

#include <utility>

#include "core/csv.h"

namespace hailong::core {
namespace {

Failure bad_day(int line, const std::string& reason) {
  return fail(Fault::kInvalid, "public-holidays.csv:" + std::to_string(line) + ": " + reason);
}

bool is_weekend(LocalDate date) {
  const std::chrono::weekday day{std::chrono::sys_days{date}};
  return day == std::chrono::Saturday || day == std::chrono::Sunday;
}

bool is_one_of(std::string_view text, std::string_view a, std::string_view b) {
  return text == a || text == b;
}

Result<std::pair<LocalDate, SpecialDay>> read_day(const CsvRow& row) {
  if (row.fields.size() != 5) return bad_day(row.line, "expected 5 fields");
  const auto date = parse_date(row.fields[0]);
  if (!date) return bad_day(row.line, "date: expected YYYY-MM-DD");
  if (!is_one_of(row.fields[1], "off", "work")) {
    return bad_day(row.line, "day: expected off or work");
  }
  if (row.fields[2].empty()) return bad_day(row.line, "name: expected a text");
  if (!is_one_of(row.fields[3], "yes", "no")) {
    return bad_day(row.line, "confirmed: expected yes or no");
  }
  if (row.fields[4].empty()) return bad_day(row.line, "source: expected a text");
  SpecialDay day{row.fields[1] == "work", row.fields[2], row.fields[3] == "yes", row.fields[4]};
  if (day.working != is_weekend(*date)) {
    return bad_day(row.line, "day: off is for Monday to Friday, work for Saturday and Sunday");
  }
  return std::pair{*date, std::move(day)};
}

}  // namespace

Result<WorkingCalendar> WorkingCalendar::parse(std::string_view csv) {
  const auto rows = parse_csv(csv);
  const std::vector<std::string> heading{"date", "day", "name", "confirmed", "source"};
  if (rows.empty() || rows.front().fields != heading) {
    return bad_day(rows.empty() ? 1 : rows.front().line,
                   "expected the heading date,day,name,confirmed,source");
  }
  WorkingCalendar calendar;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    auto day = read_day(rows[i]);
    if (!day) return Failure(day.error());
    if (!calendar.days_.insert(std::move(*day)).second) {
      return bad_day(rows[i].line, rows[i].fields[0] + " is there twice");
    }
  }
  return calendar;
}

Result<WorkingCalendar> WorkingCalendar::of(std::map<LocalDate, SpecialDay> days) {
  for (const auto& [date, day] : days) {
    if (day.working != is_weekend(date)) {
      return fail(Fault::kInvalid,
                  to_string(date) + ": off is for Monday to Friday, work for the weekend");
    }
  }
  WorkingCalendar calendar;
  calendar.days_ = std::move(days);
  return calendar;
}

bool WorkingCalendar::is_working_day(LocalDate date) const {
  const SpecialDay* day = special(date);
  return day == nullptr ? !is_weekend(date) : day->working;
}

const SpecialDay* WorkingCalendar::special(LocalDate date) const {
  const auto found = days_.find(date);
  return found == days_.end() ? nullptr : &found->second;
}

bool WorkingCalendar::knows(std::chrono::year year) const {
  const auto first = days_.lower_bound(LocalDate{year, std::chrono::January, std::chrono::day{1}});
  return first != days_.end() && first->first.year() == year;
}

LocalDate add_working_days(const WorkingCalendar& calendar, LocalDate date, int count) {
  while (count > 0) {
    date = next_day(date);
    if (calendar.is_working_day(date)) --count;
  }
  return date;
}

int working_days_between(const WorkingCalendar& calendar, LocalDate from, LocalDate to) {
  if (to < from) return -working_days_between(calendar, to, from);
  int count = 0;
  for (LocalDate day = from; day < to;) {
    day = next_day(day);
    if (calendar.is_working_day(day)) ++count;
  }
  return count;
}

}  // namespace hailong::core
