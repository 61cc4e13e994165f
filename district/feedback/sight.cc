#include "district/feedback/sight.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "district/feedback/choices.h"

namespace hailong::district::feedback {
namespace {

using access::Right;

constexpr std::int64_t kHalfDayMs = 12 * 3'600'000LL;

/// Answers by which single ratings or officers could be told.
constexpr std::string_view kOfficer = "officer";
constexpr std::string_view kCounter = "counter";

bool is_restricted_row(const storage::CaseRow& row) {
  core::CaseState state;
  state.status = row.standing.status;
  state.classed = row.standing.classed;
  state.misconduct = row.standing.misconduct;
  return core::is_restricted(state, row.head.facts);
}

/// Hidden words are for those who may show them again.
bool sees_hidden(const access::Principal& principal) {
  return may(principal, Right::kHandleFeedback) && may(principal, Right::kSeeMisconduct);
}

/// Whether the account is the officer whom the case is about.
bool is_about(const access::Principal& person, const storage::CaseFile& file,
              const core::CaseState& state) {
  const bool about_officers = state.subject == core::PetitionSubject::kBehaviour ||
                              core::is_restricted(state, file.row.head.facts);
  if (!about_officers) return false;
  if (state.officer == person.name) return true;
  return std::any_of(file.answers.begin(), file.answers.end(), [&](const auto& answer) {
    if (answer.question != kOfficer) return false;
    const auto choices = choices_of(answer.choices);
    return std::find(choices.begin(), choices.end(), person.name) != choices.end();
  });
}

Right right_for(core::CaseAction action) {
  return action == core::CaseAction::kAskUnit ? Right::kAskCommunes : Right::kHandleFeedback;
}

core::Failure refused(const char* why) { return core::fail(core::Fault::kRefused, why); }

}  // namespace

storage::CaseQuery cases_for(const access::Principal& principal) {
  storage::CaseQuery query;
  const bool of_a_unit = !principal.program && access::belongs_to_commune(principal.role);
  if (of_a_unit || !principal.unit.empty()) query.unit_ids = principal.unit_ids;
  query.with_restricted = may(principal, Right::kSeeMisconduct);
  query.settled_only = !may(principal, Right::kSeeFeedback);
  return query;
}

bool may_see(const access::Principal& principal, const storage::CaseRow& row) {
  if (!may_see_unit(principal, row.head.unit_id)) return false;
  if (is_restricted_row(row) && !may(principal, Right::kSeeMisconduct)) return false;
  if (may(principal, Right::kSeeFeedback)) return true;
  return may(principal, Right::kSeeHandledFeedback) && core::is_settled(row.standing.status);
}

bool sees_details(const access::Principal& principal) {
  return may(principal, Right::kSeeMisconduct);
}

bool sees_officers(const access::Principal& principal) {
  return sees_details(principal) || may(principal, Right::kHandleFeedback);
}

void blur(const access::Principal& principal, storage::CaseRow& row) {
  row.head.given_at = half_day(row.head.given_at);
  if (!sees_details(principal)) {
    row.head.score = 0;
    row.head.counter_id.clear();
  }
  if (row.standing.hidden && !sees_hidden(principal)) {
    for (storage::CaseWords& words : row.words) words.text.reset();
  }
}

void blur(const access::Principal& principal, storage::CaseFile& file) {
  blur(principal, file.row);
  if (!may(principal, Right::kSeeFeedback)) {
    // Those who watch over the handling see what was done, and what the resident was told.
    for (core::CaseStep& step : file.steps) {
      step.note.clear();
      step.who.clear();
    }
  }
  if (!sees_officers(principal)) {
    for (core::CaseStep& step : file.steps) step.officer.clear();
  }
  if (sees_details(principal)) return;
  std::erase_if(file.answers, [](const storage::CaseAnswer& answer) {
    return answer.question == kOfficer || answer.question == kCounter;
  });
}

core::Result<void> may_take(const access::Principal& person, const storage::CaseFile& file,
                            const core::CaseState& state, core::CaseAction action) {
  if (!may_see(person, file.row)) return refused("Ý kiến này không thuộc phạm vi của tài khoản.");
  if (!may(person, right_for(action))) return refused("Tài khoản này không được xử lý ý kiến.");
  const bool of_the_unit = access::belongs_to_commune(person.role);
  if (action == core::CaseAction::kReply && !of_the_unit) {
    return refused("Chỉ đơn vị được hỏi mới trả lời yêu cầu của cấp trên.");
  }
  if (action == core::CaseAction::kShow && !sees_hidden(person)) {
    return refused("Chỉ lãnh đạo đơn vị và cấp trên được hiện lại nội dung đã ẩn.");
  }
  if (is_about(person, file, state)) {
    return refused("Người bị phản ánh không được xử lý ý kiến này.");
  }
  return {};
}

std::int64_t half_day(std::int64_t moment_ms) {
  const std::int64_t start = core::start_of_day_ms(core::local_date(moment_ms));
  return moment_ms - start < kHalfDayMs ? start : start + kHalfDayMs;
}

std::string half_day_words(std::int64_t moment_ms) {
  const core::LocalDate day = core::local_date(moment_ms);
  const bool morning = half_day(moment_ms) == core::start_of_day_ms(day);
  std::array<char, 48> text{};
  std::snprintf(text.data(), text.size(), "%s %02u/%02u/%d", morning ? "sáng" : "chiều",
                static_cast<unsigned>(day.day()), static_cast<unsigned>(day.month()),
                static_cast<int>(day.year()));
  return text.data();
}

}  // namespace hailong::district::feedback
