#pragma once

#include <cstdint>

#include "core/opening_hours.h"
#include "core/working_days.h"

namespace hailong::core {

/// How many milliseconds between two moments (since 1970 UTC) were working time: within `hours` of
/// a working day, by the clock in Vietnam. 0 when `to_ms` is not after `from_ms`.
std::int64_t working_ms_between(const WorkingCalendar& calendar, const OpeningHours::Span& hours,
                                std::int64_t from_ms, std::int64_t to_ms);

}  // namespace hailong::core
