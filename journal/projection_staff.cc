#include "journal/case_columns.h"
#include "journal/projection.h"
#include "wire/event_codec.h"

/// What the commune's staff did.

namespace hailong::journal {
namespace {

/// What a step leaves beside where the case stands: an answer is public from its publication until
/// the case is reopened or answered anew.
void note_publication(SQLite::Database& database, const core::Event& event, core::Seq rating,
                      core::CaseAction action) {
  const bool answers = action == core::CaseAction::kHandle;
  const bool publishes = action == core::CaseAction::kPublish;
  if (!answers && !publishes && action != core::CaseAction::kReopen) return;
  SQLite::Statement update(database,
                           "UPDATE feedback_case SET published_at = ?2,"
                           " answer_seq = ifnull(?3, answer_seq) WHERE rating_seq = ?1");
  update.bind(1, rating);
  if (publishes) update.bind(2, event.stamp.wall_ms);
  if (answers) update.bind(3, event.seq);
  update.exec();
}

}  // namespace

bool Projection::apply(const core::Event& event, const core::StaffAccount& account) {
  SQLite::Statement keep(database_, "INSERT OR REPLACE INTO person VALUES (?, ?, ?, ?, ?)");
  keep.bind(1, account.id);
  keep.bind(2, account.name);
  keep.bind(3, std::string(core::word_of(account.role)));
  keep.bind(4, account.active ? 1 : 0);
  keep.bind(5, event.seq);
  keep.exec();
  return true;
}

bool Projection::apply(const core::Event& event, const core::StaffAct& act) {
  SQLite::Statement insert(database_, "INSERT INTO staff_act VALUES (?, ?, ?, ?, ?)");
  insert.bind(1, event.seq);
  insert.bind(2, event.stamp.wall_ms);
  insert.bind(3, act.who);
  insert.bind(4, std::string(core::word_of(act.deed)));
  insert.bind(5, act.about);
  insert.exec();
  return true;
}

/// A step that does not fit was fitting by the rules of the program that wrote it: it stays in the
/// history and moves nothing.
bool Projection::apply(const core::Event& event, const core::Handling& handling) {
  if (!is_rating(handling.rating)) return false;
  const auto bytes = wire::encode_event(event);
  if (!bytes) return false;
  SQLite::Statement insert(database_,
                           "INSERT INTO case_step (seq, rating_seq, bytes) VALUES (?, ?, ?)");
  insert.bind(1, event.seq);
  insert.bind(2, handling.rating);
  sqlite::bind_blob(insert, 3, std::string_view(*bytes));
  insert.exec();
  const auto standing = standing_case(database_, handling.rating);
  if (!standing) return true;
  core::CaseStep step = handling.step;
  step.at_ms = event.stamp.wall_ms;
  // What was written was there when the step was taken; it may have been erased since.
  step.note = step.answer = "…";
  const auto next = core::after(standing->state, step, standing->facts);
  if (!next) return true;
  write_case(database_, handling.rating, *next);
  note_publication(database_, event, handling.rating, step.action);
  return true;
}

bool Projection::apply(const core::Event& event, const core::Served& served) {
  SQLite::Statement keep(database_, "INSERT OR REPLACE INTO served VALUES (?, ?, ?, ?, ?)");
  keep.bind(1, core::to_string(served.day));
  keep.bind(2, served.field.value);
  keep.bind(3, served.count);
  keep.bind(4, served.who);
  keep.bind(5, event.seq);
  keep.exec();
  return true;
}

bool Projection::apply(const core::Event& event, const core::SignOff& sign_off) {
  SQLite::Statement insert(database_, "INSERT INTO sign_off VALUES (?, ?, ?, ?, ?)");
  insert.bind(1, event.seq);
  insert.bind(2, core::to_string(sign_off.day));
  insert.bind(3, event.stamp.wall_ms);
  insert.bind(4, sign_off.who);
  insert.bind(5, sign_off.seen);
  insert.exec();
  return true;
}

}  // namespace hailong::journal
