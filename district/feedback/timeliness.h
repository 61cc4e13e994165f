#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/case_deadlines.h"
#include "core/local_date.h"
#include "core/result.h"
#include "core/working_days.h"
#include "district/storage/cases.h"

/// How far what residents say is answered in time: for scores, reports and the webhook. Any thread.

namespace hailong::district::feedback {

/// Of the cases that residents left in a range of days. The share answered in time is
/// on_time / due; without anything due there is none.
struct Timeliness {
  std::int64_t due = 0;      // an answer was given, or should have been by now
  std::int64_t on_time = 0;  // of those, given in time
  std::int64_t open = 0;     // no answer yet, and still in time
  std::int64_t overdue = 0;  // no answer yet, and too late; counted in `due`

  Timeliness& operator+=(const Timeliness& other);
  bool operator==(const Timeliness&) const = default;
};

/// Praise owes no answer and is in none of these; what is not classified yet is in `all` alone.
struct UnitTimeliness {
  Timeliness all;
  Timeliness suggestions;
  Timeliness petitions;
};

/// Something that should have been done by now.
struct OverdueCase {
  storage::CaseId id;
  std::string unit_id;
  core::LocalDate day;  // on which the resident left it
  core::CaseStatus status = core::CaseStatus::kNew;
  std::int64_t due_at = 0;  // milliseconds since 1970 UTC
};

/// Lives no longer than what it was made of.
class TimelinessReader {
 public:
  TimelinessReader(storage::Store& store, const core::CaseLimits& limits,
                   const core::WorkingCalendar& calendar)
      : cases_(store), limits_(limits), calendar_(calendar) {}

  /// By unit id; both days are included. Units without a case are not in it.
  core::Result<std::map<std::string, UnitTimeliness>> read(core::LocalDate from, core::LocalDate to,
                                                           std::int64_t now_ms);

  /// Every overdue case of the whole authority, the newest `limit` of them; holds no words.
  core::Result<std::vector<OverdueCase>> overdue(std::int64_t now_ms, int limit);

 private:
  storage::CaseStore cases_;
  const core::CaseLimits& limits_;
  const core::WorkingCalendar& calendar_;
};

/// Cases without a step of their own are late when their day is before these.
storage::CaseCutoffs cutoffs_at(std::int64_t now_ms, const core::CaseLimits& limits,
                                const core::WorkingCalendar& calendar);

}  // namespace hailong::district::feedback
