#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/case_life.h"
#include "core/local_date.h"
#include "core/result.h"
#include "district/sql/connection.h"
#include "district/storage/audit.h"
#include "district/storage/store.h"

/// Cases: what residents left to be dealt with, and what was done. Knows nothing of who may see
/// what: callers do (district/feedback/). Any thread.

namespace hailong::district::storage {

/// The visit that a case is about.
struct CaseId {
  std::int64_t stream = 0;
  core::Seq rating = 0;

  auto operator<=>(const CaseId&) const = default;
};

/// "3-17": in addresses.
std::string to_string(const CaseId& id);
std::optional<CaseId> parse_case_id(std::string_view text);

/// What a case is by itself, from the events.
struct CaseHead {
  CaseId id;
  std::string unit_id;
  core::LocalDate day;
  std::int64_t given_at = 0;
  std::string field_id;  // empty when unknown
  std::string counter_id;
  int score = 0;  // the present one
  core::CaseFacts facts;
  core::Seq last_seq = 0;
};

/// Where it stands, as far as lists need it.
struct CaseStanding {
  core::CaseStatus status = core::CaseStatus::kNew;
  core::CaseClass classed = core::CaseClass::kNone;
  bool misconduct = false;
  bool hidden = false;
  std::optional<std::int64_t> due_at;
  std::optional<std::int64_t> answer_due;
  std::optional<std::int64_t> settled_at;
  std::optional<std::int64_t> reply_due;
  core::Seq seen = 0;
  int steps = 0;  // 0: nobody did anything yet, and no deadline was fixed
};

/// One text of a case. Nothing where it was erased, or has not come.
struct CaseWords {
  core::Seq seq = 0;
  std::optional<std::string> text;
  bool awaited = false;  // the kiosk has not sent it yet
};

struct CaseRow {
  CaseHead head;
  CaseStanding standing;
  std::vector<CaseWords> words;
};

struct CaseAnswer {
  std::string question;
  std::string choices;  // JSON list
  bool alert = false;
};

/// A step as it stands in the history of a case.
struct TakenStep : core::CaseStep {
  bool moved = true;  // false: it came from the kiosk when it fitted no more, and changed nothing
};

/// A whole case.
struct CaseFile {
  CaseRow row;
  std::vector<CaseAnswer> answers;
  std::vector<TakenStep> steps;
};

/// Cases without a step have no deadline of their own yet: those of days before these are late.
struct CaseCutoffs {
  std::int64_t now_ms = 0;
  core::LocalDate unseen;      // to be seen
  core::LocalDate unanswered;  // to be answered
};

/// Which cases. What is not set does not filter.
struct CaseQuery {
  std::optional<std::vector<std::string>> unit_ids;
  bool with_restricted = false;  // what tells of money or misconduct, complaints
  bool settled_only = false;
  std::optional<core::CaseStatus> status;
  std::optional<core::CaseClass> classed;
  bool overdue = false;
  bool asked = false;                   // the authority waits for a reply
  std::optional<core::LocalDate> from;  // days of the rating, both included
  std::optional<core::LocalDate> to;
  std::string search;  // as people type it; every word begins one of the case's
};

struct CaseCounts {
  std::map<core::CaseStatus, std::int64_t> by_status;
  std::int64_t overdue = 0;
  std::int64_t asked = 0;
};

/// How many cases were answered in time. due = on_time + those answered late + overdue.
struct CaseTimes {
  std::int64_t due = 0;      // an answer was owed by now, or was given
  std::int64_t on_time = 0;  // of those, given in time
  std::int64_t open = 0;     // no answer yet, still in time
  std::int64_t overdue = 0;  // no answer yet, too late
};

/// One case in the residents' own praise.
struct PraisedVisit {
  CaseId id;
  std::string unit_id;
  core::LocalDate day;
  std::string counter_id;
  std::string officers;  // JSON list of the answer to "officer"; empty when there is none
  std::string reasons;   // likewise of "reasons"
  bool hidden = false;
  std::vector<CaseWords> words;
};

/// A step that the case takes, with all that follows from it.
struct CaseChange {
  core::CaseStep step;
  CaseStanding standing;  // afterwards
  AuditEntry audit;
};

/// For whatever deals with cases in a transaction of its own. Until it ends, no other one takes a
/// step in the case. Errors: kNotFound.
core::Result<CaseFile> read_to_handle(sql::Connection& connection, const CaseId& id);

/// Where a step of the kiosk's staff comes from.
struct KioskStep {
  core::Seq event = 0;  // in the case's stream; its note and answer are that event's content
  bool moved = true;
};

/// Adds a step to the history, as the one whose number is `standing.steps`, and keeps where the
/// case stands now.
void add_step(sql::Connection& connection, const CaseId& id, const core::CaseStep& step,
              const CaseStanding& standing, const std::optional<KioskStep>& from_kiosk);

/// Keeps where the case stands beside what it is, by which inboxes are filtered and counted; for
/// whatever writes either, in the same transaction.
void copy_standing(sql::Connection& connection, const CaseId& id);

class CaseStore {
 public:
  explicit CaseStore(Store& store) : store_(store) {}

  /// Newest first, at most `limit`, behind the case `after`.
  core::Result<std::vector<CaseRow>> list(const CaseQuery& query, const CaseCutoffs& cutoffs,
                                          std::optional<CaseId> after, int limit);
  /// Of the same cases, whatever their status, and whether or not they are late or asked for.
  core::Result<CaseCounts> count(const CaseQuery& query, const CaseCutoffs& cutoffs);

  /// Errors: kNotFound.
  core::Result<CaseFile> read(const CaseId& id);

  /// Adds the step that `work` makes of the case as it is now, in one transaction with its audit
  /// entry. Errors: `work`'s own, kNotFound.
  core::Result<void> change(const CaseId& id,
                            const std::function<core::Result<CaseChange>(const CaseFile&)>& work);

  /// By unit id and class, of cases from these days. Praise owes no answer; kNone are those not
  /// classified yet.
  core::Result<std::map<std::string, std::map<core::CaseClass, CaseTimes>>> times(
      core::LocalDate from, core::LocalDate to, const CaseCutoffs& cutoffs);

  /// Visits of these days whose words were classified as praise, and that may be shown.
  core::Result<std::vector<PraisedVisit>> praised(core::LocalDate from, core::LocalDate to);

 private:
  Store& store_;
};

}  // namespace hailong::district::storage
