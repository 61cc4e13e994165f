#pragma once

#include <string>

#include "core/local_date.h"
#include "district/clock.h"
#include "district/storage/audit.h"

/// What the sub-commands of several files share.

namespace hailong::district::admin {

inline storage::Author operator_now() { return {storage::kOperator, now_ms()}; }

/// "2026-11-27 13:05", local.
inline std::string local_minute(std::int64_t at_ms) {
  const core::LocalDate day = core::local_date(at_ms);
  const std::int64_t minutes = (at_ms - core::start_of_day_ms(day)) / 60'000;
  const auto two = [](std::int64_t value) {
    return (value < 10 ? "0" : "") + std::to_string(value);
  };
  return core::to_string(day) + " " + two(minutes / 60) + ":" + two(minutes % 60);
}

}  // namespace hailong::district::admin
