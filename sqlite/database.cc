#include "sqlite/database.h"

#include <sqlite3.h>

#include <algorithm>
#include <cstring>

namespace hailong::sqlite {
namespace {

using core::Fault;

constexpr int kPatienceMs = 5000;
constexpr int kPauseMs = 10;

/// The change of a new file to WAL needs it alone for a moment. Where a program opens it just then
/// too, SQLite answers "busy" at once, without the patience it has elsewhere.
void use_wal(SQLite::Database& database) {
  constexpr const char* kUseWal = "PRAGMA journal_mode = WAL";
  for (int waited = 0; waited < kPatienceMs; waited += kPauseMs) {
    if (database.tryExec(kUseWal) != SQLITE_BUSY) break;
    sqlite3_sleep(kPauseMs);
  }
  database.exec(kUseWal);
}

core::Result<void> migrate(SQLite::Database& database, std::span<const Migration> migrations) {
  if (migrations.empty()) return {};
  SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
  const int version = database.execAndGet("PRAGMA user_version").getInt();
  const int newest = migrations.back().number;
  if (version > newest) {
    return core::fail(Fault::kInvalid, database.getFilename() + " has schema " +
                                           std::to_string(version) + ", this program knows " +
                                           std::to_string(newest) + ": install the newer program");
  }
  if (version == newest) return {};
  for (const Migration& migration : migrations) {
    if (migration.number > version) database.exec(std::string(migration.sql));
  }
  database.exec("PRAGMA user_version = " + std::to_string(newest));
  transaction.commit();
  return {};
}

}  // namespace

core::Result<std::unique_ptr<SQLite::Database>> open_durable(
    const std::filesystem::path& path, std::span<const Migration> migrations) {
  return fenced(
      "opening " + path.string(), [&]() -> core::Result<std::unique_ptr<SQLite::Database>> {
        auto database = std::make_unique<SQLite::Database>(
            path.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE | SQLite::OPEN_NOMUTEX,
            kPatienceMs);
        // Both are needed for the promise: in WAL mode, NORMAL may lose the last commits
        // to a power cut.
        use_wal(*database);
        database->exec("PRAGMA synchronous = FULL");
        // What is erased must not be left in free pages.
        database->exec("PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON");
        if (auto migrated = migrate(*database, migrations); !migrated) {
          return core::Failure(migrated.error());
        }
        return database;
      });
}

core::Result<std::unique_ptr<SQLite::Database>> open_read_only(const std::filesystem::path& path) {
  if (!std::filesystem::exists(path)) {
    return core::fail(Fault::kNotFound, path.string() + ": no such database");
  }
  const auto open = [&](const std::string& name, int flags) {
    return fenced("opening " + path.string(),
                  [&]() -> core::Result<std::unique_ptr<SQLite::Database>> {
                    auto database = std::make_unique<SQLite::Database>(
                        name, SQLite::OPEN_READONLY | SQLite::OPEN_NOMUTEX | flags, kPatienceMs);
                    database->execAndGet("SELECT count(*) FROM sqlite_master");
                    return database;
                  });
  };
  auto database = open(path.string(), 0);
  if (database || std::filesystem::exists(path.string() + "-wal")) return database;
  // A cleanly closed WAL database on read-only media has no place for its shared memory file.
  return open("file:" + path.string() + "?immutable=1", SQLite::OPEN_URI);
}

bool has_moved(SQLite::Database& database) {
  int moved = 0;
  const int code =
      sqlite3_file_control(database.getHandle(), "main", SQLITE_FCNTL_HAS_MOVED, &moved);
  if (code != SQLITE_OK) throw SQLite::Exception(database.getHandle(), code);
  return moved != 0;
}

core::Fault fault_of(const SQLite::Exception& exception) {
  switch (exception.getErrorCode() & 0xFF) {
    case SQLITE_FULL:
      return Fault::kFull;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return Fault::kBusy;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return Fault::kCorrupt;
    case SQLITE_CONSTRAINT:
      return Fault::kConflict;
    default:
      return Fault::kIo;
  }
}

core::Error error_of(const SQLite::Exception& exception, std::string_view doing) {
  return {fault_of(exception), std::string(doing) + ": " + exception.what() + " (SQLite " +
                                   std::to_string(exception.getExtendedErrorCode()) + ")"};
}

core::Bytes32 bytes32_of(const SQLite::Column& column) {
  core::Bytes32 bytes{};
  const std::string_view blob = view_of(column);
  if (blob.size() == bytes.size()) std::memcpy(bytes.data(), blob.data(), bytes.size());
  return bytes;
}

}  // namespace hailong::sqlite
