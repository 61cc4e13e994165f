#include "district/scoring/served.h"

#include <charconv>
#include <optional>
#include <set>
#include <tuple>

#include "core/csv.h"

namespace hailong::district::scoring {
namespace {

using storage::ServedTotal;

core::Failure bad_line(int line, const std::string& reason) {
  return core::fail(core::Fault::kInvalid, "line " + std::to_string(line) + ": " + reason);
}

std::optional<std::int64_t> count_of(std::string_view text) {
  constexpr std::int64_t kMost = 10'000'000;
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < 0 || value > kMost) {
    return std::nullopt;
  }
  return value;
}

class ServedReader {
 public:
  ServedReader(const core::UnitRegister& units, const ProcedureFields& fields,
               core::LocalDate today)
      : units_(units), fields_(fields), today_(today) {}

  core::Result<ServedTotal> read(const core::CsvRow& row) {
    if (row.fields.size() != 6) return bad_line(row.line, "expected 6 fields");
    const auto first = core::parse_date(row.fields[1] + "-01");
    if (!first) return bad_line(row.line, "month: expected YYYY-MM");
    if (today_ < core::next_day(first->year() / first->month() / std::chrono::last)) {
      return bad_line(row.line, "month: " + row.fields[1] + " is not over yet");
    }
    const core::Unit* unit = units_.find(core::UnitCode{row.fields[0]}, *first);
    if (unit == nullptr) {
      return bad_line(row.line, "unit: no unit bore the code " + row.fields[0] + " in that month");
    }
    if (!row.fields[2].empty() && !fields_.knows(row.fields[2])) {
      return bad_line(row.line, "field: expected an id of fields.csv, or nothing");
    }
    const auto received = count_of(row.fields[3]);
    const auto returned = count_of(row.fields[4]);
    if (!received || !returned) return bad_line(row.line, "received, returned: expected numbers");
    if (row.fields[5].empty()) return bad_line(row.line, "source: expected a text");
    if (!seen_.emplace(unit->id(), row.fields[1], row.fields[2]).second) {
      return bad_line(row.line, "this unit, month and field is there twice");
    }
    ServedTotal total;
    total.unit_id = unit->id();
    total.month = row.fields[1];
    total.field_id = row.fields[2];
    total.received = *received;
    total.returned = *returned;
    total.source = row.fields[5];
    return total;
  }

 private:
  const core::UnitRegister& units_;
  const ProcedureFields& fields_;
  core::LocalDate today_;
  std::set<std::tuple<std::string, std::string, std::string>> seen_;
};

}  // namespace

core::Result<std::vector<ServedTotal>> parse_served(std::string_view csv,
                                                    const core::UnitRegister& units,
                                                    const ProcedureFields& fields,
                                                    core::LocalDate today) {
  const auto rows = core::parse_csv(csv);
  const std::vector<std::string> heading{"unit",     "month",    "field",
                                         "received", "returned", "source"};
  if (rows.empty() || rows.front().fields != heading) {
    return bad_line(rows.empty() ? 1 : rows.front().line,
                    "expected the heading unit,month,field,received,returned,source");
  }
  ServedReader reader(units, fields, today);
  std::vector<ServedTotal> totals;
  totals.reserve(rows.size() - 1);
  for (std::size_t i = 1; i < rows.size(); ++i) {
    auto total = reader.read(rows[i]);
    if (!total) return core::Failure(total.error());
    totals.push_back(std::move(*total));
  }
  return totals;
}

}  // namespace hailong::district::scoring
