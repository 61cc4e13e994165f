#include <array>

#include "journal/projection.h"

/// What is derived from other projections: sums of ratings as they stand now, and what a case is by
/// itself. Each is taken back before the rating changes and added again afterwards, so it depends
/// on how things stand and not on how they came to.

namespace hailong::journal {
namespace {

constexpr std::int64_t kFive = 5;

}  // namespace

std::optional<Projection::Now> Projection::find_now(core::Seq rating) {
  find_now_.reset();
  find_now_.bind(1, rating);
  if (!find_now_.executeStep()) return std::nullopt;
  Now now{find_now_.getColumn(0).getString(),   find_now_.getColumn(1).getInt(),
          find_now_.getColumn(2).getString(),   find_now_.getColumn(3).getString(),
          find_now_.getColumn(4).getInt(),      find_now_.getColumn(5).getInt() != 0,
          find_now_.getColumn(6).getInt() != 0, find_now_.getColumn(7).getInt64(),
          find_now_.getColumn(8).getInt()};
  find_now_.reset();
  return now;
}

void Projection::contribute(core::Seq rating, int times) {
  const auto now = find_now(rating);
  if (!now) return;
  add_to_cell_.reset();
  add_to_cell_.bindNoCopy(1, now->day);
  add_to_cell_.bind(2, now->hour);
  add_to_cell_.bindNoCopy(3, now->counter);
  add_to_cell_.bindNoCopy(4, now->field);
  for (int each = 1; each <= 5; ++each) {
    add_to_cell_.bind(4 + each, each == now->score && !now->superseded ? times : 0);
  }
  add_to_cell_.bind(10, now->flagged && !now->superseded ? times : 0);
  add_to_cell_.bind(11, now->superseded ? times : 0);
  add_to_cell_.exec();
  if (now->nth <= (last_nth() - 1) / kFive * kFive) add_to_five(*now, times);
}

std::int64_t Projection::last_nth() {
  find_last_nth_.reset();
  find_last_nth_.executeStep();
  const std::int64_t last = find_last_nth_.getColumn(0).getInt64();
  find_last_nth_.reset();
  return last;
}

void Projection::add_to_five(const Now& rating, int times) {
  find_fifth_day_.reset();
  find_fifth_day_.bind(1, (rating.nth - 1) / kFive * kFive + kFive);
  find_fifth_day_.executeStep();
  const std::string day = find_fifth_day_.getColumn(0).getString();
  find_fifth_day_.reset();
  add_to_five_cell_.reset();
  add_to_five_cell_.bindNoCopy(1, day);
  add_to_five_cell_.bind(2, rating.five_hour);
  add_to_five_cell_.bindNoCopy(3, rating.counter);
  add_to_five_cell_.bindNoCopy(4, rating.field);
  for (int each = 1; each <= 5; ++each) {
    add_to_five_cell_.bind(4 + each, each == rating.score ? times : 0);
  }
  add_to_five_cell_.exec();
}

void Projection::close_five() {
  const std::int64_t last = last_nth();
  if (last == 1 || last % kFive != 1) return;
  SQLite::Statement before(database_, "SELECT seq FROM rating WHERE nth BETWEEN ? AND ?");
  before.bind(1, last - kFive);
  before.bind(2, last - 1);
  while (before.executeStep()) {
    if (const auto now = find_now(before.getColumn(0).getInt64())) add_to_five(*now, 1);
  }
}

std::vector<core::Seq> Projection::ratings_around(core::Seq rating, const core::Bytes32& key) {
  SQLite::Statement query(
      database_,
      "SELECT ?1 UNION SELECT rating_seq FROM dossier WHERE key = ?2"
      " UNION SELECT other.rating_seq FROM dossier JOIN dossier AS other USING (key)"
      " WHERE dossier.rating_seq = ?1");
  query.bind(1, rating);
  sqlite::bind_blob(query, 2, key);
  std::vector<core::Seq> ratings;
  while (query.executeStep()) ratings.push_back(query.getColumn(0).getInt64());
  return ratings;
}

void Projection::refresh_case(core::Seq rating) {
  SQLite::Statement query(
      database_,
      "SELECT words, alert, max(ifnull(last_words, 0), ifnull(last_alert, 0)) FROM"
      " (SELECT count(*) AS words, max(seq) AS last_words FROM feedback"
      "   WHERE rating_seq = ?1 AND kind = 'words'),"
      " (SELECT count(*) > 0 AS alert, max(seq) AS last_alert FROM answer"
      "   WHERE rating_seq = ?1 AND alert = 1)");
  query.bind(1, rating);
  query.executeStep();
  const bool is_one = query.getColumn(0).getInt() > 0 || query.getColumn(1).getInt() > 0;
  SQLite::Statement keep(database_,
                         is_one ? "INSERT INTO feedback_case (rating_seq, words, alert, last_seq)"
                                  " VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO UPDATE"
                                  " SET words = ?2, alert = ?3, last_seq = ?4"
                                : "UPDATE feedback_case SET words = ?2, alert = ?3, last_seq = ?4"
                                  " WHERE rating_seq = ?1");
  keep.bind(1, rating);
  keep.bind(2, query.getColumn(0).getInt());
  keep.bind(3, query.getColumn(1).getInt());
  keep.bind(4, query.getColumn(2).getInt64());
  keep.exec();
  // Taken back before anybody dealt with it: there is no case.
  if (!is_one) {
    SQLite::Statement drop(database_,
                           "DELETE FROM feedback_case WHERE rating_seq = ? AND steps = 0");
    drop.bind(1, rating);
    drop.exec();
  }
}

}  // namespace hailong::journal
