#include "district/web/periods.h"

#include <algorithm>
#include <array>
#include <chrono>

namespace hailong::district::web {
namespace {

using core::LocalDate;
using std::chrono::days;
using std::chrono::sys_days;

LocalDate moved(LocalDate date, days by) { return LocalDate{sys_days{date} + by}; }

LocalDate first_of_month(LocalDate date, unsigned month) {
  return LocalDate{date.year(), std::chrono::month{month}, std::chrono::day{1}};
}

std::string two_digits(unsigned value) { return (value < 10 ? "0" : "") + std::to_string(value); }

}  // namespace

std::string vietnamese_date(LocalDate date) {
  return two_digits(static_cast<unsigned>(date.day())) + "/" +
         two_digits(static_cast<unsigned>(date.month())) + "/" +
         std::to_string(static_cast<int>(date.year()));
}

std::string period_words(const Period& period, LocalDate today) {
  static constexpr std::array kWeekdays = {"hủ nhật", "hứ Hai", "hứ Ba", "hứ Tư",
                                           "hứ Năm",  "hứ Sáu", "hứ Bảy"};
  if (period.from != period.to) {
    return "Từ " + vietnamese_date(period.from) + " đến " + vietnamese_date(period.to);
  }
  const unsigned weekday = std::chrono::weekday{sys_days{period.from}}.c_encoding();
  const bool is_today = period.from == today;
  const std::string initial = weekday == 0 ? (is_today ? "c" : "C") : (is_today ? "t" : "T");
  return (is_today ? "Hôm nay, " : "") + initial + kWeekdays[weekday] + ", " +
         vietnamese_date(period.from);
}

std::vector<NamedPeriod> offered_periods(const Period& shown, LocalDate today) {
  const auto month = static_cast<unsigned>(today.month());
  std::vector<NamedPeriod> periods = {
      {"Hôm nay", {today, today}},
      {"7 ngày qua", {moved(today, days{-6}), today}},
      {"Tháng này", {first_of_month(today, month), today}},
      {"Quý này", {first_of_month(today, (month - 1) / 3 * 3 + 1), today}},
      {"Năm nay", {first_of_month(today, 1), today}},
  };
  const days length = sys_days{shown.to} - sys_days{shown.from} + days{1};
  const bool one_day = length == days{1};
  periods.push_back({one_day ? "‹ Ngày trước" : "‹ Khoảng trước",
                     {moved(shown.from, -length), moved(shown.from, days{-1})}});
  if (sys_days{shown.to} < sys_days{today}) {
    periods.push_back({one_day ? "Ngày sau ›" : "Khoảng sau ›",
                       {moved(shown.to, days{1}), std::min(today, moved(shown.to, length))}});
  }
  return periods;
}

}  // namespace hailong::district::web
