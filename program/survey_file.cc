#include "program/survey_file.h"

#include <algorithm>
#include <span>
#include <string>
#include <utility>

#include "core/csv.h"

namespace hailong::program {
namespace {

using core::Fault;

/// A list of ids; those that are also in `alert` raise one.
std::vector<core::Choice> read_choices(Section& section, std::string_view key,
                                       const std::vector<std::string>& alert = {}) {
  const std::vector<std::string> ids = section.texts(key);
  if (!std::all_of(ids.begin(), ids.end(), core::is_plain_name)) {
    section.expected(key, "ids of a-z, 0-9 and '-'");
  }
  if (ids.empty()) section.expected(key, "a list of at least one id");
  return core::choices_of(ids, alert);
}

core::Question read_question(Section section) {
  core::Question question;
  question.id = required_id(section, "id");
  question.choices = read_choices(section, "choices");
  question.purposes = section.texts("purposes");
  return question;
}

core::Failure mistake(const std::filesystem::path& file, int line, const std::string& what) {
  return core::fail(Fault::kInvalid, file.string() + ":" + std::to_string(line) + ": " + what);
}

/// The rows below a heading that must be as given.
core::Result<std::vector<core::CsvRow>> rows_of(const std::filesystem::path& file,
                                                const std::vector<std::string>& heading,
                                                const std::string& heading_text) {
  const auto text = program::read_text_file(file);
  if (!text) return core::Failure(text.error());
  auto rows = core::parse_csv(*text);
  if (rows.empty() || rows.front().fields != heading) {
    return mistake(file, rows.empty() ? 1 : rows.front().line,
                   "expected the heading " + heading_text);
  }
  rows.erase(rows.begin());
  for (const core::CsvRow& row : rows) {
    if (row.fields.size() != heading.size()) {
      return mistake(file, row.line, "expected " + heading_text);
    }
  }
  return rows;
}

}  // namespace

std::string required_id(Section& section, std::string_view key) {
  std::string id = section.required_text(key);
  if (!core::is_plain_name(id)) {
    section.expected(key, "a name of a-z, 0-9 and '-', at most 64 characters");
  }
  return id;
}

core::Questionnaire read_questionnaire(Section root) {
  core::Questionnaire all;
  Section reasons = root.table("reasons");
  const auto alert = reasons.texts("alert");
  all.low = read_choices(reasons, "low", alert);
  all.middle = read_choices(reasons, "middle", alert);
  all.high = read_choices(reasons, "high", alert);
  Section purposes = root.table("purposes");
  all.purposes = read_choices(purposes, "choices");
  for (Section& section : root.tables("official")) {
    all.official.push_back(read_question(section));
  }
  Section statements = root.table("statements");
  for (const std::string& id : statements.texts("ids")) {
    if (!core::is_plain_name(id)) statements.expected("ids", "ids of a-z, 0-9 and '-'");
    all.statements.push_back(core::statement_of(id));
  }
  Section payment = root.table("extra_payment");
  const auto alarming = payment.texts("alert");
  all.extra_payment = core::extra_payment_of(read_choices(payment, "choices", alarming));
  return all;
}

core::Result<core::Questionnaire> read_questionnaire(const std::filesystem::path& file) {
  auto config = ConfigFile::read(file);
  if (!config) return core::Failure(config.error());
  core::Questionnaire all = read_questionnaire(config->root());
  if (auto done = config->finish(); !done) return core::Failure(done.error());
  return all;
}

std::vector<core::Counter> read_counters(Section root) {
  std::vector<core::Counter> counters;
  for (Section& section : root.tables("counters")) {
    counters.push_back(
        {core::CounterId{required_id(section, "id")}, section.required_text("name")});
  }
  return counters;
}

std::vector<core::Officer> read_officers(Section root) {
  std::vector<core::Officer> officers;
  for (Section& section : root.tables("officers")) {
    core::Officer officer;
    officer.id = required_id(section, "id");
    officer.name = section.required_text("name");
    officer.counter = core::CounterId{section.text("counter").value_or("")};
    if (const auto photo = section.path("photo")) officer.photo = photo->string();
    officers.push_back(std::move(officer));
  }
  return officers;
}

std::vector<core::OpeningHours::Entry> read_opening(Section root) {
  std::vector<core::OpeningHours::Entry> entries;
  for (Section& section : root.tables("opening")) {
    entries.push_back({section.required_text("days"), section.required_text("from"),
                       section.required_text("to")});
    if (!core::OpeningHours::parse(std::span(&entries.back(), 1))) {
      section.expected("days", "days as \"mon-fri\" or \"sat\", with from and to as \"07:30\"");
      entries.pop_back();
    }
  }
  return entries;
}

core::Result<std::vector<core::Field>> read_fields(const std::filesystem::path& file) {
  auto rows = rows_of(file, {"id", "name"}, "id,name");
  if (!rows) return core::Failure(rows.error());
  std::vector<core::Field> fields;
  fields.reserve(rows->size());
  for (core::CsvRow& row : *rows) {
    if (!core::is_plain_name(row.fields[0]) || row.fields[1].empty()) {
      return mistake(file, row.line, "expected an id of a-z, 0-9 and '-', and a name");
    }
    fields.push_back({core::FieldId{row.fields[0]}, row.fields[1]});
  }
  return fields;
}

core::Result<std::vector<core::Procedure>> read_procedures(const std::filesystem::path& file,
                                                           const std::vector<core::Field>& fields) {
  auto rows = rows_of(file, {"code", "field", "name"}, "code,field,name");
  if (!rows) return core::Failure(rows.error());
  std::vector<core::Procedure> procedures;
  procedures.reserve(rows->size());
  for (core::CsvRow& row : *rows) {
    const bool known = std::any_of(fields.begin(), fields.end(), [&](const core::Field& field) {
      return field.id.value == row.fields[1];
    });
    if (row.fields[0].empty() || !known || row.fields[2].empty()) {
      return mistake(file, row.line, "expected a code, a field of the fields file, and a name");
    }
    procedures.push_back({row.fields[0], core::FieldId{row.fields[1]}, row.fields[2]});
  }
  return procedures;
}

}  // namespace hailong::program
