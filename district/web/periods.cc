#include "district/web/periods.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <optional>

namespace hailong::district::web {
namespace {

using core::LocalDate;
using std::chrono::days;
using std::chrono::sys_days;

std::string two_digits(unsigned value) { return (value < 10 ? "0" : "") + std::to_string(value); }

unsigned month_of(LocalDate date) { return static_cast<unsigned>(date.month()); }
std::string year_of(LocalDate date) { return std::to_string(static_cast<int>(date.year())); }

/// The span of `months` (1, 3, 6 or 12) of the calendar that holds `date`.
Period calendar_span(LocalDate date, int months) {
  const int into = static_cast<int>(month_of(date) - 1) % months;
  const LocalDate from = month_start(date, -into);
  return {from, moved_by_days(month_start(from, months), -1)};
}

/// How many months of the calendar the period is: a whole span, or one that has not ended yet.
std::optional<int> months_of(const Period& period, LocalDate today) {
  for (const int months : {1, 3, 6, 12}) {
    const Period span = calendar_span(period.from, months);
    if (period.from == span.from && period.to == std::min(span.to, today)) return months;
    if (period == span) return months;
  }
  return std::nullopt;
}

std::string span_words(LocalDate from, int months) {
  static constexpr std::array kQuarters = {"I", "II", "III", "IV"};
  if (months == 1) return "Tháng " + vietnamese_month(from);
  if (months == 3) {
    return std::string("Quý ") + kQuarters[(month_of(from) - 1) / 3] + "/" + year_of(from);
  }
  if (months == 6) {
    return (month_of(from) == 1 ? "6 tháng đầu năm " : "6 tháng cuối năm ") + year_of(from);
  }
  return "Năm " + year_of(from);
}

/// `period` moved by its own length, in months where it is a span of the calendar.
NamedPeriod neighbour(const Period& period, LocalDate today, int sign) {
  if (const auto months = months_of(period, today); months && period.from != period.to) {
    const Period span = calendar_span(month_start(period.from, sign * *months), *months);
    return {span_words(span.from, *months), {span.from, std::min(span.to, today)}};
  }
  const int length = static_cast<int>((sys_days{period.to} - sys_days{period.from}).count()) + 1;
  const Period moved{moved_by_days(period.from, sign * length),
                     std::min(today, moved_by_days(period.to, sign * length))};
  const bool one_day = length == 1;
  return {
      sign < 0 ? (one_day ? "Ngày trước" : "Khoảng trước") : (one_day ? "Ngày sau" : "Khoảng sau"),
      moved};
}

std::string weekday_words(LocalDate date, bool is_today) {
  static constexpr std::array kWeekdays = {"hủ nhật", "hứ Hai", "hứ Ba", "hứ Tư",
                                           "hứ Năm",  "hứ Sáu", "hứ Bảy"};
  const unsigned weekday = std::chrono::weekday{sys_days{date}}.c_encoding();
  const std::string initial = weekday == 0 ? (is_today ? "c" : "C") : (is_today ? "t" : "T");
  return (is_today ? "Hôm nay, " : "") + initial + kWeekdays[weekday] + ", " +
         vietnamese_date(date);
}

}  // namespace

LocalDate moved_by_days(LocalDate date, int by) { return LocalDate{sys_days{date} + days{by}}; }

LocalDate month_start(LocalDate date, int months) {
  const auto month =
      std::chrono::year_month{date.year(), date.month()} + std::chrono::months{months};
  return LocalDate{month.year(), month.month(), std::chrono::day{1}};
}

Period whole_months(const Period& period, LocalDate last) {
  const LocalDate to = std::min(period.to, last);
  return {month_start(std::min(period.from, to)), calendar_span(to, 1).to};
}

std::string vietnamese_date(LocalDate date) {
  return two_digits(static_cast<unsigned>(date.day())) + "/" + vietnamese_month(date);
}

std::string vietnamese_month(LocalDate date) {
  return two_digits(month_of(date)) + "/" + year_of(date);
}

std::string period_words(const Period& period, LocalDate today) {
  if (period.from == period.to) return weekday_words(period.from, period.from == today);
  const auto months = months_of(period, today);
  if (months && period == calendar_span(period.from, *months)) {
    return span_words(period.from, *months);
  }
  return "Từ " + vietnamese_date(period.from) + " đến " + vietnamese_date(period.to);
}

std::vector<NamedPeriod> offered_periods(const Period& shown, LocalDate today) {
  const auto until_today = [&](int months) {
    return Period{calendar_span(today, months).from, today};
  };
  std::vector<NamedPeriod> periods = {
      {"Hôm nay", {today, today}},
      {"7 ngày qua", {moved_by_days(today, -6), today}},
      {"Tháng này", until_today(1)},
      {"Quý này", until_today(3)},
      {month_of(today) <= 6 ? "6 tháng đầu năm" : "6 tháng cuối năm", until_today(6)},
      {"Năm nay", until_today(12)},
  };
  NamedPeriod before = neighbour(shown, today, -1);
  before.label = "‹ " + before.label;
  periods.push_back(std::move(before));
  if (sys_days{shown.to} < sys_days{today}) {
    NamedPeriod after = neighbour(shown, today, 1);
    after.label += " ›";
    periods.push_back(std::move(after));
  }
  return periods;
}

}  // namespace hailong::district::web
