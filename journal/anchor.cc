#include "journal/anchor.h"

#include "core/chain.h"

namespace hailong::journal {
namespace {

constexpr int kSince = 4;  // schema

}  // namespace

Anchor read_anchor(SQLite::Database& database, const Identity& identity) {
  const Anchor beginning{
      identity.first - 1, core::chain_start(identity.device, identity.epoch, identity.first), {}};
  if (database.execAndGet("PRAGMA user_version").getInt() < kSince) return beginning;
  SQLite::Statement query(database, "SELECT seq, hash, receipt FROM anchor");
  if (!query.executeStep()) return beginning;
  return {query.getColumn(0).getInt64(), sqlite::bytes32_of(query.getColumn(1)),
          std::string(sqlite::view_of(query.getColumn(2)))};
}

}  // namespace hailong::journal
