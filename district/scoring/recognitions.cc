#include "district/scoring/recognitions.h"

#include "core/csv.h"
#include "district/scoring/appraisal.h"
#include "district/scoring/programme_progress.h"

namespace hailong::district::scoring {
namespace {

using storage::AppraisalEntry;

core::Failure bad_decision(int line, const std::string& reason) {
  return core::fail(core::Fault::kInvalid, "line " + std::to_string(line) + ": " + reason);
}

const core::Unit* unit_named(const core::UnitRegister& units, const std::string& text, int year) {
  if (text.find('@') != std::string::npos) return units.find_id(text);
  return units.find(core::UnitCode{text}, core::LocalDate{std::chrono::year{year} / 12 / 31});
}

core::Result<AppraisalEntry> read_recognition(const core::CsvRow& row,
                                              const core::UnitRegister& units,
                                              core::LocalDate today) {
  if (row.fields.size() != 6) return bad_decision(row.line, "expected 6 fields");
  const auto year = parse_year(row.fields[1]);
  if (!year) return bad_decision(row.line, "year: expected a year from 2000 to 2100");
  const core::Unit* unit = unit_named(units, row.fields[0], *year);
  if (unit == nullptr) {
    return bad_decision(row.line, "unit: no unit " + row.fields[0] + " at the end of that year");
  }
  const std::string& level = row.fields[2];
  if (level.size() != 1 || level < "1" || level > "4") {
    return bad_decision(row.line, "level: expected 1 to 4");
  }
  AppraisalEntry entry;
  entry.unit_id = unit->id();
  entry.year = *year;
  entry.step = storage::AppraisalStep::kRecognised;
  entry.level = level.front() - '0';
  entry.decision = row.fields[3];
  entry.decided_on = core::parse_date(row.fields[4]);
  entry.words = row.fields[5];
  if (auto good = check_recognition(entry, today); !good) {
    return bad_decision(row.line, good.error().message);
  }
  return entry;
}

}  // namespace

core::Result<std::vector<AppraisalEntry>> parse_recognitions(std::string_view csv,
                                                             const core::UnitRegister& units,
                                                             core::LocalDate today) {
  const auto rows = core::parse_csv(csv);
  const std::vector<std::string> heading{"unit", "year", "level", "decision", "decided_on", "note"};
  if (rows.empty() || rows.front().fields != heading) {
    return bad_decision(rows.empty() ? 1 : rows.front().line,
                        "expected the heading unit,year,level,decision,decided_on,note");
  }
  std::vector<AppraisalEntry> entries;
  entries.reserve(rows.size() - 1);
  for (std::size_t i = 1; i < rows.size(); ++i) {
    auto entry = read_recognition(rows[i], units, today);
    if (!entry) return core::Failure(entry.error());
    entries.push_back(std::move(*entry));
  }
  return entries;
}

}  // namespace hailong::district::scoring
