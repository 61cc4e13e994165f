#include "documents/csv.h"

#include "core/csv.h"

namespace hailong::documents {
namespace {

std::string plain(const Number& number) {
  std::string digits = std::to_string(number.value < 0 ? -number.value : number.value);
  const auto decimals = static_cast<std::size_t>(number.decimals);
  if (digits.size() <= decimals) digits.insert(0, decimals + 1 - digits.size(), '0');
  if (decimals > 0) digits.insert(digits.size() - decimals, ".");
  return (number.value < 0 ? "-" : "") + digits;
}

void append_record(std::string& csv, const std::vector<std::string>& fields) {
  for (std::size_t i = 0; i < fields.size(); ++i) {
    csv.append(i == 0 ? "" : ",").append(fields[i]);
  }
  csv.append("\r\n");
}

}  // namespace

std::string write_csv(const Table& table) {
  std::string csv = "\xEF\xBB\xBF";
  std::vector<std::string> fields;
  fields.reserve(table.columns.size());
  for (const Column& column : table.columns) {
    fields.push_back(core::csv_field(printable(column.heading)));
  }
  append_record(csv, fields);
  for (const Row& row : table.rows) {
    fields.clear();
    for (const Cell& cell : row.cells) {
      fields.push_back(cell.number ? plain(*cell.number) : core::csv_field(printable(cell.text)));
    }
    append_record(csv, fields);
  }
  return csv;
}

}  // namespace hailong::documents
