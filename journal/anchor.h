#pragma once

#include <string>

#include "journal/identity.h"
#include "sqlite/database.h"

/// Where the chain that a journal holds begins. For .cc files only.

namespace hailong::journal {

/// The last event that is not held, and the chain hash there.
struct Anchor {
  core::Seq seq = 0;
  core::Bytes32 hash{};
  std::string receipt;  // the district's, of everything up to `seq`; empty where the epoch begins

  [[nodiscard]] bool is_beginning() const { return receipt.empty(); }
};

/// Also of an older schema. Throws SQLite::Exception.
Anchor read_anchor(SQLite::Database& database, const Identity& identity);

}  // namespace hailong::journal
