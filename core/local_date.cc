#include "core/local_date.h"

#include <algorithm>

namespace hailong::core {
namespace {

using std::chrono::days;
using std::chrono::milliseconds;
using std::chrono::sys_days;
using std::chrono::sys_time;

std::string padded(int value, std::size_t width) {
  std::string text = std::to_string(value);
  if (text.size() < width) text.insert(0, width - text.size(), '0');
  return text;
}

std::optional<int> parse_digits(std::string_view text) {
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

}  // namespace

LocalDate local_date(std::int64_t unix_ms) {
  using std::chrono::year;
  static const std::int64_t first = start_of_day_ms(year{0} / 1 / 1);
  static const std::int64_t last = start_of_day_ms(year{9999} / 12 / 31);
  const milliseconds utc{std::clamp(unix_ms, first, last)};
  return LocalDate{std::chrono::floor<days>(sys_time<milliseconds>{utc + kVietnamOffset})};
}

std::int64_t start_of_day_ms(LocalDate date) {
  const sys_time<milliseconds> local{sys_days{date}};
  return (local.time_since_epoch() - milliseconds{kVietnamOffset}).count();
}

std::string to_string(LocalDate date) {
  return padded(static_cast<int>(date.year()), 4) + "-" +
         padded(static_cast<int>(static_cast<unsigned>(date.month())), 2) + "-" +
         padded(static_cast<int>(static_cast<unsigned>(date.day())), 2);
}

std::optional<LocalDate> parse_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = parse_digits(text.substr(0, 4));
  const auto month = parse_digits(text.substr(5, 2));
  const auto day = parse_digits(text.substr(8, 2));
  if (!year || !month || !day) return std::nullopt;
  const LocalDate date{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
                       std::chrono::day{static_cast<unsigned>(*day)}};
  if (!date.ok()) return std::nullopt;
  return date;
}

LocalDate next_day(LocalDate date) { return LocalDate{sys_days{date} + days{1}}; }

}  // namespace hailong::core
