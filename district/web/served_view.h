#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/local_date.h"
#include "core/units.h"
#include "district/scoring/line_faults.h"
#include "district/scoring/procedure_fields.h"
#include "district/storage/programme_records.h"
#include "district/web/long_list.h"

namespace hailong::district::web {

/// What an import of a text would do.
struct ServedPreview {
  bool dossiers = false;  // the register; else totals by month
  std::string csv;
  std::int64_t rows = 0;
  std::int64_t known = 0;             // of the register: dossiers that it holds already
  std::vector<std::string> contents;  // "xã Phú Thái: 412 hồ sơ"
  std::vector<scoring::LineFault> faults;
};

struct ServedView {
  core::LocalDate today;
  int year = 0;
  storage::ServedMonths months;             // of units that the reader may see
  std::vector<const core::Unit*> communes;  // for the form
  const core::UnitRegister& units;
  const scoring::ProcedureFields& fields;
  const core::WorkingCalendar& calendar;
  bool may_enter = false;
  std::optional<std::int64_t> imported;  // rows, just now
  std::optional<ServedPreview> preview;
  std::string csrf;
  ListAsked list;
};

/// How many dossiers were received and returned in each month of a year, and where that is known
/// from; for who may, the forms by which it is entered. Template: served.mustache.
std::string served_main(const ServedView& view);

}  // namespace hailong::district::web
