#pragma once

#include <string>

#include "core/case_life.h"
#include "core/result.h"
#include "district/access/principal.h"
#include "district/storage/cases.h"

/// Who sees what of a case, and who may do what to it. The resident stays unknown: nobody sees a
/// time more exact than half a day, and the commune's staff see no score, counter or officer beside
/// the words. What tells of money or misconduct, or is a complaint, is for the head of the unit and
/// the authority alone.

namespace hailong::district::feedback {

/// The cases that lists may show to this person or program.
storage::CaseQuery cases_for(const access::Principal& principal);

/// Whether this case may be shown.
bool may_see(const access::Principal& principal, const storage::CaseRow& row);

/// Whether score, counter and answers may stand beside the words.
bool sees_details(const access::Principal& principal);

/// Whether an officer whom the case is about may be named.
bool sees_officers(const access::Principal& principal);

/// Takes out of the case what this person may not see: the exact time always, details and hidden
/// words where they are not for them.
void blur(const access::Principal& principal, storage::CaseFile& file);
void blur(const access::Principal& principal, storage::CaseRow& row);

/// Whether this person may take a step with this action. Errors: kRefused, in words for them.
core::Result<void> may_take(const access::Principal& person, const storage::CaseFile& file,
                            const core::CaseState& state, core::CaseAction action);

/// 0:00 or 12:00 of the local day.
std::int64_t half_day(std::int64_t moment_ms);
/// "sáng 12/11/2026".
std::string half_day_words(std::int64_t moment_ms);

}  // namespace hailong::district::feedback
