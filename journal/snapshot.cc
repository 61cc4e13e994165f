#include "journal/snapshot.h"

#include "core/chain.h"

namespace hailong::journal {
namespace {

/// So that nobody who appends waits for long.
constexpr std::size_t kPartBytes = std::size_t{256} * 1024;

}  // namespace

core::Bytes32 snapshot_digest(std::string_view bytes) { return core::chain_next({}, bytes); }

std::string read_snapshot(SQLite::Database& database, core::Seq anchor) {
  SQLite::Statement query(database, "SELECT bytes FROM snapshot WHERE anchor = ? ORDER BY part");
  query.bind(1, anchor);
  std::string bytes;
  while (query.executeStep()) bytes += sqlite::view_of(query.getColumn(0));
  return bytes;
}

bool write_snapshot_part(SQLite::Database& database, core::Seq anchor, std::string_view bytes,
                         int part) {
  const std::size_t at = kPartBytes * static_cast<std::size_t>(part);
  if (at >= bytes.size()) return false;
  SQLite::Statement insert(database, "INSERT OR REPLACE INTO snapshot VALUES (?, ?, ?)");
  insert.bind(1, anchor);
  insert.bind(2, part);
  sqlite::bind_blob(insert, 3, bytes.substr(at, kPartBytes));
  insert.exec();
  return true;
}

void copy_table(SQLite::Database& from, SQLite::Database& to, const std::string& table) {
  SQLite::Statement rows(from, "SELECT * FROM " + table);
  std::string places = "?";
  for (int i = 1; i < rows.getColumnCount(); ++i) places += ", ?";
  SQLite::Statement insert(to, "INSERT INTO " + table + " VALUES (" + places + ")");
  while (rows.executeStep()) {
    insert.reset();
    for (int i = 0; i < rows.getColumnCount(); ++i) {
      const SQLite::Column column = rows.getColumn(i);
      if (column.isNull()) {
        insert.bind(i + 1);
      } else if (column.isInteger()) {
        insert.bind(i + 1, column.getInt64());
      } else if (column.isBlob()) {
        sqlite::bind_blob(insert, i + 1, sqlite::view_of(column));
      } else {
        insert.bind(i + 1, column.getString());
      }
    }
    insert.exec();
  }
}

}  // namespace hailong::journal
