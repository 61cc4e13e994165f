#pragma once

#include <string>
#include <vector>

#include "core/local_date.h"
#include "district/scoring/score_table.h"
#include "district/storage/appraisals.h"

namespace hailong::district::scoring {

/// The first day of a year, and its last one or `today`, whichever comes first: what an appraisal
/// of the year looks at.
ScoreQuery appraisal_query(int year, core::LocalDate today);

/// What the program proposes for each commune of the authority, as units are on the last day looked
/// at: level, points, the sentence, and the rules and figures that they follow from. `who`, `role`
/// and the time are of the person who asks for it. Errors: the store's; kRefused when the year has
/// no criterion, or is not there yet.
core::Result<std::vector<storage::AppraisalEntry>> proposals(storage::RollUpReader& roll_ups,
                                                             const Rules& rules, int year,
                                                             core::LocalDate today);

}  // namespace hailong::district::scoring
