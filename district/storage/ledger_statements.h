#pragma once

#include "district/storage/ledger.h"
#include "sqlite/database.h"

/// The ingest path's SQL, prepared once. For ledger.cc and ledger_follow_ups.cc only.

namespace hailong::district::storage {

/// Gives a statement back clean at the end of a scope: one left half-way would hold its read lock,
/// and its bindings point at bytes that go away.
class Use {
 public:
  explicit Use(SQLite::Statement& statement) : statement_(statement) {}
  Use(const Use&) = delete;
  Use& operator=(const Use&) = delete;
  ~Use() { statement_.tryReset(); }

  SQLite::Statement* operator->() { return &statement_; }
  SQLite::Statement& operator*() { return statement_; }

 private:
  SQLite::Statement& statement_;
};

struct Ledger::Statements {
  SQLite::Database& database;
  bool erased = false;  // the transaction under way erased words

  explicit Statements(SQLite::Database& opened) : database(opened) {}

  SQLite::Statement device{database,
                           "SELECT unit_code, suspended_at FROM device WHERE device_id = ?"};
  SQLite::Statement key{database,
                        "SELECT 1 FROM device_key WHERE public_key = ? AND device_id = ? "
                        "AND revoked_at IS NULL"};
  SQLite::Statement stream{database,
                           "SELECT id, position, head, received_at FROM stream "
                           "WHERE device_id = ? AND epoch = ?"};
  SQLite::Statement open_stream{database,
                                "INSERT INTO stream (device_id, epoch, position, head, first_seen, "
                                "received_at) VALUES (?, ?, 0, ?, ?4, ?4)"};
  SQLite::Statement advance{
      database, "UPDATE stream SET position = ?, head = ?, received_at = ? WHERE id = ?"};
  SQLite::Statement revise{database, "UPDATE state SET revision = revision + 1"};
  SQLite::Statement hash_at{database, "SELECT hash FROM event WHERE stream_id = ? AND seq = ?"};
  SQLite::Statement pins{database,
                         "SELECT seq, hash FROM pinned_head "
                         "WHERE device_id = ? AND epoch = ? AND seq BETWEEN ? AND ?"};
  SQLite::Statement pin{database,
                        "INSERT OR IGNORE INTO pinned_head (device_id, epoch, seq, hash, claim, "
                        "key, signature, seen_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"};
  SQLite::Statement conflict{
      database,
      "INSERT OR IGNORE INTO conflict (device_id, epoch, last, head, claim, key, signature, "
      "received_at, first, events, reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"};
  SQLite::Statement event{database,
                          "INSERT INTO event (stream_id, seq, hash, bytes) VALUES (?, ?, ?, ?)"};
  SQLite::Statement rating{database,
                           "INSERT INTO rating (stream_id, seq, cell_id, score, flags) "
                           "VALUES (?, ?, ?, ?, ?)"};
  SQLite::Statement find_rating{
      database,
      "SELECT cell_id, score, flags, superseded FROM rating WHERE stream_id = ? AND seq = ?"};
  SQLite::Statement set_score{database,
                              "UPDATE rating SET score = ? WHERE stream_id = ? AND seq = ?"};
  SQLite::Statement set_cell{database,
                             "UPDATE rating SET cell_id = ? WHERE stream_id = ? AND seq = ?"};
  SQLite::Statement set_superseded{
      database, "UPDATE rating SET superseded = ? WHERE stream_id = ? AND seq = ?"};
  SQLite::Statement event_bytes{database,
                                "SELECT bytes FROM event WHERE stream_id = ? AND seq = ?"};
  SQLite::Statement unit_of{database, "SELECT unit_id FROM cell WHERE id = ?"};
  SQLite::Statement find_cell{database,
                              "SELECT id FROM cell WHERE day = ? AND unit_id = ? "
                              "AND field_id = ? AND counter_id = ?"};
  SQLite::Statement add_cell{
      database, "INSERT INTO cell (day, unit_id, field_id, counter_id) VALUES (?, ?, ?, ?)"};
  SQLite::Statement change_cell{database,
                                "UPDATE cell SET n1 = n1 + ?, n2 = n2 + ?, n3 = n3 + ?, "
                                "n4 = n4 + ?, n5 = n5 + ?, flagged = flagged + ?, "
                                "left_out = left_out + ? WHERE id = ?"};
  SQLite::Statement change_flag{database,
                                "INSERT INTO cell_flag (cell_id, reason, n) VALUES (?, ?, ?) "
                                "ON CONFLICT DO UPDATE SET n = n + excluded.n"};
  SQLite::Statement drop_empty_flags{database, "DELETE FROM cell_flag WHERE cell_id = ? AND n = 0"};
  SQLite::Statement set_answer{
      database,
      "INSERT OR REPLACE INTO answer (stream_id, rating_seq, question, choices, alert, seq) "
      "VALUES (?, ?, ?, ?, ?, ?)"};
  SQLite::Statement first_choice{database,
                                 "SELECT ifnull(json_extract(choices, '$[0]'), '') FROM answer "
                                 "WHERE stream_id = ? AND rating_seq = ? AND question = ?"};
  SQLite::Statement set_dossier{
      database,
      "INSERT OR REPLACE INTO dossier (stream_id, rating_seq, unit_id, key, rated_at, "
      "procedure_id, field_id, seq) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"};
  SQLite::Statement dossier{database,
                            "SELECT unit_id, key, rated_at, procedure_id, field_id, seq "
                            "FROM dossier WHERE stream_id = ? AND rating_seq = ?"};
  // SQLite takes rated_at from the row that max() found.
  SQLite::Statement counted_rating{
      database,
      "SELECT stream_id, max(rating_seq), rated_at FROM dossier WHERE unit_id = ? AND key = ? "
      "GROUP BY stream_id ORDER BY rated_at DESC, stream_id DESC LIMIT 1"};
  SQLite::Statement token{
      database, "INSERT INTO visit_token (stream_id, seq, rating_seq, digest) VALUES (?, ?, ?, ?)"};
  SQLite::Statement consent{database,
                            "INSERT INTO consent (stream_id, seq, rating_seq, notice, keep_days) "
                            "VALUES (?, ?, ?, ?, ?)"};
  SQLite::Statement content{database,
                            "INSERT OR IGNORE INTO content (stream_id, seq, digest, salt, text) "
                            "VALUES (?, ?, ?, ?, ?)"};
  SQLite::Statement erase{
      database,
      "UPDATE content SET salt = NULL, text = NULL, erased_by = ifnull(erased_by, ?) "
      "WHERE stream_id = ? AND digest = ?"};
  SQLite::Statement quarantine{database,
                               "INSERT INTO quarantine (stream_id, seq, reason) VALUES (?, ?, ?)"};
};

}  // namespace hailong::district::storage
