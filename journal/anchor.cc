#include "journal/anchor.h"

#include "core/chain.h"
#include "sqlite/database.h"
#include "wire/receipt.h"

namespace hailong::journal {
namespace {

constexpr int kSince = 4;  // schema

core::Bytes32 start_of(const Identity& own) {
  return core::chain_start(own.device, own.epoch, own.first);
}

}  // namespace

std::string doubt_about(const Anchor& anchor, const Identity& identity,
                        const std::optional<wire::PublicKey>& district) {
  if (anchor.is_beginning()) {
    const bool is_start = anchor.seq == identity.first - 1 && anchor.hash == start_of(identity);
    return is_start ? "" : "the chain does not begin with this device, epoch and number";
  }
  const auto receipt = wire::peek_receipt(anchor.receipt);
  if (!receipt || receipt->device != identity.device || receipt->epoch != identity.epoch ||
      receipt->last != anchor.seq || receipt->head != anchor.hash) {
    return "the receipt is not of the events that were compacted away";
  }
  if (!district) return {};
  const auto opened = wire::open_receipt(anchor.receipt, *district);
  return opened ? "" : opened.error().message;
}

Anchor read_anchor(SQLite::Database& database, const Identity& identity) {
  Anchor beginning{identity.first - 1, start_of(identity), {}};
  if (database.execAndGet("PRAGMA user_version").getInt() < kSince) return beginning;
  SQLite::Statement query(database, "SELECT seq, hash, receipt FROM anchor");
  if (!query.executeStep()) return beginning;
  return {query.getColumn(0).getInt64(), sqlite::bytes32_of(query.getColumn(1)),
          std::string(sqlite::view_of(query.getColumn(2)))};
}

}  // namespace hailong::journal
