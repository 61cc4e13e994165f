#pragma once

#include <optional>
#include <string>

#include "core/local_date.h"
#include "core/result.h"
#include "district/scoring/criterion.h"
#include "district/storage/appraisals.h"

/// The rules of the year's appraisal (plan III.3, IV.1): the program proposes, the commune confirms
/// or comments, the authority appraises, ranks, and enters the decision of recognition.

namespace hailong::district::scoring {

/// Where an appraisal stands. Entries belong to the history it was made from.
struct AppraisalState {
  const storage::AppraisalEntry* proposed = nullptr;
  const storage::AppraisalEntry* answered = nullptr;  // by the commune: confirmed or commented
  const storage::AppraisalEntry* appraised = nullptr;
  const storage::AppraisalEntry* ranked = nullptr;
  const storage::AppraisalEntry* recognised = nullptr;

  [[nodiscard]] bool is_confirmed() const {
    return answered != nullptr && answered->step == storage::AppraisalStep::kConfirmed;
  }
};

/// A later entry of a step takes the place of an earlier one. A new proposal begins anew: what came
/// before it stays in the history only.
AppraisalState state_of(const storage::AppraisalHistory& history);

/// Whether `entry` may follow. Errors: kRefused with one sentence in Vietnamese: a step that is not
/// due, a reason that is missing, a value that no step can have.
///   - A proposal may be made anew until the decision is entered.
///   - The commune answers once, before the authority appraises; a comment has words.
///   - The authority needs a reason unless the commune confirmed and the proposal is taken as it
///   is.
///   - A rank other than the appraised level, and a decision other than the rank, need a reason.
///   - A decision has a number, a day that is not in the future, and a level from 1 to 4.
core::Result<void> check_step(const storage::AppraisalHistory& history,
                              const storage::AppraisalEntry& entry, core::LocalDate today);

/// Whether a decision of an earlier year, of a unit that merged, or made elsewhere may be entered
/// by itself. Errors: as check_step().
core::Result<void> check_recognition(const storage::AppraisalEntry& entry, core::LocalDate today);

/// "Hệ thống đề xuất", "Xã xác nhận", "Xã có ý kiến", "Thẩm định", "Xếp loại", "Công nhận".
std::string step_name(storage::AppraisalStep step);

/// "Mức 2", "Chưa đạt mức nào", "Chưa xét được mức".
std::string level_name(std::optional<int> level);

/// The figures of a proposal as text, and back. Errors: kInvalid.
std::string evidence_text(const Evidence& evidence);
core::Result<Evidence> parse_evidence(const std::string& text);

}  // namespace hailong::district::scoring
