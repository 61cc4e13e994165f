#pragma once

#include <optional>
#include <string>

#include "journal/identity.h"

namespace SQLite {
class Database;
}

/// Where the chain that a journal holds begins.

namespace hailong::journal {

/// The last event that is not held, and the chain hash there.
struct Anchor {
  core::Seq seq = 0;
  core::Bytes32 hash{};
  std::string receipt;  // the district's, of everything up to `seq`; empty where the epoch begins

  [[nodiscard]] bool is_beginning() const { return receipt.empty(); }
};

/// Why the chain cannot begin there; empty when it can: at the epoch's beginning, or behind what
/// the receipt covers. Without `district` whoever signed the receipt is believed.
std::string doubt_about(const Anchor& anchor, const Identity& identity,
                        const std::optional<wire::PublicKey>& district);

/// Also of an older schema. Throws SQLite::Exception.
Anchor read_anchor(SQLite::Database& database, const Identity& identity);

}  // namespace hailong::journal
