#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/hex.h"
#include "core/result.h"
#include "district/storage/store.h"

namespace hailong::district::sql {
class Connection;
}

/// The audit log: who did or saw what. Append-only and chained by hashes.

namespace hailong::district::storage {

/// Who causes a change, and when.
struct Author {
  std::string who;  // name of an account or token; kOperator for the command line
  std::int64_t at_ms = 0;
};
inline constexpr const char* kOperator = "(dòng lệnh)";
inline constexpr const char* kItself = "(hệ thống)";  // what the running server does by itself

struct AuditEntry {
  std::int64_t at_ms = 0;
  std::string who;      // empty: nobody known
  std::string action;   // "login", "case-answered" …: web/audit_page.cc says what each means
  std::string subject;  // what it was done to: an account, a case, a device, a unit
  std::string detail;   // in Vietnamese, for people; never words or contact data themselves
};

/// Adds an entry in the transaction of the change that it records: both are stored or neither.
void add_audit(sql::Connection& connection, const AuditEntry& entry);

struct AuditLine {
  std::int64_t seq = 0;
  AuditEntry entry;
};

/// Empty fields leave nothing out.
struct AuditFilter {
  std::int64_t from_ms = 0;
  std::int64_t until_ms = 0;  // exclusive
  std::string who;
  std::string action;
  std::string subject;
  std::optional<std::int64_t> before;  // only entries with a smaller seq
};

/// What stands against the chain, or how long it is.
struct AuditProof {
  std::int64_t entries = 0;
  core::Bytes32 head{};
  std::string fault;  // empty: the chain holds
};

/// Any thread.
class Audit {
 public:
  explicit Audit(Store& store) : store_(store) {}

  /// An entry that goes with no change: somebody saw something.
  core::Result<void> add(const AuditEntry& entry);

  /// The latest first, at most `limit`.
  core::Result<std::vector<AuditLine>> read(const AuditFilter& filter, int limit);

  /// Reads all of it.
  core::Result<AuditProof> verify();

 private:
  Store& store_;
};

}  // namespace hailong::district::storage
