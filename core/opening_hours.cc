#include "core/opening_hours.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "core/local_date.h"

namespace hailong::core {
namespace {

constexpr std::array<std::string_view, 7> kDays = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
constexpr int kMinutesOfDay = 24 * 60;
constexpr std::int64_t kMillisecondsOfMinute = 60'000;

std::optional<std::size_t> day_named(std::string_view name) {
  const auto* day = std::find(kDays.begin(), kDays.end(), name);
  if (day == kDays.end()) return std::nullopt;
  return static_cast<std::size_t>(day - kDays.begin());
}

std::optional<int> minutes(std::string_view time) {
  if (time.size() != 5 || time[2] != ':') return std::nullopt;
  for (const std::size_t place : {0U, 1U, 3U, 4U}) {
    if (time[place] < '0' || time[place] > '9') return std::nullopt;
  }
  const int hour = (time[0] - '0') * 10 + (time[1] - '0');
  const int minute = (time[3] - '0') * 10 + (time[4] - '0');
  const int of_day = hour * 60 + minute;
  if (minute >= 60 || of_day > kMinutesOfDay) return std::nullopt;
  return of_day;
}

/// Adds the span to the days of one range, "mon" or "sat-mon".
bool add_to_days(OpeningHours& hours, std::string_view range, OpeningHours::Span span) {
  const std::size_t dash = range.find('-');
  const auto first = day_named(range.substr(0, dash));
  const auto last = dash == std::string_view::npos ? first : day_named(range.substr(dash + 1));
  if (!first || !last) return false;
  for (std::size_t day = *first;; day = (day + 1) % kDays.size()) {
    hours.by_weekday[day].push_back(span);
    if (day == *last) return true;
  }
}

bool add(OpeningHours& hours, std::string_view ranges, OpeningHours::Span span) {
  while (true) {
    const std::size_t comma = ranges.find(',');
    if (!add_to_days(hours, ranges.substr(0, comma), span)) return false;
    if (comma == std::string_view::npos) return true;
    ranges.remove_prefix(comma + 1);
  }
}

}  // namespace

Result<OpeningHours> OpeningHours::parse(std::span<const Entry> entries) {
  OpeningHours hours;
  for (const Entry& entry : entries) {
    const auto from = minutes(entry.from);
    const auto to = minutes(entry.to);
    if (!from || !to || *from >= *to) {
      return fail(Fault::kInvalid, "expected times HH:MM, the second one later, found '" +
                                       entry.from + "' and '" + entry.to + "'");
    }
    if (!add(hours, entry.days, Span{*from, *to})) {
      return fail(Fault::kInvalid,
                  "expected days like 'mon-fri' or 'mon,sat', found '" + entry.days + "'");
    }
  }
  return hours;
}

bool OpeningHours::empty() const {
  return std::all_of(by_weekday.begin(), by_weekday.end(),
                     [](const std::vector<Span>& day) { return day.empty(); });
}

bool is_open(const OpeningHours& hours, std::int64_t wall_ms) {
  if (hours.empty()) return true;
  const LocalDate date = local_date(wall_ms);
  const std::chrono::weekday weekday{std::chrono::sys_days{date}};
  const std::int64_t minute = (wall_ms - start_of_day_ms(date)) / kMillisecondsOfMinute;
  const auto& day = hours.by_weekday[weekday.iso_encoding() - 1];
  return std::any_of(day.begin(), day.end(), [minute](const OpeningHours::Span& span) {
    return span.from <= minute && minute < span.to;
  });
}

}  // namespace hailong::core
