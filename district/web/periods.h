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

/// "24/11/2026"
std::string vietnamese_date(core::LocalDate date);

/// "Hôm nay, thứ Ba, 24/11/2026", "Thứ Hai, 23/11/2026", "Từ 01/11/2026 đến 24/11/2026"
std::string period_words(const Period& period, core::LocalDate today);

/// The day before, today, the last seven days, this month, quarter and year; then the neighbours of
/// the period shown, as far as they are not in the future.
std::vector<NamedPeriod> offered_periods(const Period& shown, core::LocalDate today);

}  // namespace hailong::district::web
