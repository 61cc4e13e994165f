#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

#include "core/hex.h"
#include "core/result.h"
#include "sqlite/migration.h"

/// What every SQLite file of ours has in common: how it is opened so that a commit survives a power
/// cut, how its schema grows, and how SQLiteCpp's exceptions become errors. A database is for
/// one thread at a time: SQLite takes no locks of its own for it. For .cc files only.

namespace hailong::sqlite {

/// Opens (or makes) a database for writing: WAL, synchronous=FULL, foreign keys on, 5 s of patience
/// with other writers; then runs all pending migrations in one transaction; without any, it
/// takes the file as it is. Errors: kInvalid for a
/// file that a newer program made, kCorrupt, kIo, kFull, kBusy.
core::Result<std::unique_ptr<SQLite::Database>> open_durable(const std::filesystem::path& path,
                                                             std::span<const Migration> migrations);

/// Opens an existing database without ever writing to it, also on read-only media.
/// Errors: kNotFound, kCorrupt, kIo.
core::Result<std::unique_ptr<SQLite::Database>> open_read_only(const std::filesystem::path& path);

/// Whether another file stands, or none, where this one was when it was opened. Throws
/// SQLite::Exception.
bool has_moved(SQLite::Database& database);

/// What a caller can do about an SQLite exception.
core::Fault fault_of(const SQLite::Exception& exception);

/// The error that an SQLite exception stands for, with what was being done.
core::Error error_of(const SQLite::Exception& exception, std::string_view doing);

/// Runs `work` and turns SQLiteCpp's exceptions into errors. `work` returns a Result.
template <typename Work>
auto fenced(std::string_view doing, Work work) -> std::invoke_result_t<Work> {
  try {
    return work();
  } catch (const SQLite::Exception& exception) {
    return core::Failure(error_of(exception, doing));
  }
}

/// Binds bytes as a BLOB that must live until the statement was stepped.
inline void bind_blob(SQLite::Statement& statement, int index, const core::Bytes32& bytes) {
  statement.bindNoCopy(index, bytes.data(), static_cast<int>(bytes.size()));
}

/// The same for event bytes and contents, which are stored as they are, without any text
/// conversion.
inline void bind_blob(SQLite::Statement& statement, int index, std::string_view bytes) {
  statement.bindNoCopy(index, bytes.data(), static_cast<int>(bytes.size()));
}

/// The bytes of a BLOB or TEXT column, valid until the statement is stepped or reset.
inline std::string_view view_of(const SQLite::Column& column) {
  const auto* bytes = static_cast<const char*>(column.getBlob());
  return {bytes, bytes == nullptr ? 0 : static_cast<std::size_t>(column.getBytes())};
}

/// 32 bytes out of a BLOB column; all zero when the column holds anything else.
core::Bytes32 bytes32_of(const SQLite::Column& column);

}  // namespace hailong::sqlite
