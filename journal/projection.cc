#include "journal/projection.h"

#include <string>

namespace hailong::journal {
namespace {

std::string joined(const std::vector<std::string>& flags) {
  std::string text;
  for (const std::string& flag : flags) text += (text.empty() ? "" : ",") + flag;
  return text;
}

const char* name_of(core::ClockState clock) {
  return clock == core::ClockState::kSynced ? "synced" : "unsynced";
}

template <typename... Callables>
struct Overloaded : Callables... {
  using Callables::operator()...;
};
template <typename... Callables>
Overloaded(Callables...) -> Overloaded<Callables...>;

}  // namespace

Projection::Projection(SQLite::Database& database)
    : database_(database),
      insert_rating_(
          database,
          "INSERT INTO rating (seq, visit, score, recorded_at_ms, clock_state, counter_id,"
          " field_id, flags) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"),
      correct_rating_(database, "UPDATE rating SET score = ? WHERE seq = ?"),
      insert_feedback_(database,
                       "INSERT INTO feedback (seq, rating_seq, kind, recorded_at_ms)"
                       " SELECT ?, seq, ?, ? FROM rating WHERE seq = ?") {}

bool Projection::apply(const core::Event& event) {
  return std::visit(
      Overloaded{
          [&](const core::Rating& rating) {
            apply(event.seq, event.stamp, rating);
            return true;
          },
          [&](const core::Correction& correction) { return apply(correction); },
          [&](const core::Feedback& feedback) { return apply(event.seq, event.stamp, feedback); },
          // An erasure shows through the content table; an unknown kind is shown by newer programs.
          [](const auto&) { return true; }},
      event.body);
}

void Projection::clear() { database_.exec("DELETE FROM feedback; DELETE FROM rating"); }

void Projection::apply(core::Seq seq, const core::Stamp& stamp, const core::Rating& rating) {
  const std::string flags = joined(rating.flags);
  insert_rating_.reset();
  insert_rating_.bind(1, seq);
  insert_rating_.bindNoCopy(2, rating.visit.value);
  insert_rating_.bind(3, rating.score.value());
  insert_rating_.bind(4, stamp.wall_ms);
  insert_rating_.bindNoCopy(5, name_of(stamp.clock));
  insert_rating_.bindNoCopy(6, rating.counter.value);
  if (rating.field.empty()) {
    insert_rating_.bind(7);
  } else {
    insert_rating_.bindNoCopy(7, rating.field.value);
  }
  insert_rating_.bindNoCopy(8, flags);
  insert_rating_.exec();
}

bool Projection::apply(const core::Correction& correction) {
  correct_rating_.reset();
  correct_rating_.bind(1, correction.score.value());
  correct_rating_.bind(2, correction.rating);
  return correct_rating_.exec() == 1;
}

bool Projection::apply(core::Seq seq, const core::Stamp& stamp, const core::Feedback& feedback) {
  insert_feedback_.reset();
  insert_feedback_.bind(1, seq);
  insert_feedback_.bindNoCopy(2, feedback.kind == core::FeedbackKind::kWords ? "words" : "contact");
  insert_feedback_.bind(3, stamp.wall_ms);
  insert_feedback_.bind(4, feedback.rating);
  return insert_feedback_.exec() == 1;
}

}  // namespace hailong::journal
