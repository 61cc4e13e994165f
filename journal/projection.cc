#include "journal/projection.h"

#include <nlohmann/json.hpp>
#include <string>

namespace hailong::journal {
namespace {

std::string joined(const std::vector<std::string>& flags) {
  std::string text;
  for (const std::string& flag : flags) text += (text.empty() ? "" : ",") + flag;
  return text;
}

void bind_or_null(SQLite::Statement& statement, int index, const std::string& text) {
  if (text.empty()) {
    statement.bind(index);
  } else {
    statement.bindNoCopy(index, text);
  }
}

}  // namespace

Projection::Projection(SQLite::Database& database)
    : database_(database),
      find_rating_(database, "SELECT 1 FROM rating WHERE seq = ?"),
      insert_rating_(
          database,
          "INSERT INTO rating (seq, visit, score, recorded_at_ms, clock_state, counter_id,"
          " field_id, flags, boot_id, mono_ms, nth) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
          " (SELECT ifnull(max(nth), 0) + 1 FROM rating))"),
      correct_rating_(database, "UPDATE rating SET score = ? WHERE seq = ?"),
      set_answer_(database,
                  "INSERT OR REPLACE INTO answer (rating_seq, question, choices, alert, seq)"
                  " VALUES (?, ?, ?, ?, ?)"),
      set_dossier_(database,
                   "INSERT OR REPLACE INTO dossier (rating_seq, seq, key, procedure_id, field_id)"
                   " VALUES (?, ?, ?, ?, ?)"),
      insert_token_(database, "INSERT INTO token (seq, rating_seq, digest) VALUES (?, ?, ?)"),
      insert_consent_(
          database, "INSERT INTO consent (seq, rating_seq, notice, keep_days) VALUES (?, ?, ?, ?)"),
      insert_feedback_(database,
                       "INSERT INTO feedback (seq, rating_seq, kind, recorded_at_ms,"
                       " boot_id, mono_ms) VALUES (?, ?, ?, ?, ?, ?)"),
      find_now_(database,
                "SELECT day, hour, counter, field, score, flagged, superseded, nth, five_hour"
                " FROM rating_now WHERE seq = ?"),
      find_last_nth_(database, "SELECT max(nth) FROM rating"),
      find_fifth_day_(database, "SELECT five_day FROM rating_now WHERE nth = ?"),
      add_to_cell_(
          database,
          "INSERT INTO cell VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"
          " ON CONFLICT DO UPDATE SET n1 = n1 + ?5, n2 = n2 + ?6, n3 = n3 + ?7, n4 = n4 + ?8,"
          " n5 = n5 + ?9, flagged = flagged + ?10, superseded = superseded + ?11"),
      add_to_five_cell_(
          database,
          "INSERT INTO five_cell VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"
          " ON CONFLICT DO UPDATE SET n1 = n1 + ?5, n2 = n2 + ?6, n3 = n3 + ?7, n4 = n4 + ?8,"
          " n5 = n5 + ?9") {}

bool Projection::apply(const core::Event& event) {
  return std::visit([&](const auto& body) { return apply(event, body); }, event.body);
}

void Projection::clear() {
  for (const char* table : kTables) database_.exec(std::string("DELETE FROM ") + table);
}

bool Projection::is_rating(core::Seq seq) {
  find_rating_.reset();
  find_rating_.bind(1, seq);
  const bool found = find_rating_.executeStep();
  find_rating_.reset();
  return found;
}

bool Projection::apply(const core::Event& event, const core::Rating& rating) {
  const std::string flags = joined(rating.flags);
  const Recorded when = recorded(event.stamp);
  insert_rating_.reset();
  insert_rating_.bind(1, event.seq);
  insert_rating_.bindNoCopy(2, rating.visit.value);
  insert_rating_.bind(3, rating.score.value());
  insert_rating_.bind(4, when.at_ms);
  insert_rating_.bindNoCopy(5, when.state);
  insert_rating_.bindNoCopy(6, rating.counter.value);
  bind_or_null(insert_rating_, 7, rating.field.value);
  insert_rating_.bindNoCopy(8, flags);
  bind_waiting(insert_rating_, 9, when, event.stamp);
  insert_rating_.exec();
  contribute(event.seq, 1);
  close_five();
  return true;
}

bool Projection::apply(const core::Event& /*event*/, const core::Correction& correction) {
  if (!is_rating(correction.rating)) return false;
  contribute(correction.rating, -1);
  correct_rating_.reset();
  correct_rating_.bind(1, correction.score.value());
  correct_rating_.bind(2, correction.rating);
  correct_rating_.exec();
  contribute(correction.rating, 1);
  return true;
}

bool Projection::apply(const core::Event& event, const core::Answers& answers) {
  if (!is_rating(answers.rating)) return false;
  contribute(answers.rating, -1);
  for (const core::Answer& answer : answers.answers) {
    const std::string choices = nlohmann::json(answer.choices).dump();
    set_answer_.reset();
    set_answer_.bind(1, answers.rating);
    set_answer_.bindNoCopy(2, answer.question);
    set_answer_.bindNoCopy(3, choices);
    set_answer_.bind(4, answers.alert ? 1 : 0);
    set_answer_.bind(5, event.seq);
    set_answer_.exec();
  }
  contribute(answers.rating, 1);
  refresh_case(answers.rating);
  return true;
}

bool Projection::apply(const core::Event& event, const core::Dossier& dossier) {
  if (!is_rating(dossier.rating)) return false;
  const auto around = ratings_around(dossier.rating, dossier.key);
  for (const core::Seq rating : around) contribute(rating, -1);
  set_dossier_.reset();
  set_dossier_.bind(1, dossier.rating);
  set_dossier_.bind(2, event.seq);
  sqlite::bind_blob(set_dossier_, 3, dossier.key);
  bind_or_null(set_dossier_, 4, dossier.procedure);
  bind_or_null(set_dossier_, 5, dossier.field.value);
  set_dossier_.exec();
  for (const core::Seq rating : around) contribute(rating, 1);
  return true;
}

bool Projection::apply(const core::Event& event, const core::Token& token) {
  if (!is_rating(token.rating)) return false;
  insert_token_.reset();
  insert_token_.bind(1, event.seq);
  insert_token_.bind(2, token.rating);
  sqlite::bind_blob(insert_token_, 3, token.digest);
  insert_token_.exec();
  return true;
}

bool Projection::apply(const core::Event& event, const core::Consent& consent) {
  if (!is_rating(consent.rating)) return false;
  insert_consent_.reset();
  insert_consent_.bind(1, event.seq);
  insert_consent_.bind(2, consent.rating);
  insert_consent_.bindNoCopy(3, consent.notice);
  insert_consent_.bind(4, consent.keep_days);
  insert_consent_.exec();
  return true;
}

bool Projection::apply(const core::Event& event, const core::Feedback& feedback) {
  if (!is_rating(feedback.rating)) return false;
  const Recorded when = recorded(event.stamp);
  insert_feedback_.reset();
  insert_feedback_.bind(1, event.seq);
  insert_feedback_.bind(2, feedback.rating);
  insert_feedback_.bindNoCopy(3, feedback.kind == core::FeedbackKind::kWords ? "words" : "contact");
  insert_feedback_.bind(4, when.at_ms);
  bind_waiting(insert_feedback_, 5, when, event.stamp);
  insert_feedback_.exec();
  if (feedback.kind == core::FeedbackKind::kWords) refresh_case(feedback.rating);
  return true;
}

bool Projection::apply(const core::Event& /*event*/, const core::Erasure& /*erasure*/) {
  return true;
}

bool Projection::apply(const core::Event& /*event*/, const core::Salvage& /*salvage*/) {
  return true;
}

bool Projection::apply(const core::Event& /*event*/, const core::Compaction& /*compaction*/) {
  return true;
}

bool Projection::apply(const core::Event& /*event*/, const core::Unknown& /*unknown*/) {
  return true;
}

}  // namespace hailong::journal
