#pragma once

#include <string_view>
#include <vector>

#include "core/local_date.h"
#include "core/result.h"
#include "core/units.h"
#include "district/storage/appraisals.h"

namespace hailong::district::scoring {

/// Reads decisions of recognition as CSV text with the heading unit,year,level,decision,decided_on,
/// note: also of past years, and of units that have merged since. `unit` is the code borne on the
/// last day of the year, or the id of a unit ("10753@2024-12-01"). Errors: kInvalid with line and
/// reason. Who and when is left to the caller.
core::Result<std::vector<storage::AppraisalEntry>> parse_recognitions(
    std::string_view csv, const core::UnitRegister& units, core::LocalDate today);

}  // namespace hailong::district::scoring
