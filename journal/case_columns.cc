#include "journal/case_columns.h"

#include <nlohmann/json.hpp>

namespace hailong::journal {
namespace {

using Json = nlohmann::json;

std::optional<std::int64_t> moment(const SQLite::Column& column) {
  return column.isNull() ? std::nullopt : std::optional(column.getInt64());
}

void bind_moment(SQLite::Statement& statement, int index, std::optional<std::int64_t> at) {
  if (at) {
    statement.bind(index, *at);
  } else {
    statement.bind(index);
  }
}

std::vector<core::CaseWait> waits_in(const std::string& text) {
  std::vector<core::CaseWait> waits;
  if (text == "[]") return waits;
  const Json json = Json::parse(text, nullptr, false);
  if (!json.is_array()) return waits;
  for (const Json& wait : json) {
    const bool is_wait = wait.is_array() && wait.size() == 2 && wait[0].is_number_integer() &&
                         (wait[1].is_null() || wait[1].is_number_integer());
    if (!is_wait) continue;
    waits.push_back(
        {wait[0].get<std::int64_t>(),
         wait[1].is_null() ? std::nullopt : std::optional(wait[1].get<std::int64_t>())});
  }
  return waits;
}

std::string text_of(const std::vector<core::CaseWait>& waits) {
  Json json = Json::array();
  for (const core::CaseWait& wait : waits) {
    json.push_back({wait.from_ms, wait.to_ms ? Json(*wait.to_ms) : Json()});
  }
  return json.dump();
}

}  // namespace

core::CaseState read_case(SQLite::Statement& row, int first) {
  const auto text = [&](int column) { return row.getColumn(first + column).getString(); };
  core::CaseState state;
  state.status = core::case_status_of(text(0)).value_or(core::CaseStatus::kNew);
  state.classed = core::case_class_of(text(1)).value_or(core::CaseClass::kNone);
  state.subject = core::petition_subject_of(text(2)).value_or(core::PetitionSubject::kNone);
  state.misconduct = row.getColumn(first + 3).getInt() != 0;
  state.officer = text(4);
  state.receiver = text(5);
  state.hidden = row.getColumn(first + 6).getInt() != 0;
  state.steps = row.getColumn(first + 7).getInt();
  state.seen = row.getColumn(first + 8).getInt64();
  state.classified_at = moment(row.getColumn(first + 9));
  state.settled_at = moment(row.getColumn(first + 10));
  state.reopened_at = moment(row.getColumn(first + 11));
  state.waits = waits_in(text(12));
  state.reply_due = core::parse_date(text(13));
  return state;
}

std::optional<StandingCase> standing_case(SQLite::Database& database, core::Seq rating) {
  SQLite::Statement query(
      database, std::string("SELECT ") + kCaseColumns +
                    ", alert, EXISTS (SELECT 1 FROM consent WHERE rating_seq = ?1), last_seq"
                    " FROM feedback_case WHERE rating_seq = ?1");
  query.bind(1, rating);
  if (!query.executeStep()) return std::nullopt;
  return StandingCase{read_case(query, 0),
                      {query.getColumn(kCaseColumnCount).getInt() != 0,
                       query.getColumn(kCaseColumnCount + 1).getInt() != 0},
                      query.getColumn(kCaseColumnCount + 2).getInt64()};
}

void write_case(SQLite::Database& database, core::Seq rating, const core::CaseState& state) {
  SQLite::Statement update(
      database,
      "UPDATE feedback_case SET status = ?2, class = ?3, subject = ?4, misconduct = ?5,"
      " officer = ?6, receiver = ?7, hidden = ?8, steps = ?9, seen = ?10, classified_at = ?11,"
      " settled_at = ?12, reopened_at = ?13, waits = ?14, reply_due = ?15 WHERE rating_seq = ?1");
  update.bind(1, rating);
  update.bind(2, std::string(core::word_of(state.status)));
  update.bind(3, std::string(core::word_of(state.classed)));
  update.bind(4, std::string(core::word_of(state.subject)));
  update.bind(5, state.misconduct ? 1 : 0);
  update.bind(6, state.officer);
  update.bind(7, state.receiver);
  update.bind(8, state.hidden ? 1 : 0);
  update.bind(9, state.steps);
  update.bind(10, state.seen);
  bind_moment(update, 11, state.classified_at);
  bind_moment(update, 12, state.settled_at);
  bind_moment(update, 13, state.reopened_at);
  update.bind(14, text_of(state.waits));
  if (state.reply_due) {
    update.bind(15, core::to_string(*state.reply_due));
  } else {
    update.bind(15);
  }
  update.exec();
}

}  // namespace hailong::journal
