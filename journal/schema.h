#pragma once

#include <array>
#include <optional>

#include "journal/identity.h"
#include "journal_sql.h"
#include "sqlite/database.h"

/// What journal, outbox and reader share about the file. For .cc files only.

namespace hailong::journal {

inline constexpr std::array kMigrations = {sqlite::Migration{1, sql::k_001_journal_sql},
                                           sqlite::Migration{2, sql::k_002_follow_up_sql},
                                           sqlite::Migration{3, sql::k_003_staff_sql}};

/// Whose journal it is; nothing before the first start has finished. Throws SQLite::Exception.
inline std::optional<Identity> read_identity(SQLite::Database& database) {
  SQLite::Statement query(database, "SELECT device_id, epoch, public_key FROM identity");
  if (!query.executeStep()) return std::nullopt;
  return Identity{core::DeviceId{query.getColumn(0).getString()},
                  core::EpochId{query.getColumn(1).getString()},
                  sqlite::bytes32_of(query.getColumn(2))};
}

}  // namespace hailong::journal
