#pragma once

#include <string_view>
#include <vector>

#include "core/local_date.h"
#include "core/result.h"
#include "core/units.h"
#include "district/scoring/procedure_fields.h"
#include "district/storage/programme_records.h"

namespace hailong::district::scoring {

/// Reads CSV text with the heading unit,month,field,received,returned,source. `unit` is the code
/// that was borne in that month; `field` an id of fields.csv, or empty for all together. Errors:
/// kInvalid with line and reason, also for a month that is not over on `today`. Who and when is
/// left to the caller.
core::Result<std::vector<storage::ServedTotal>> parse_served(std::string_view csv,
                                                             const core::UnitRegister& units,
                                                             const ProcedureFields& fields,
                                                             core::LocalDate today);

}  // namespace hailong::district::scoring
