#include "core/case_life.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>
#include <vector>

namespace hailong::core {
namespace {

constexpr CaseFacts kNoContact{};
constexpr CaseFacts kWithContact{false, true};

CaseStep step_of(CaseAction action, std::int64_t at_ms = 0) {
  CaseStep step;
  step.action = action;
  step.at_ms = at_ms;
  step.classed = CaseClass::kSuggestion;
  step.note = "vì sao";
  step.answer = "Xã đã kê thêm ghế chờ.";
  step.receiver = "Công an xã";
  step.due = LocalDate{std::chrono::year{2100}, std::chrono::January, std::chrono::day{4}};
  return step;
}

CaseStep classify(CaseClass classed, PetitionSubject subject = PetitionSubject::kNone) {
  CaseStep step = step_of(CaseAction::kClassify);
  step.classed = classed;
  step.subject = subject;
  return step;
}

/// The case after the steps; a step that does not fit fails the test.
CaseState walk(const std::vector<CaseStep>& steps, const CaseFacts& facts = kNoContact) {
  CaseState state;
  for (const CaseStep& step : steps) {
    const auto next = after(state, step, facts);
    EXPECT_TRUE(next.has_value()) << word_of(step.action) << ": "
                                  << (next ? "" : next.error().message);
    if (next) state = *next;
  }
  return state;
}

TEST(CaseLife, GoesFromNewToClosed) {
  const CaseState state = walk(
      {step_of(CaseAction::kSee, 1), classify(CaseClass::kSuggestion), step_of(CaseAction::kStart),
       step_of(CaseAction::kAskForMore, 4), step_of(CaseAction::kReceiveMore, 5),
       step_of(CaseAction::kHandle, 6), step_of(CaseAction::kOfferPublication, 7),
       step_of(CaseAction::kPublish, 8), step_of(CaseAction::kClose, 9)},
      kWithContact);
  EXPECT_EQ(state.status, CaseStatus::kClosed);
  EXPECT_EQ(state.settled_at, 6);
  EXPECT_EQ(state.answer, "Xã đã kê thêm ghế chờ.");
  EXPECT_EQ(state.steps, 9);
  ASSERT_EQ(state.waits.size(), 1U);
  EXPECT_EQ(state.waits[0], (CaseWait{4, 5}));
}

TEST(CaseLife, AsksForMoreOnlyWhereSomebodyCanBeAsked) {
  const CaseState state = walk(
      {step_of(CaseAction::kSee), classify(CaseClass::kSuggestion), step_of(CaseAction::kStart)});
  EXPECT_FALSE(fits(state, CaseAction::kAskForMore, kNoContact));
  EXPECT_TRUE(fits(state, CaseAction::kAskForMore, kWithContact));
}

TEST(CaseLife, HandlesNoComplaintButPassesItOn) {
  const CaseState state = walk({step_of(CaseAction::kSee), classify(CaseClass::kComplaint)});
  EXPECT_FALSE(fits(state, CaseAction::kStart, kNoContact));
  EXPECT_FALSE(fits(state, CaseAction::kHandle, kNoContact));
  EXPECT_TRUE(is_restricted(state, kNoContact));
  const CaseState passed = *after(state, step_of(CaseAction::kPassOn, 3), kNoContact);
  EXPECT_EQ(passed.status, CaseStatus::kPassedOn);
  EXPECT_EQ(passed.receiver, "Công an xã");
  EXPECT_EQ(passed.settled_at, 3);
}

TEST(CaseLife, NeverPublishesWhatTellsOfMoneyOrMisconduct) {
  CaseStep money = classify(CaseClass::kPetition, PetitionSubject::kBehaviour);
  money.misconduct = true;
  const CaseState told = walk({step_of(CaseAction::kSee), money, step_of(CaseAction::kHandle)});
  EXPECT_FALSE(fits(told, CaseAction::kOfferPublication, kNoContact));
  const CaseFacts alert{true, false};
  const CaseState answered = walk(
      {step_of(CaseAction::kSee), classify(CaseClass::kSuggestion), step_of(CaseAction::kHandle)},
      alert);
  EXPECT_FALSE(fits(answered, CaseAction::kOfferPublication, alert));
  EXPECT_TRUE(fits(answered, CaseAction::kClose, alert));
}

TEST(CaseLife, ReopensOnlyWhatIsClosedAndCountsAnew) {
  CaseState state = walk(
      {step_of(CaseAction::kSee), classify(CaseClass::kPraise), step_of(CaseAction::kHandle, 10)});
  EXPECT_FALSE(fits(state, CaseAction::kReopen, kNoContact));
  state = *after(state, step_of(CaseAction::kClose, 11), kNoContact);
  state = *after(state, step_of(CaseAction::kReopen, 12), kNoContact);
  EXPECT_EQ(state.status, CaseStatus::kInProgress);
  EXPECT_EQ(state.reopened_at, 12);
  EXPECT_EQ(state.settled_at, std::nullopt);
  state = *after(state, step_of(CaseAction::kHandle, 20), kNoContact);
  EXPECT_EQ(state.settled_at, 20);
}

TEST(CaseLife, WantsWhatAStepCannotDoWithout) {
  const auto refused = [](const CaseState& state, const CaseStep& step) {
    const auto next = after(state, step, kWithContact);
    return !next && next.error().fault == Fault::kInvalid;
  };
  const CaseState seen = walk({step_of(CaseAction::kSee)});
  EXPECT_TRUE(refused(seen, classify(CaseClass::kNone)));
  EXPECT_TRUE(refused(seen, classify(CaseClass::kPetition)));
  EXPECT_TRUE(refused(seen, classify(CaseClass::kPraise, PetitionSubject::kBehaviour)));
  CaseStep named = classify(CaseClass::kPraise);
  named.officer = "nguyen-van-a";
  EXPECT_TRUE(refused(seen, named));

  const CaseState working = walk(
      {step_of(CaseAction::kSee), classify(CaseClass::kSuggestion), step_of(CaseAction::kStart)});
  for (const CaseAction action : {CaseAction::kAskForMore, CaseAction::kDecline, CaseAction::kHide,
                                  CaseAction::kNote, CaseAction::kAskUnit}) {
    CaseStep step = step_of(action);
    step.note = "  ";
    EXPECT_TRUE(refused(working, step)) << word_of(action);
  }
  CaseStep answer = step_of(CaseAction::kHandle);
  answer.answer = "\n";
  EXPECT_TRUE(refused(working, answer));
  CaseStep transfer = step_of(CaseAction::kTransfer);
  transfer.receiver.clear();
  EXPECT_TRUE(refused(working, transfer));
  CaseStep past = step_of(CaseAction::kAskUnit, 5'000'000'000'000);
  EXPECT_TRUE(refused(working, past));

  CaseStep unpublished = step_of(CaseAction::kClose);
  unpublished.note.clear();
  EXPECT_TRUE(refused(*after(working, step_of(CaseAction::kHandle), kWithContact), unpublished));
}

TEST(CaseLife, KeepsTheAuthoritysQuestionUntilItIsAnswered) {
  CaseState state = walk({step_of(CaseAction::kSee), step_of(CaseAction::kAskUnit)});
  EXPECT_EQ(state.reply_due, step_of(CaseAction::kAskUnit).due);
  EXPECT_EQ(state.status, CaseStatus::kSeen);
  EXPECT_FALSE(fits(state, CaseAction::kAskUnit, kNoContact)) << "one question at a time";
  const CaseState replied = *after(state, step_of(CaseAction::kReply), kNoContact);
  EXPECT_EQ(replied.reply_due, std::nullopt);
  const CaseState answered = *after(*after(state, classify(CaseClass::kPraise), kNoContact),
                                    step_of(CaseAction::kHandle), kNoContact);
  EXPECT_EQ(answered.reply_due, std::nullopt) << "the answer itself is there";
}

TEST(CaseLife, KnowsEveryWordItWrites) {
  std::set<std::string_view> names;
  for (std::size_t i = 0; i < kCaseStatuses; ++i) {
    const auto status = static_cast<CaseStatus>(i);
    EXPECT_EQ(case_status_of(word_of(status)), status);
    EXPECT_TRUE(names.insert(name_of(status)).second);
  }
  for (std::size_t i = 0; i < kCaseActions; ++i) {
    const auto action = static_cast<CaseAction>(i);
    EXPECT_EQ(case_action_of(word_of(action)), action);
  }
  for (std::size_t i = 0; i < kCaseClasses; ++i) {
    const auto classed = static_cast<CaseClass>(i);
    EXPECT_EQ(case_class_of(word_of(classed)), classed);
  }
  EXPECT_EQ(case_status_of("deleted"), std::nullopt);
}

/// Whatever people try in whatever order: what a case is afterwards can be told from its steps, a
/// refused step changes nothing, and a case that is settled has a moment at which it was.
RC_GTEST_PROP(CaseLife, HoldsItsPromisesWhateverIsTried, ()) {
  const CaseFacts facts{*rc::gen::arbitrary<bool>(), *rc::gen::arbitrary<bool>()};
  CaseState state;
  int taken = 0;
  const int tries = *rc::gen::inRange(1, 60);
  for (int i = 0; i < tries; ++i) {
    const auto action =
        static_cast<CaseAction>(*rc::gen::inRange(0, static_cast<int>(kCaseActions)));
    CaseStep step = step_of(action, i);
    step.classed = static_cast<CaseClass>(*rc::gen::inRange(1, static_cast<int>(kCaseClasses)));
    if (step.classed == CaseClass::kPetition) step.subject = PetitionSubject::kRegulation;
    step.misconduct = *rc::gen::arbitrary<bool>();
    const bool fitted = fits(state, action, facts);
    const auto next = after(state, step, facts);
    RC_ASSERT(next.has_value() == fitted);
    if (!next) continue;
    ++taken;
    if (is_restricted(state, facts)) RC_ASSERT(next->status != CaseStatus::kPublished);
    if (is_settled(state.status) && !is_settled(next->status)) {
      RC_ASSERT(action == CaseAction::kReopen);
      RC_ASSERT(state.status == CaseStatus::kClosed);
    }
    if (state.classed == CaseClass::kComplaint && action != CaseAction::kClassify) {
      RC_ASSERT(next->status != CaseStatus::kHandled);
    }
    state = *next;
    RC_ASSERT(is_settled(state.status) == state.settled_at.has_value());
    RC_ASSERT(state.steps == taken);
    const bool waiting = !state.waits.empty() && !state.waits.back().to_ms;
    RC_ASSERT(waiting == (state.status == CaseStatus::kAwaitingMore));
  }
}

}  // namespace
}  // namespace hailong::core
