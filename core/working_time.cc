#include "core/working_time.h"

#include <algorithm>

#include "core/local_date.h"

namespace hailong::core {

std::int64_t working_ms_between(const WorkingCalendar& calendar, const OpeningHours::Span& hours,
                                std::int64_t from_ms, std::int64_t to_ms) {
  constexpr std::int64_t kMinuteMs = 60'000;
  if (to_ms <= from_ms) return 0;
  std::int64_t sum = 0;
  const std::chrono::sys_days last(local_date(to_ms));
  for (std::chrono::sys_days day(local_date(from_ms)); day <= last; day += std::chrono::days(1)) {
    const LocalDate date(day);
    if (!calendar.is_working_day(date)) continue;
    const std::int64_t midnight = start_of_day_ms(date);
    const std::int64_t begin = std::max(from_ms, midnight + hours.from * kMinuteMs);
    const std::int64_t end = std::min(to_ms, midnight + hours.to * kMinuteMs);
    sum += std::max<std::int64_t>(end - begin, 0);
  }
  return sum;
}

}  // namespace hailong::core
