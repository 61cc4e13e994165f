#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "core/hex.h"
#include "core/result.h"

namespace hailong::district::storage {

struct CopiedTable {
  std::string name;
  std::int64_t rows = 0;
  core::Bytes32 digest{};  // over all rows, the same in both stores
};

/// How far the work on a table is: so many of its rows are copied.
struct CopyProgress {
  const std::string& table;
  std::int64_t rows = 0;
  std::int64_t of = 0;
};

/// Copies the SQLite store in `data_dir` into the empty PostgreSQL database `postgres`, and reads
/// both again to compare them, in one transaction each: nobody can write to the old store
/// meanwhile, and the new one stays empty unless everything is equal. A few thousand rows are in
/// memory at a time. `tell` hears of each table, and of long ones now and then. Errors: kNotFound
/// (no store), kConflict (the database holds tables already), kCorrupt (a table differs), kBusy,
/// kFull, kIo.
core::Result<std::vector<CopiedTable>> transfer(
    const std::filesystem::path& data_dir, const std::string& postgres,
    const std::function<void(const CopyProgress&)>& tell);

}  // namespace hailong::district::storage
