#include "district/storage/case_standing.h"

#include <utility>

namespace hailong::district::storage {

core::CaseStep as_written(core::CaseStep step) {
  if (step.note.empty()) step.note = "…";
  if (step.answer.empty()) step.answer = "…";
  return step;
}

core::Result<core::CaseState> state_of(const CaseFile& file) {
  core::CaseState state;
  for (const TakenStep& step : file.steps) {
    if (!step.moved) {
      ++state.steps;
      continue;
    }
    // Facts may have changed since: what was right when it was done stays done.
    auto next = core::after(state, as_written(step), {false, true});
    if (!next) {
      return core::fail(core::Fault::kCorrupt,
                        "steps of case " + to_string(file.row.head.id) +
                            " do not follow each other: " + next.error().message);
    }
    state = std::move(*next);
    if (step.action == core::CaseAction::kHandle) state.answer = step.answer;
  }
  return state;
}

CaseStanding standing_after(const CaseFile& file, const core::CaseState& before,
                            const core::CaseState& after, const CaseRules& rules) {
  CaseStanding standing;
  standing.status = after.status;
  standing.classed = after.classed;
  standing.misconduct = after.misconduct;
  standing.hidden = after.hidden;
  standing.settled_at = after.settled_at;
  if (after.reply_due) {
    standing.reply_due = core::start_of_day_ms(core::next_day(*after.reply_due));
  }
  standing.seen = after.seen;
  standing.steps = after.steps;
  const std::int64_t given_at = file.row.head.given_at;
  if (const auto due = core::next_due(after, given_at, rules.limits, rules.calendar)) {
    standing.due_at = due->at_ms;
  }
  // What was answered once stays answered by the rules of that day.
  const bool was_settled = core::is_settled(before.status) && core::is_settled(after.status);
  standing.answer_due = was_settled
                            ? file.row.standing.answer_due
                            : core::answer_due(after, given_at, rules.limits, rules.calendar);
  return standing;
}

}  // namespace hailong::district::storage
