#include "district/storage/later_visits.h"
#include "district/storage/ledger.h"

/// What the district itself adds to what kiosks sent.

namespace hailong::district::storage {

std::optional<LaterVisit> Ledger::Transaction::later_visit(const core::Bytes32& token) {
  c_.lock("token " + core::to_hex(token));  // of two answers at once, one is the first
  return find_later_visit(c_, token);
}

void Ledger::Transaction::erase_content_here(const RatingPlace& content, core::Seq erased_own) {
  const auto erased = c_.execute(
      "UPDATE content SET salt = NULL, text = NULL, erased_own = $1 "
      "WHERE stream_id = $2 AND seq = $3 AND erased_by IS NULL AND erased_own IS NULL",
      erased_own, content.stream, content.seq);
  if (erased == 0) return;
  // A note may quote what was erased.
  c_.execute(
      "UPDATE case_step SET note = '' WHERE note <> '' AND stream_id = $1 AND rating_seq IN "
      "(SELECT rating_seq FROM case_words WHERE stream_id = $1 AND seq = $2)",
      content.stream, content.seq);
  c_.erase_from_log();
}

void Ledger::Transaction::audit(const AuditEntry& entry) { add_audit(c_, entry); }

void Ledger::Transaction::erase_notes(const std::function<bool(std::string_view note)>& which) {
  const sql::Rows rows =
      c_.query("SELECT stream_id, rating_seq, number, note FROM case_step WHERE note <> ''");
  for (const sql::Row row : rows) {
    if (!which(row.text(3))) continue;
    c_.execute(
        "UPDATE case_step SET note = '' WHERE stream_id = $1 AND rating_seq = $2 AND number = $3",
        row.integer(0), row.integer(1), row.integer(2));
    c_.erase_from_log();
  }
}

void Ledger::Transaction::each_own_event(const std::function<void(std::string_view bytes)>& visit) {
  c_.each(
      "SELECT bytes FROM event WHERE stream_id = $1 ORDER BY seq",
      [&](const sql::Row& row) { visit(row.bytes(0)); }, kOwnStream);
}

}  // namespace hailong::district::storage
