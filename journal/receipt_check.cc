#include "journal/receipt_check.h"

#include <string>

#include "wire/receipt.h"

namespace hailong::journal {
namespace {

/// Why it is not the district's word on event `last` of this journal; empty when it is.
std::string doubt_about_receipt(std::string_view bytes, core::Seq last, const Identity& identity,
                                const std::optional<wire::PublicKey>& district) {
  const auto receipt = wire::peek_receipt(bytes);
  if (!receipt || receipt->device != identity.device || receipt->epoch != identity.epoch ||
      receipt->last != last) {
    return "its receipt is none of this journal";
  }
  if (!district) return {};
  const auto opened = wire::open_receipt(bytes, *district);
  return opened ? "" : opened.error().message;
}

}  // namespace

void check_receipts(SQLite::Database& database, const Identity& identity, const Anchor& anchor,
                    const std::optional<wire::PublicKey>& district, Verification& found) {
  SQLite::Statement receipts(database,
                             "SELECT receipt.last, receipt.bytes, event.hash"
                             " FROM receipt LEFT JOIN event ON event.seq = receipt.last"
                             " WHERE receipt.last > ? ORDER BY receipt.last");
  receipts.bind(1, anchor.seq);
  const auto bad = [&](core::Seq seq, std::string reason) {
    found.first_bad = seq;
    found.reason = std::move(reason);
  };
  while (!found.first_bad && receipts.executeStep()) {
    const core::Seq last = receipts.getColumn(0).getInt64();
    const auto bytes = sqlite::view_of(receipts.getColumn(1));
    if (auto doubt = doubt_about_receipt(bytes, last, identity, district); !doubt.empty()) {
      bad(last, std::move(doubt));
    } else if (receipts.getColumn(2).isNull()) {
      bad(found.last + 1,
          "it is missing, and the district confirmed all up to event " + std::to_string(last));
    } else if (sqlite::bytes32_of(receipts.getColumn(2)) != wire::peek_receipt(bytes)->head) {
      bad(last, "it, or one before it, is not what the district confirmed");
    }
  }
}

}  // namespace hailong::journal
