#pragma once

#include <string>

#include "core/result.h"
#include "documents/report.h"

namespace hailong::documents {

/// The report as a Word document (Office Open XML, ECMA-376) laid out as layout.h says: real
/// styles, headings and tables whose heads repeat, to be edited further. "NGƯỠNG TẠM" stands behind
/// every page of a provisional report. The same report gives the same bytes. Errors: kIo.
core::Result<std::string> write_docx(const Report& report);

}  // namespace hailong::documents
