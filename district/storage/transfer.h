#pragma once

#include <cstdint>
#include <filesystem>
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

/// Copies the SQLite store in `data_dir` into the empty PostgreSQL database `postgres`, and reads
/// both again to compare them, in one transaction each: nobody can write to the old store
/// meanwhile, and the new one stays empty unless everything is equal. Errors: kNotFound (no store),
/// kConflict (the database holds tables already), kCorrupt (a table differs), kBusy, kFull, kIo.
core::Result<std::vector<CopiedTable>> transfer(const std::filesystem::path& data_dir,
                                                const std::string& postgres);

}  // namespace hailong::district::storage
