#pragma once

#include <string>

#include "documents/report.h"

namespace hailong::documents {

/// One table as CSV (RFC 4180): UTF-8 with a byte-order mark, so that Excel reads Vietnamese right;
/// figures without thousands marks and with a decimal point; texts that a spreadsheet would take
/// for a formula defused.
std::string write_csv(const Table& table);

}  // namespace hailong::documents
