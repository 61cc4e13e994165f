#pragma once

#include <string>

#include "core/local_date.h"

namespace hailong::district::api {

/// "2026-11-24T09:00:00+07:00"
inline std::string local_time(std::int64_t at_ms) {
  const core::LocalDate day = core::local_date(at_ms);
  const std::int64_t seconds = (at_ms - core::start_of_day_ms(day)) / 1000;
  const auto two = [](std::int64_t number) {
    return (number < 10 ? "0" : "") + std::to_string(number);
  };
  return core::to_string(day) + "T" + two(seconds / 3600) + ":" + two(seconds / 60 % 60) + ":" +
         two(seconds % 60) + "+07:00";
}

}  // namespace hailong::district::api
