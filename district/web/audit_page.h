#pragma once

#include <optional>
#include <string>
#include <vector>

#include "district/storage/audit.h"
#include "district/web/site.h"

namespace hailong::district::web {

/// What was asked for, as it stood in the address.
struct AuditQuery {
  std::string from, to;  // "2026-11-24"; empty or unreadable: no end
  std::string who, action, subject;
  std::optional<std::int64_t> before;
};

struct AuditView {
  AuditQuery query;
  std::vector<storage::AuditLine> lines;  // the latest first
  bool more = false;                      // there are older ones
};

/// The inside of the page. Everything that came from outside is escaped.
std::string audit_main(const AuditView& view);
/// UTF-8 with a byte-order mark, so that Excel reads Vietnamese right.
std::string audit_csv(const std::vector<storage::AuditLine>& lines);

/// The detail with names in place of the words by which programs know roles, scopes and doubts, and
/// days as people write them. The log itself keeps what was chained.
std::string detail_for_people(const storage::AuditEntry& entry);

/// What an action is called: "Đăng nhập" for "login"; the word itself when it has no name.
std::string action_label(const std::string& action);

/// /audit and /audit.csv. Any thread.
class AuditPage {
 public:
  explicit AuditPage(storage::Store& store) : audit_(store) {}

  /// Adds the pages to `site`; must then outlive it.
  void add_to(Site& site);

 private:
  http::Response show(const Site& site, const http::Request& request,
                      const access::Principal& person);
  http::Response download(const http::Request& request, const access::Principal& person);

  storage::Audit audit_;
};

}  // namespace hailong::district::web
