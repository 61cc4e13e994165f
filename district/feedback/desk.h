#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/case_deadlines.h"
#include "core/case_life.h"
#include "core/result.h"
#include "core/working_days.h"
#include "district/access/principal.h"
#include "district/storage/audit.h"
#include "district/storage/cases.h"

/// Where people deal with what residents say. Every way to words leads through here: what somebody
/// may not see is taken out, and who saw words is in the audit log. Any thread.

namespace hailong::district::feedback {

/// What an inbox may be narrowed to; what a person may not see never comes, whatever is asked.
struct InboxFilter {
  std::optional<std::string> unit_id;
  std::vector<std::string> unit_history;  // ids of units that became this one, if wanted too
  std::optional<core::CaseStatus> status;
  std::optional<core::CaseClass> classed;
  bool overdue = false;
  bool asked = false;  // the authority waits for a reply
  std::optional<core::LocalDate> from;
  std::optional<core::LocalDate> to;
  std::string search;
};

struct InboxRow {
  storage::CaseRow row;
  std::optional<std::int64_t> due_at;  // of the next thing to be done
  bool overdue = false;
  bool news = false;  // something was added since somebody last dealt with it
};

struct Inbox {
  std::vector<InboxRow> asked;  // questions of the authority first; none when filtered for others
  std::vector<InboxRow> rows;
  std::optional<storage::CaseId> next;  // where the next page goes on
  storage::CaseCounts counts;           // of the same cases, whatever their status
};

/// A case as one person sees it.
struct OpenedCase {
  storage::CaseFile file;
  core::CaseState state;
  std::vector<core::CaseDue> dues;
  std::vector<core::CaseAction> actions;  // what this person may do now
  bool details = false;                   // score, counter and officer are there
};

class Desk {
 public:
  /// Lives no longer than what it is made of.
  Desk(storage::Store& store, const core::CaseLimits& limits, const core::WorkingCalendar& calendar)
      : cases_(store), audit_(store), limits_(limits), calendar_(calendar) {}

  /// A page of cases behind `after`, newest first. `with_words`: the look is audited; otherwise the
  /// rows hold none.
  core::Result<Inbox> inbox(const access::Principal& principal, const InboxFilter& filter,
                            std::optional<storage::CaseId> after, int limit, bool with_words,
                            std::int64_t now_ms);

  /// Opens a case; the look is audited, and a new one is seen when somebody of its unit opens it.
  /// Errors: kNotFound, also for what this person may not see.
  core::Result<OpenedCase> open(const access::Principal& person, const storage::CaseId& id,
                                std::int64_t now_ms);

  /// Takes a step in the person's name. `known_steps`: how many the person knew of. Errors:
  /// kRefused and kInvalid in words for them; kConflict when somebody else was quicker; kNotFound.
  core::Result<void> take(const access::Principal& person, const storage::CaseId& id,
                          const core::CaseStep& step, int known_steps, std::int64_t now_ms);

 private:
  core::Result<storage::CaseChange> change_of(const access::Principal& person,
                                              const storage::CaseFile& file, core::CaseStep step,
                                              std::int64_t now_ms) const;
  [[nodiscard]] InboxRow inbox_row(const access::Principal& principal, storage::CaseRow row,
                                   bool with_words, std::int64_t now_ms) const;

  storage::CaseStore cases_;
  storage::Audit audit_;
  const core::CaseLimits& limits_;
  const core::WorkingCalendar& calendar_;
};

}  // namespace hailong::district::feedback
