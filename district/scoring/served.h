#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/local_date.h"
#include "core/result.h"
#include "core/units.h"
#include "district/scoring/procedure_fields.h"

namespace hailong::district::scoring {

/// How many dossiers a unit received and returned in a month, as its one-stop system counts them.
struct ServedTotal {
  std::string unit_id;
  std::string month;     // "2026-11"
  std::string field_id;  // empty: of all fields together
  std::int64_t received = 0;
  std::int64_t returned = 0;
  std::string source;  // the report or system it was read from
};

/// Reads CSV text with the heading unit,month,field,received,returned,source. `unit` is the code
/// that was borne in that month; `field` an id of fields.csv, or empty for all together. Errors:
/// kInvalid with line and reason, also for a month that is not over on `today`.
core::Result<std::vector<ServedTotal>> parse_served(std::string_view csv,
                                                    const core::UnitRegister& units,
                                                    const ProcedureFields& fields,
                                                    core::LocalDate today);

}  // namespace hailong::district::scoring
