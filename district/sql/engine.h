#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>
#include <string>

#include "core/result.h"
#include "district/sql/connection.h"
#include "sqlite/migration.h"

namespace hailong::district::sql {

/// Opens connections. Any thread.
class Engine {
 public:
  Engine() = default;
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;
  virtual ~Engine() = default;

  /// Throws sql::Exception.
  virtual std::unique_ptr<Connection> connect(Access access) = 0;

  /// How many transactions may write at a time.
  [[nodiscard]] virtual std::size_t writers() const = 0;
};

/// The SQLite file `path`, made if it is not there, with all migrations run (none: it is taken as
/// it is): one writer, and as many readers as one likes. A commit survives a power cut. Other
/// processes may use the file, too. `migrations` must outlive the engine. Errors: kInvalid for a
/// file that a newer program made, kCorrupt, kBusy, kFull, kIo.
core::Result<std::unique_ptr<Engine>> sqlite_engine(const std::filesystem::path& path,
                                                    std::span<const sqlite::Migration> migrations);

/// The PostgreSQL database of a libpq connection string or URL, with all migrations run: several
/// writers at a time, also of several programs. `migrations` as above. Errors: kInvalid for a
/// database of a newer program or one that orders texts otherwise; kBusy while it cannot be
/// reached.
core::Result<std::unique_ptr<Engine>> postgres_engine(
    const std::string& url, std::span<const sqlite::Migration> migrations);

}  // namespace hailong::district::sql
