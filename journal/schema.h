#pragma once

#include <array>
#include <optional>

#include "journal/identity.h"
#include "journal_sql.h"
#include "sqlite/database.h"

/// What journal, outbox and reader share about the file. For .cc files only.

namespace hailong::journal {

inline constexpr std::array kMigrations = {
    sqlite::Migration{1, sql::k_001_journal_sql},   sqlite::Migration{2, sql::k_002_follow_up_sql},
    sqlite::Migration{3, sql::k_003_staff_sql},     sqlite::Migration{4, sql::k_004_retention_sql},
    sqlite::Migration{5, sql::k_005_boot_time_sql}, sqlite::Migration{6, sql::k_006_words_sql}};

/// Whose journal it is; nothing before the first start has finished. Throws SQLite::Exception.
inline std::optional<Identity> read_identity(SQLite::Database& database) {
  const bool has_first = database.execAndGet("PRAGMA user_version").getInt() > 3;
  SQLite::Statement query(database, std::string("SELECT device_id, epoch, public_key, ") +
                                        (has_first ? "first" : "1") + " FROM identity");
  if (!query.executeStep()) return std::nullopt;
  return Identity{core::DeviceId{query.getColumn(0).getString()},
                  core::EpochId{query.getColumn(1).getString()},
                  sqlite::bytes32_of(query.getColumn(2)), query.getColumn(3).getInt64()};
}

/// At the first start. Throws SQLite::Exception.
inline void insert_identity(SQLite::Database& database, const Identity& identity) {
  SQLite::Statement insert(database,
                           "INSERT INTO identity (one, device_id, epoch, public_key, first)"
                           " VALUES (1, ?, ?, ?, ?)");
  insert.bind(1, identity.device.value);
  insert.bind(2, identity.epoch.value);
  sqlite::bind_blob(insert, 3, identity.public_key);
  insert.bind(4, identity.first);
  insert.exec();
}

}  // namespace hailong::journal
