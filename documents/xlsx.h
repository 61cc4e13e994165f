#pragma once

#include <string>

#include "core/result.h"
#include "documents/report.h"

namespace hailong::documents {

/// The report as an Excel workbook: its text on the first sheet, each table on one of its own with
/// a frozen head and figures as figures. The same report gives the same bytes. Errors: kIo.
core::Result<std::string> write_xlsx(const Report& report);

/// One table as a workbook. Errors: kIo.
core::Result<std::string> write_xlsx(const Table& table, core::LocalDate date);

}  // namespace hailong::documents
