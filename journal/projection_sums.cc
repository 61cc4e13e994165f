#include <array>

#include "journal/projection.h"

/// What is derived from other projections: sums of ratings as they stand now, and what a case is by
/// itself. Each is taken back before the rating changes and added again afterwards, so it depends
/// on how things stand and not on how they came to.

namespace hailong::journal {

void Projection::contribute(core::Seq rating, int times) {
  find_now_.reset();
  find_now_.bind(1, rating);
  if (!find_now_.executeStep()) return;
  const int score = find_now_.getColumn(4).getInt();
  const bool superseded = find_now_.getColumn(6).getInt() != 0;
  add_to_cell_.reset();
  add_to_cell_.bind(1, find_now_.getColumn(0).getString());
  add_to_cell_.bind(2, find_now_.getColumn(1).getInt());
  add_to_cell_.bind(3, find_now_.getColumn(2).getString());
  add_to_cell_.bind(4, find_now_.getColumn(3).getString());
  for (int each = 1; each <= 5; ++each) {
    add_to_cell_.bind(4 + each, each == score && !superseded ? times : 0);
  }
  add_to_cell_.bind(10, find_now_.getColumn(5).getInt() != 0 && !superseded ? times : 0);
  add_to_cell_.bind(11, superseded ? times : 0);
  add_to_cell_.exec();
  find_now_.reset();
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
