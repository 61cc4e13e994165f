#pragma once

#include <string_view>

#include "core/local_date.h"
#include "core/units.h"
#include "district/scoring/line_faults.h"
#include "district/scoring/procedure_fields.h"
#include "district/storage/programme_records.h"

namespace hailong::district::scoring {

inline constexpr const char* kServedHeading = "unit,month,field,received,returned,source";

/// Reads CSV text with that heading. `unit` is the code that was borne in that month; `field` an id
/// of fields.csv, or empty for all together. A month that is not over on `today` is a fault. Who
/// and when is left to the caller.
FileRows<storage::ServedTotal> parse_served(std::string_view csv, const core::UnitRegister& units,
                                            const ProcedureFields& fields, core::LocalDate today);

}  // namespace hailong::district::scoring
