#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace hailong::core {

struct CsvRow {
  int line = 0;  // where the row begins in the text, from 1
  std::vector<std::string> fields;
};

/// Rows of RFC 4180 text; quoted fields may hold commas, quotes and line breaks. A byte-order mark,
/// empty lines and lines that begin with '#' are passed over. `separator`: what stands between
/// fields; spreadsheets write ';' where the comma is the decimal sign, as in Vietnam.
std::vector<CsvRow> parse_csv(std::string_view text, char separator = ',');

/// One field as CSV writes it: quoted when it must be. A field that a spreadsheet would take for a
/// formula gets a leading apostrophe, so that opening a file never runs what somebody typed.
std::string csv_field(std::string_view text);

}  // namespace hailong::core
