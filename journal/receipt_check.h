#pragma once

#include <optional>

#include "journal/anchor.h"
#include "journal/identity.h"
#include "journal/reader.h"
#include "sqlite/database.h"

/// For .cc files only.

namespace hailong::journal {

/// Holds the receipts that are kept against a chain that was found to verify: what the district
/// confirmed is there, as it confirmed it. So a journal whose end was cut off, or that was chained
/// anew after a change, is found out on the card itself, as long as its receipts are left.
/// `district` as for Reader::verify(). Throws SQLite::Exception.
void check_receipts(SQLite::Database& database, const Identity& identity, const Anchor& anchor,
                    const std::optional<wire::PublicKey>& district, Verification& found);

}  // namespace hailong::journal
