#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>

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

/// The SQLite file `path`, made if it is not there, with all migrations run: one writer, and as
/// many readers as one likes. A commit survives a power cut. Other processes may use the file, too.
/// `migrations` must outlive the engine. Errors: kInvalid for a file that a newer program made,
/// kCorrupt, kBusy, kFull, kIo.
core::Result<std::unique_ptr<Engine>> sqlite_engine(const std::filesystem::path& path,
                                                    std::span<const sqlite::Migration> migrations);

}  // namespace hailong::district::sql
