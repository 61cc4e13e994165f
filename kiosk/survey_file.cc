#include "kiosk/survey_file.h"

#include <algorithm>
#include <string>

#include "core/csv.h"
#include "program/config.h"

namespace hailong::kiosk {
namespace {

using core::Fault;
using program::Section;

/// A list of ids; those that are also in `alert` raise one.
std::vector<flow::Choice> choices_of(Section& section, std::string_view key,
                                     const std::vector<std::string>& alert = {}) {
  std::vector<flow::Choice> choices;
  for (std::string& id : section.texts(key)) {
    if (!core::is_plain_name(id)) section.expected(key, "ids of a-z, 0-9 and '-'");
    const bool alarms = std::find(alert.begin(), alert.end(), id) != alert.end();
    choices.push_back({std::move(id), alarms});
  }
  if (choices.empty()) section.expected(key, "a list of at least one id");
  return choices;
}

flow::Question question_of(Section section) {
  flow::Question question;
  question.id = section.required_text("id");
  if (!core::is_plain_name(question.id)) section.expected("id", "an id of a-z, 0-9 and '-'");
  question.choices = choices_of(section, "choices");
  question.purposes = section.texts("purposes");
  return question;
}

/// A statement is answered on the scale of five.
flow::Question statement_of(std::string id) {
  flow::Question question{std::move(id), {}, {}};
  for (const char* score : {"1", "2", "3", "4", "5"}) question.choices.push_back({score, false});
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

core::Result<void> read_survey(const std::filesystem::path& file, flow::Survey& survey) {
  auto config = program::ConfigFile::read(file);
  if (!config) return core::Failure(config.error());
  Section root = config->root();
  Section reasons = root.table("reasons");
  const auto alert = reasons.texts("alert");
  survey.low = choices_of(reasons, "low", alert);
  survey.middle = choices_of(reasons, "middle", alert);
  survey.high = choices_of(reasons, "high", alert);
  Section purposes = root.table("purposes");
  survey.purposes = choices_of(purposes, "choices");
  for (Section& section : root.tables("official")) {
    survey.official.push_back(question_of(section));
  }
  Section statements = root.table("statements");
  for (std::string& id : statements.texts("ids")) {
    survey.statements.push_back(statement_of(std::move(id)));
  }
  Section payment = root.table("extra_payment");
  survey.extra_payment.id = "extra-payment";
  survey.extra_payment.choices = choices_of(payment, "choices", payment.texts("alert"));
  return config->finish();
}

core::Result<void> read_fields(const std::filesystem::path& file, flow::Survey& survey) {
  auto rows = rows_of(file, {"id", "name"}, "id,name");
  if (!rows) return core::Failure(rows.error());
  for (core::CsvRow& row : *rows) {
    if (!core::is_plain_name(row.fields[0]) || row.fields[1].empty()) {
      return mistake(file, row.line, "expected an id of a-z, 0-9 and '-', and a name");
    }
    survey.fields.push_back({core::FieldId{row.fields[0]}, row.fields[1]});
  }
  return {};
}

core::Result<void> read_procedures(const std::filesystem::path& file, flow::Survey& survey) {
  auto rows = rows_of(file, {"code", "field", "name"}, "code,field,name");
  if (!rows) return core::Failure(rows.error());
  for (core::CsvRow& row : *rows) {
    const bool known =
        std::any_of(survey.fields.begin(), survey.fields.end(),
                    [&](const flow::Field& field) { return field.id.value == row.fields[1]; });
    if (row.fields[0].empty() || !known || row.fields[2].empty()) {
      return mistake(file, row.line, "expected a code, a field of the fields file, and a name");
    }
    survey.procedures.push_back({row.fields[0], core::FieldId{row.fields[1]}, row.fields[2]});
  }
  return {};
}

}  // namespace hailong::kiosk
