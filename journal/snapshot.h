#pragma once

#include <string>
#include <string_view>

#include "core/hex.h"
#include "core/ids.h"
#include "sqlite/database.h"

/// The bytes of a snapshot in the journal (004_retention.sql). For .cc files only. All throw
/// SQLite::Exception.

namespace hailong::journal {

/// What the event that tells of a compaction holds: BLAKE2b-256 of the bytes.
core::Bytes32 snapshot_digest(std::string_view bytes);

/// Empty where there is none for that anchor.
std::string read_snapshot(SQLite::Database& database, core::Seq anchor);

/// Part `part` of `bytes`. False: there is no such part.
bool write_snapshot_part(SQLite::Database& database, core::Seq anchor, std::string_view bytes,
                         int part);

/// The rows of a table that both have, column by column.
void copy_table(SQLite::Database& from, SQLite::Database& to, const std::string& table);

}  // namespace hailong::journal
