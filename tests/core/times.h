#pragma once

#include <cstdint>

#include "core/local_date.h"

namespace hailong::core {

inline constexpr std::int64_t kMinute = 60'000;
inline constexpr std::int64_t kHour = 60 * kMinute;
inline constexpr std::int64_t kDay = 24 * kHour;

/// A minute of a local day.
inline std::int64_t at(const char* date, int hour, int minute = 0) {
  return start_of_day_ms(parse_date(date).value()) + hour * kHour + minute * kMinute;
}

}  // namespace hailong::core
