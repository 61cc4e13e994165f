#pragma once

#include "core/hex.h"
#include "journal/reader.h"
#include "sqlite/database.h"

/// The walk behind Reader::verify(). For .cc files only.

namespace hailong::journal {

/// Walks the events in order and holds every one against chain and content, then holds the file's
/// projections against ones that are made anew, in memory, from the events of the walk. `start` is
/// the chain hash before event 1. Reads an older schema too. Throws SQLite::Exception.
Verification walk(SQLite::Database& database, const core::Bytes32& start);

}  // namespace hailong::journal
