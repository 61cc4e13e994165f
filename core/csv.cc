#include "core/csv.h"

#include <algorithm>

namespace hailong::core {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

/// Takes one field off the front of `text`; leaves the separator or line end in place.
std::string take_field(std::string_view& text, char separator, int& line) {
  std::string field;
  if (!text.empty() && text.front() == '"') {
    text.remove_prefix(1);
    while (!text.empty()) {
      const char c = text.front();
      text.remove_prefix(1);
      if (c == '"') {
        if (text.empty() || text.front() != '"') break;
        text.remove_prefix(1);
      }
      if (c == '\n') ++line;
      field.push_back(c);
    }
  }
  const char ends[] = {separator, '\r', '\n'};
  const std::size_t end =
      std::min(text.find_first_of(std::string_view(ends, sizeof ends)), text.size());
  field.append(text.substr(0, end));
  text.remove_prefix(end);
  return field;
}

void skip_line(std::string_view& text, int& line) {
  const std::size_t end = text.find('\n');
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  ++line;
}

}  // namespace

std::vector<CsvRow> parse_csv(std::string_view text, char separator) {
  std::vector<CsvRow> rows;
  if (text.substr(0, kByteOrderMark.size()) == kByteOrderMark) {
    text.remove_prefix(kByteOrderMark.size());
  }
  int line = 1;
  while (!text.empty()) {
    if (text.front() == '#' || text.front() == '\n' || text.substr(0, 2) == "\r\n") {
      skip_line(text, line);
      continue;
    }
    CsvRow row{line, {take_field(text, separator, line)}};
    while (!text.empty() && text.front() == separator) {
      text.remove_prefix(1);
      row.fields.push_back(take_field(text, separator, line));
    }
    rows.push_back(std::move(row));
    skip_line(text, line);
  }
  return rows;
}

std::string csv_field(std::string_view text) {
  std::string field;
  if (!text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos) {
    field = "'";
  }
  field += text;
  if (field.find_first_of(",\"\r\n") == std::string::npos) return field;
  std::string quoted = "\"";
  for (const char c : field) {
    if (c == '"') quoted.push_back('"');
    quoted.push_back(c);
  }
  quoted.push_back('"');
  return quoted;
}

}  // namespace hailong::core
