#include "core/case_deadlines.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace hailong::core {
namespace {

using std::chrono::day;
using std::chrono::November;
using std::chrono::year;

constexpr std::int64_t kDeadlineHour = 3'600'000;

// 1 November 2026 is a Sunday. The Tuesday 24 stands for a public holiday.
WorkingCalendar calendar() {
  auto read = WorkingCalendar::parse(
      "date,day,name,confirmed,source\n2026-11-24,off,Ngày nghỉ của bài thử,yes,bài thử\n");
  EXPECT_TRUE(read.has_value()) << (read ? "" : read.error().message);
  return *read;
}

CaseLimits limits() {
  CaseLimits all;
  const auto set = [&](CaseDuty duty, int days, int hour = 24) {
    all[static_cast<std::size_t>(duty)] = {days, hour, false, "bài thử"};
  };
  set(CaseDuty::kSee, 1, 9);
  set(CaseDuty::kAnswerSuggestion, 5);
  set(CaseDuty::kAnswerPetition, 15);
  set(CaseDuty::kAskForMore, 5);
  set(CaseDuty::kTransferRegulation, 5);
  set(CaseDuty::kTransferBehaviour, 2);
  set(CaseDuty::kDecline, 2);
  set(CaseDuty::kPassOn, 0);
  set(CaseDuty::kPublish, 2);
  return all;
}

std::int64_t november(unsigned date, int hour = 0) {
  return start_of_day_ms(LocalDate{year{2026}, November, day{date}}) + hour * kDeadlineHour;
}

CaseState state_of(CaseStatus status, CaseClass classed) {
  CaseState state;
  state.status = status;
  state.classed = classed;
  state.classified_at = november(19, 10);
  if (is_settled(status)) state.settled_at = november(20, 10);
  return state;
}

TEST(CaseDeadlines, WantNewWordsSeenByNineOnTheNextWorkingDay) {
  const auto due = next_due({}, november(19, 15), limits(), calendar());
  ASSERT_TRUE(due.has_value());
  EXPECT_EQ(due->duty, CaseDuty::kSee);
  EXPECT_EQ(due->at_ms, november(20, 9));
  EXPECT_EQ(next_due({}, november(20, 15), limits(), calendar())->at_ms, november(23, 9));
}

TEST(CaseDeadlines, CountWorkingDaysFromTheDayAfter) {
  // Thursday 19: 20, 23, (24 is off) 25, 26, 27.
  EXPECT_EQ(answer_due(state_of(CaseStatus::kClassified, CaseClass::kSuggestion), november(19, 23),
                       limits(), calendar()),
            november(28));
  EXPECT_EQ(answer_due(state_of(CaseStatus::kClassified, CaseClass::kComplaint), november(17),
                       limits(), calendar()),
            november(20))
      << "on the day of the classification";
  EXPECT_EQ(answer_due(state_of(CaseStatus::kClassified, CaseClass::kPraise), november(19),
                       limits(), calendar()),
            std::nullopt);
}

TEST(CaseDeadlines, HoldTheUnreadToTheLimitOfASuggestion) {
  EXPECT_EQ(answer_due({}, november(19), limits(), calendar()), november(28));
}

TEST(CaseDeadlines, StandStillWhileTheNextWordIsTheResidents) {
  CaseState state = state_of(CaseStatus::kAwaitingMore, CaseClass::kSuggestion);
  state.waits.push_back({november(20, 10), std::nullopt});
  EXPECT_EQ(answer_due(state, november(19), limits(), calendar()), std::nullopt);
  EXPECT_EQ(next_due(state, november(19), limits(), calendar()), std::nullopt);
  state.status = CaseStatus::kInProgress;
  state.waits.back().to_ms = november(25, 10);  // 23 and 25 were working days
  EXPECT_EQ(answer_due(state, november(19), limits(), calendar()), november(28, 4 * 24))
      << "Friday 27 and two working days more: Tuesday 1 December";
}

TEST(CaseDeadlines, BeginAnewWhenACaseIsReopened) {
  CaseState state = state_of(CaseStatus::kInProgress, CaseClass::kSuggestion);
  state.reopened_at = november(19, 8);
  EXPECT_EQ(answer_due(state, november(2), limits(), calendar()), november(28));
}

TEST(CaseDeadlines, NameTheWaysThatAPetitionMayTake) {
  CaseState state = state_of(CaseStatus::kInProgress, CaseClass::kPetition);
  state.subject = PetitionSubject::kBehaviour;
  const auto all = dues(state, november(19), limits(), calendar());
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all[0], (CaseDue{CaseDuty::kTransferBehaviour, november(24), false}));
  EXPECT_EQ(all[1].duty, CaseDuty::kAskForMore);
  EXPECT_EQ(all[2].duty, CaseDuty::kAnswerPetition);
  EXPECT_EQ(next_due(state, november(19), limits(), calendar())->duty, CaseDuty::kAnswerPetition);
}

TEST(CaseDeadlines, HoldTheUnitToTheDayOfTheAuthoritysQuestion) {
  CaseState state = state_of(CaseStatus::kClosed, CaseClass::kPraise);
  EXPECT_EQ(next_due(state, november(19), limits(), calendar()), std::nullopt);
  state = state_of(CaseStatus::kSeen, CaseClass::kNone);
  state.reply_due = LocalDate{year{2026}, November, day{20}};
  EXPECT_EQ(next_due(state, november(19), limits(), calendar()),
            (CaseDue{CaseDuty::kReply, november(21), true}));
}

TEST(CaseDeadlines, WantAnAnswerPublishedSoon) {
  EXPECT_EQ(next_due(state_of(CaseStatus::kHandled, CaseClass::kSuggestion), november(2), limits(),
                     calendar()),
            (CaseDue{CaseDuty::kPublish, november(26), true}));
}

/// A list asks by day what a case asks by moment: both must say the same.
RC_GTEST_PROP(CaseDeadlines, AgreeByDayAndByMoment, ()) {
  const WorkingCalendar days = calendar();
  const CaseLimit limit{*rc::gen::inRange(0, 20), *rc::gen::inRange(1, 25), false, ""};
  const std::int64_t now = november(1) + *rc::gen::inRange(0, 30 * 24 * 60) * std::int64_t{60'000};
  const LocalDate given =
      local_date(november(1) + *rc::gen::inRange(-40, 40) * std::int64_t{24} * kDeadlineHour);
  const bool late = deadline(limit, days, given) <= now;
  RC_ASSERT(late == (given < first_day_in_time(limit, days, now)));
}

}  // namespace
}  // namespace hailong::core
