#pragma once

#include "district/sql/connection.h"

namespace hailong::district::storage {

/// What people entered changed something that scores depend on: they are to be read anew. Ingests
/// raise a row of their own (ledger.cc).
inline void raise_revision(sql::Connection& connection) {
  connection.execute(
      "INSERT INTO revision (shard, n) VALUES (0, 1) "
      "ON CONFLICT (shard) DO UPDATE SET n = revision.n + 1");
}

}  // namespace hailong::district::storage
