#pragma once

#include "journal/anchor.h"
#include "journal/reader.h"
#include "sqlite/database.h"

/// The walks behind Reader::verify() and verify_from(). For .cc files only.

namespace hailong::journal {

/// Walks the events in order and holds every one against chain and content, then holds the file's
/// projections against ones that are made anew, in memory, from the events of the walk. Reads an
/// older schema too. Throws SQLite::Exception.
Verification walk(SQLite::Database& database, const Anchor& anchor);

/// Walks at most `most` events behind event `seq`, whose chain hash was `head`, and holds them
/// against chain and content; up to the anchor: from there on. See Reader::verify_from().
Verification walk_on(SQLite::Database& database, const Anchor& anchor, core::Seq seq,
                     const core::Bytes32& head, std::int64_t most);

}  // namespace hailong::journal
