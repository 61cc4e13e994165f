#pragma once

#include "district/storage/ledger.h"
#include "sqlite/database.h"

/// The ingest path's SQL, prepared once. For ledger.cc only.

namespace hailong::district::storage {

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
      database, "SELECT cell_id, score FROM rating WHERE stream_id = ? AND seq = ?"};
  SQLite::Statement set_score{database,
                              "UPDATE rating SET score = ? WHERE stream_id = ? AND seq = ?"};
  SQLite::Statement find_cell{database,
                              "SELECT id FROM cell WHERE day = ? AND unit_id = ? "
                              "AND field_id = ? AND counter_id = ?"};
  SQLite::Statement add_cell{
      database, "INSERT INTO cell (day, unit_id, field_id, counter_id) VALUES (?, ?, ?, ?)"};
  SQLite::Statement change_cell{database,
                                "UPDATE cell SET n1 = n1 + ?, n2 = n2 + ?, n3 = n3 + ?, "
                                "n4 = n4 + ?, n5 = n5 + ?, flagged = flagged + ? WHERE id = ?"};
  SQLite::Statement change_flag{database,
                                "INSERT INTO cell_flag (cell_id, reason, n) VALUES (?, ?, ?) "
                                "ON CONFLICT DO UPDATE SET n = n + excluded.n"};
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
