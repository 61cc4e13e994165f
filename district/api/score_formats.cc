#include "district/api/score_formats.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <nlohmann/json.hpp>

#include "core/csv.h"
#include "core/numbers.h"
#include "documents/xlsx.h"

namespace hailong::district::api {
namespace {

using Json = nlohmann::ordered_json;
using Hundredths = std::optional<std::int64_t>;

/// A JSON object, written into `out` member by member until its end of life: a long answer made of
/// one tree would take several times as long as all else about it (bench_scores). Names need no
/// escape.
class Object {
 public:
  explicit Object(std::string& out) : out_(out) { out_.push_back('{'); }
  Object(const Object&) = delete;
  Object& operator=(const Object&) = delete;
  ~Object() { out_.push_back('}'); }

  /// Where the value belongs.
  std::string& member(std::string_view name) {
    if (!empty_) out_.push_back(',');
    empty_ = false;
    return out_.append("\"").append(name).append("\":");
  }
  void json(std::string_view name, const Json& value) {
    member(name).append(value.dump(-1, ' ', false, Json::error_handler_t::replace));
  }
  void text(std::string_view name, const std::string& text) {
    const auto is_plain = [](char c) { return c >= ' ' && c <= '~' && c != '"' && c != '\\'; };
    if (std::all_of(text.begin(), text.end(), is_plain)) {
      member(name).append("\"").append(text).append("\"");
    } else {
      json(name, text);
    }
  }
  void number(std::string_view name, std::int64_t number) {
    member(name).append(std::to_string(number));
  }
  template <typename Number>
  void number(std::string_view name, const std::optional<Number>& number) {
    member(name).append(number ? std::to_string(*number) : "null");
  }
  /// 9130 is 91.3.
  void hundredths(std::string_view name, const Hundredths& value) {
    if (!value) {
      member(name).append("null");
      return;
    }
    const std::string number = core::decimal(*value);  // "91.30" is 91.3, but "91.00" 91.0
    member(name).append(number, 0, number.size() - (number.back() == '0' ? 1 : 0));
  }
  void counts(std::string_view name, const core::Counts& counts) {
    std::string& list = member(name);
    for (std::size_t i = 0; i < counts.by_score.size(); ++i) {
      list.append(i == 0 ? "[" : ",").append(std::to_string(counts.by_score[i]));
    }
    list.push_back(']');
  }

 private:
  std::string& out_;
  bool empty_ = true;
};

/// Share of the returned dossiers that have a rating; null when it is not known.
Hundredths coverage_of(const scoring::ScoreRow& row) {
  const auto& coverage = row.evidence.coverage;
  if (!coverage || coverage->returned == 0) return std::nullopt;
  return (20'000 * coverage->rated + coverage->returned) / (2 * coverage->returned);
}

/// Share of the feedback due that was answered in time; null when none was due.
Hundredths timely_of(const scoring::ScoreRow& row) {
  const auto& timely = row.evidence.timeliness;
  if (!timely || timely->due == 0) return std::nullopt;
  return (20'000 * timely->on_time + timely->due) / (2 * timely->due);
}

void write_flagged(std::string& out, const scoring::ScoreRow& row) {
  Object object(out);
  object.number("count", row.flagged);
  // Superseded ratings, which are in no count. What a recorded decision leaves out is in `counts`,
  // and again in `excluded`.
  object.number("left_out", row.left_out);
  object.json("reasons", Json(row.reasons));
}

void write_row(std::string& out, const scoring::ScoreRow& row, const storage::Grouping& by) {
  Object object(out);
  object.text("unit_id", row.unit_id);
  object.text("unit_name", row.unit_name);
  object.text("unit_code", row.unit_code.value);
  object.text("period", row.period);
  if (by.by_field) {
    object.text("field_id", row.field_id);
    object.text("field_name", row.field_name);
  }
  if (by.by_counter) object.text("counter_id", row.counter_id);
  object.number("n", row.counts.n());
  object.counts("counts", row.counts);
  object.hundredths("satisfied_pct", row.figures.satisfied);
  object.hundredths("ci_low", row.figures.low);
  object.hundredths("ci_high", row.figures.high);
  object.hundredths("mean", row.figures.mean);
  write_flagged(object.member("flagged"), row);
  object.counts("excluded", row.excluded);
  object.number("linked", row.linked);
  object.number("later", row.later);
  object.number("uncertain_day", row.uncertain_day);
  object.hundredths("coverage_pct", coverage_of(row));
  object.hundredths("timely_pct", timely_of(row));
  object.hundredths("points", row.appraisal.points_x100);
  object.number("level", row.appraisal.level);
  object.text("verdict", row.verdict);
  if (by == storage::Grouping{}) {
    object.number("rank", row.rank);
    object.text("rank_words", row.rank_words);
  }
}

Json programme_json(const std::optional<scoring::Programme>& programme) {
  if (!programme) return nullptr;
  Json levels = Json::array();
  for (const scoring::LevelRule& level : programme->levels) {
    levels.push_back({{"satisfied_percent", level.satisfied_percent},
                      {"needs_coverage", level.needs_coverage},
                      {"needs_timeliness", level.needs_timeliness}});
  }
  return {{"year", programme->year},
          {"official", programme->official()},
          {"source", programme->sources()},
          {"satisfied_from", programme->satisfied_from},
          {"minimum_sample", programme->minimum_sample},
          {"coverage_percent", programme->coverage_percent},
          {"timely_percent", programme->timely_percent},
          {"levels", std::move(levels)},
          {"max_points", programme->max_points}};
}

std::string text_of(const Hundredths& hundredths) {
  return hundredths ? core::decimal(*hundredths) : std::string();
}

std::string reasons_text(const scoring::ScoreRow& row) {
  std::string text;
  for (const auto& [reason, times] : row.reasons) {
    text += (text.empty() ? "" : "; ") + reason + "=" + std::to_string(times);
  }
  return text;
}

void append_line(std::string& csv, const std::vector<std::string>& fields) {
  for (std::size_t i = 0; i < fields.size(); ++i) {
    csv.append(i == 0 ? "" : ",").append(core::csv_field(fields[i]));
  }
  csv.append("\r\n");
}

std::vector<std::string> heading(const storage::Grouping& by) {
  std::vector<std::string> columns{"unit_id", "unit_name", "unit_code", "period"};
  if (by.by_field) columns.insert(columns.end(), {"field_id", "field_name"});
  if (by.by_counter) columns.emplace_back("counter_id");
  columns.insert(columns.end(), {"n",
                                 "n1",
                                 "n2",
                                 "n3",
                                 "n4",
                                 "n5",
                                 "satisfied_pct",
                                 "ci_low",
                                 "ci_high",
                                 "mean",
                                 "flagged",
                                 "left_out",
                                 "flagged_reasons",
                                 "coverage_pct",
                                 "timely_pct",
                                 "points",
                                 "level",
                                 "verdict",
                                 "x1",
                                 "x2",
                                 "x3",
                                 "x4",
                                 "x5",
                                 "linked",
                                 "later",
                                 "uncertain_day"});
  return columns;
}

std::vector<std::string> row_fields(const scoring::ScoreRow& row, const storage::Grouping& by) {
  std::vector<std::string> fields{row.unit_id, row.unit_name, row.unit_code.value, row.period};
  if (by.by_field) fields.insert(fields.end(), {row.field_id, row.field_name});
  if (by.by_counter) fields.push_back(row.counter_id);
  fields.push_back(std::to_string(row.counts.n()));
  for (const std::int64_t count : row.counts.by_score) fields.push_back(std::to_string(count));
  const auto& appraisal = row.appraisal;
  fields.insert(fields.end(),
                {text_of(row.figures.satisfied), text_of(row.figures.low),
                 text_of(row.figures.high), text_of(row.figures.mean), std::to_string(row.flagged),
                 std::to_string(row.left_out), reasons_text(row), text_of(coverage_of(row)),
                 text_of(timely_of(row)), text_of(appraisal.points_x100),
                 appraisal.level ? std::to_string(*appraisal.level) : "", row.verdict});
  for (const std::int64_t count : row.excluded.by_score) fields.push_back(std::to_string(count));
  fields.push_back(std::to_string(row.linked));
  fields.push_back(std::to_string(row.later));
  fields.push_back(std::to_string(row.uncertain_day));
  return fields;
}

/// Columns that hold no figure, whatever their fields look like.
bool is_text_column(std::string_view name) {
  constexpr std::array<std::string_view, 9> kTexts = {"unit_id",    "unit_name",       "unit_code",
                                                      "period",     "field_id",        "field_name",
                                                      "counter_id", "flagged_reasons", "verdict"};
  return std::find(kTexts.begin(), kTexts.end(), name) != kTexts.end();
}

/// A field of a column of figures: "86.50" is 8650 hundredths; empty stays empty.
documents::Cell figure_cell(const std::string& field) {
  std::string digits = field;
  const std::size_t point = digits.find('.');
  if (point != std::string::npos) digits.erase(point, 1);
  documents::Number number;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), number.value);
  if (read.ec != std::errc() || read.ptr != digits.data() + digits.size()) {
    return documents::text_cell(field);
  }
  if (point != std::string::npos) number.decimals = static_cast<int>(digits.size() - point);
  return {field, number};
}

}  // namespace

std::string scores_json(const scoring::ScoreTable& table, const std::string& authority) {
  Json by = Json::array({"unit"});
  if (table.query.by.by_month) by.push_back("month");
  if (table.query.by.by_field) by.push_back("field");
  if (table.query.by.by_counter) by.push_back("counter");
  std::string json;
  {
    Object object(json);
    object.text("from", core::to_string(table.query.from));
    object.text("to", core::to_string(table.query.to));
    object.json("by", by);
    object.text("as", table.query.as_text());
    object.text("measure", scoring::kMeasure);
    object.text("authority", authority);
    object.json("programme", programme_json(table.programme));
    std::string& rows = object.member("rows");
    rows.push_back('[');
    for (const auto& row : table.rows) {
      if (&row != &table.rows.front()) rows.push_back(',');
      write_row(rows, row, table.query.by);
    }
    rows.push_back(']');
  }
  return json;
}

std::string scores_csv(const scoring::ScoreTable& table) {
  std::string csv = "\xEF\xBB\xBF";
  append_line(csv, heading(table.query.by));
  for (const auto& row : table.rows) append_line(csv, row_fields(row, table.query.by));
  return csv;
}

core::Result<std::string> scores_xlsx(const scoring::ScoreTable& table) {
  documents::Table sheet{"scores", scoring::kMeasure, {}, {}};
  const std::vector<std::string> names = heading(table.query.by);
  for (const std::string& name : names) sheet.columns.push_back({name});
  sheet.rows.reserve(table.rows.size());
  for (const auto& row : table.rows) {
    const std::vector<std::string> fields = row_fields(row, table.query.by);
    documents::Row line;
    line.cells.reserve(fields.size());
    for (std::size_t i = 0; i < fields.size(); ++i) {
      line.cells.push_back(is_text_column(names[i]) ? documents::text_cell(fields[i])
                                                    : figure_cell(fields[i]));
    }
    sheet.rows.push_back(std::move(line));
  }
  return documents::write_xlsx(sheet, table.query.to);
}

}  // namespace hailong::district::api
