#include "district/storage/audit.h"

#include "core/chain.h"
#include "district/storage/connection.h"

namespace hailong::district::storage {
namespace {

using sql::Connection;

/// What an entry's hash covers. Lengths keep the fields apart.
std::string chained_text(std::int64_t seq, const AuditEntry& entry) {
  std::string text =
      "hailong audit 1\n" + std::to_string(seq) + "\n" + std::to_string(entry.at_ms) + "\n";
  for (const std::string* field : {&entry.who, &entry.action, &entry.subject, &entry.detail}) {
    text.append(std::to_string(field->size())).append(":").append(*field).append("\n");
  }
  return text;
}

/// Columns at, who, action, subject, detail from `first` on.
AuditEntry entry_of(const sql::Row& row, std::size_t first) {
  return {row.integer(first), row.text(first + 1), row.text(first + 2), row.text(first + 3),
          row.text(first + 4)};
}

}  // namespace

void add_audit(Connection& connection, const AuditEntry& entry) {
  // Of two writers one waits here, and sees the other's entry, or is tried again. A lock by name
  // would let it go on with the head of the moment in which it began to wait.
  const sql::Rows head =
      connection.query(connection.for_update("SELECT seq, hash FROM audit_head"));
  const std::int64_t seq = head[0].integer(0) + 1;
  const core::Bytes32 hash = core::chain_next(head[0].bytes32(1), chained_text(seq, entry));
  connection.execute(
      "INSERT INTO audit (seq, at, who, action, subject, detail, hash) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7)",
      seq, entry.at_ms, entry.who, entry.action, entry.subject, entry.detail, hash);
  connection.execute("UPDATE audit_head SET seq = $1, hash = $2", seq, hash);
}

core::Result<void> Audit::add(const AuditEntry& entry) {
  return writing(store_, "writing the audit log", [&](Connection& c) -> core::Result<void> {
    add_audit(c, entry);
    return {};
  });
}

core::Result<std::vector<AuditLine>> Audit::read(const AuditFilter& filter, int limit) {
  using Lines = std::vector<AuditLine>;
  return reading(store_, "reading the audit log", [&](Connection& c) -> core::Result<Lines> {
    const sql::Rows rows = c.query(
        "SELECT seq, at, who, action, subject, detail FROM audit WHERE at >= $1 AND at < $2 "
        "AND ($3 = '' OR who = $3) AND ($4 = '' OR action = $4) AND ($5 = '' OR subject = $5) "
        "AND seq < $6 ORDER BY seq DESC LIMIT $7",
        filter.from_ms, filter.until_ms, filter.who, filter.action, filter.subject,
        filter.before.value_or(INT64_MAX), limit);
    Lines lines;
    lines.reserve(rows.size());
    for (const sql::Row row : rows) lines.push_back({row.integer(0), entry_of(row, 1)});
    return lines;
  });
}

core::Result<AuditProof> Audit::verify() {
  return reading(store_, "verifying the audit log", [&](Connection& c) -> core::Result<AuditProof> {
    AuditProof proof;
    c.each("SELECT seq, at, who, action, subject, detail, hash FROM audit ORDER BY seq",
           [&](const sql::Row& row) {
             if (!proof.fault.empty()) return;
             const std::int64_t seq = row.integer(0);
             const std::string at = "entry " + std::to_string(proof.entries + 1);
             proof.head = core::chain_next(proof.head, chained_text(seq, entry_of(row, 1)));
             ++proof.entries;
             if (seq != proof.entries) {
               proof.fault = at + " is missing";
             } else if (proof.head != row.bytes32(6)) {
               proof.fault = at + " was changed";
             }
           });
    const sql::Rows head = c.query("SELECT seq, hash FROM audit_head");
    if (proof.fault.empty() &&
        (head[0].integer(0) != proof.entries || head[0].bytes32(1) != proof.head)) {
      proof.fault = "entries after " + std::to_string(proof.entries) + " are missing";
    }
    return proof;
  });
}

}  // namespace hailong::district::storage
