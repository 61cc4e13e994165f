#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/scoring.h"
#include "documents/report.h"
#include "kiosk/staff/figures.h"

/// Figures over time, as a part of the report, and how every figure is written in its tables.

namespace hailong::kiosk::reports {

/// Day by day; week by week where that were too many days.
documents::Section trend_section(const staff::Figures& figures);

/// Hundredths of a percent as "86,50 %", which stay together at a line's end.
std::string percent_words(std::int64_t basis_points);

/// "80,1–91,2": the Wilson interval in percent; n > 0.
std::string interval_words(const core::Counts& counts);

/// Three cells: number of ratings, satisfied share, interval; `hidden` in place of counts that may
/// not be seen.
void append_figures(documents::Row& row, const std::optional<core::Counts>& counts,
                    const char* hidden);

/// With a capital at its beginning.
std::string capitalised(std::string_view words);

}  // namespace hailong::kiosk::reports
