#pragma once

#include <string>
#include <vector>

#include "core/local_date.h"

/// Ranges of days as the dashboard offers and names them.

namespace hailong::district::web {

struct Period {
  core::LocalDate from;
  core::LocalDate to;

  bool operator==(const Period&) const = default;
};

struct NamedPeriod {
  std::string label;
  Period period;
};

/// The months that the period touches, whole, none after that of `last`, which ends one.
Period whole_months(const Period& period, core::LocalDate last);

/// "24/11/2026"
std::string vietnamese_date(core::LocalDate date);

/// "11/2026" for "2026-11", and for every day of that month.
std::string vietnamese_month(core::LocalDate date);

/// "Hôm nay, thứ Ba, 24/11/2026", "Thứ Hai, 23/11/2026", "Tháng 10/2026", "Quý III/2026", "6 tháng
/// đầu năm 2026", "Năm 2025", "Từ 01/11/2026 đến 24/11/2026"
std::string period_words(const Period& period, core::LocalDate today);

/// Today, the last seven days, this month, quarter, half-year and year; then the neighbours of the
/// period shown, as far as they are not in the future: of a month the month before, and so on.
std::vector<NamedPeriod> offered_periods(const Period& shown, core::LocalDate today);

/// The day a number of days later, or earlier.
core::LocalDate moved_by_days(core::LocalDate date, int days);

/// The first day of the month that is `months` later, or earlier.
core::LocalDate month_start(core::LocalDate date, int months = 0);

}  // namespace hailong::district::web
