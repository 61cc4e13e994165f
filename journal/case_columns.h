#pragma once

#include "core/case_life.h"
#include "sqlite/database.h"

/// Where a case stands, as the columns of `feedback_case`. For .cc files only.

namespace hailong::journal {

/// For a SELECT; `kCaseColumnCount` of them.
inline constexpr const char* kCaseColumns =
    "feedback_case.status, feedback_case.class, feedback_case.subject, feedback_case.misconduct,"
    " feedback_case.officer, feedback_case.receiver, feedback_case.hidden, feedback_case.steps,"
    " feedback_case.seen, feedback_case.classified_at, feedback_case.settled_at,"
    " feedback_case.reopened_at, feedback_case.waits, feedback_case.reply_due";
inline constexpr int kCaseColumnCount = 14;

/// Out of the columns from `first` on. The answer itself stays empty: it lies apart.
core::CaseState read_case(SQLite::Statement& row, int first);

/// The case as it stands, and what it is by itself.
struct StandingCase {
  core::CaseState state;
  core::CaseFacts facts;
  core::Seq last_seq = 0;  // of what the resident left
};

/// Nothing where the rating has no case. Throws SQLite::Exception.
std::optional<StandingCase> standing_case(SQLite::Database& database, core::Seq rating);

/// Into the row of that rating.
void write_case(SQLite::Database& database, core::Seq rating, const core::CaseState& state);

}  // namespace hailong::journal
