#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// Days as people in Vietnam count them. Asia/Ho_Chi_Minh has been UTC+7 without summer time since
/// 13 June 1975 (IANA tz database), so no time-zone database is needed for any date that can occur.

namespace hailong::core {

using LocalDate = std::chrono::year_month_day;

inline constexpr std::chrono::hours kVietnamOffset{7};

/// Local date of a moment given in milliseconds since 1970-01-01 UTC; works before 1970 too.
/// Moments outside the years 0 to 9999, which an event may claim, have the first and the last of
/// these days.
LocalDate local_date(std::int64_t unix_ms);

/// Start of a local date, in milliseconds since 1970-01-01 UTC.
std::int64_t start_of_day_ms(LocalDate date);

/// "YYYY-MM-DD", for years 0 to 9999.
std::string to_string(LocalDate date);

/// Reads exactly "YYYY-MM-DD"; nothing for other forms and for dates that do not exist.
std::optional<LocalDate> parse_date(std::string_view text);

/// The day after.
LocalDate next_day(LocalDate date);

}  // namespace hailong::core
