#pragma once

#include <string>
#include <string_view>

#include "core/local_date.h"
#include "core/units.h"
#include "district/scoring/line_faults.h"
#include "district/scoring/procedure_fields.h"
#include "district/storage/dossier_register.h"

/// The register of dossiers: what one-stop systems export comes in here, and the figures that need
/// to know every dossier come out (QĐ 766/QĐ-TTg 5.4; TT 01/2018/TT-VPCP, index 7).

namespace hailong::district::dossiers {

inline constexpr const char* kExportHeading =
    "unit,dossier,field,received_on,due_on,returned_on,complaint,exported_on,source";

/// One line of an export. The code is a pseudonym of a person: it must not be stored.
struct ExportedDossier {
  int line = 0;
  core::UnitCode unit_code;
  std::string code;
  storage::RegisterRow row;  // without its hashes
};

/// Reads CSV text with that heading. `unit` is the code that was borne on the day of receipt;
/// `returned_on` is empty until the result was handed out; `exported_on` is the day on which the
/// one-stop system wrote the line. Nothing may lie after it, nor it after `today`.
scoring::FileRows<ExportedDossier> parse_export(std::string_view csv,
                                                const core::UnitRegister& units,
                                                const scoring::ProcedureFields& fields,
                                                core::LocalDate today);

}  // namespace hailong::district::dossiers
