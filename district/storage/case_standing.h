#pragma once

#include "core/case_deadlines.h"
#include "core/case_life.h"
#include "core/result.h"
#include "core/working_days.h"
#include "district/storage/cases.h"

/// Where a case stands after its steps, wherever they were taken: on a page, or at the kiosk. Pure.

namespace hailong::district::storage {

/// By when a case must be dealt with. Lives no longer than what it is made of.
struct CaseRules {
  const core::CaseLimits& limits;
  const core::WorkingCalendar& calendar;
};

/// From the steps of a case. Errors: kCorrupt when they do not follow each other.
core::Result<core::CaseState> state_of(const CaseFile& file);

/// What lists need of the case after one more step, by which it came from `before` to `after`.
CaseStanding standing_after(const CaseFile& file, const core::CaseState& before,
                            const core::CaseState& after, const CaseRules& rules);

/// The step as it was when it was taken: what had to be written was there then, and may have been
/// erased since.
core::CaseStep as_written(core::CaseStep step);

}  // namespace hailong::district::storage
