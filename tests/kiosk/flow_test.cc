#include "kiosk/flow/flow.h"

#include <gtest/gtest.h>

#include <array>
#include <set>
#include <utility>
#include <vector>

#include "tests/kiosk/visit.h"

namespace hailong::kiosk::flow {
namespace {

using tests::kDurations;
using tests::kFive;
using tests::kOne;
using tests::kTwo;
using tests::Visit;

/// A visit whose present screen takes taps.
Visit on_thanks() {
  Visit visit;
  visit.rate(kTwo);
  visit.wait(kDurations.thanks_guard);
  return visit;
}

Visit on_choose_again() {
  Visit visit = on_thanks();
  visit.handle(ChooseAgainTapped{});
  visit.wait(kDurations.arrival_guard);
  return visit;
}

Visit on_corrected_thanks() {
  Visit visit = on_choose_again();
  visit.handle(FaceTapped{kFive});
  visit.append_all(8);
  visit.wait(kDurations.thanks_guard);
  return visit;
}

Visit on_sorry() {
  Visit visit;
  visit.handle(FaceTapped{kTwo});
  visit.fail_last();
  visit.wait(kDurations.thanks_guard);
  return visit;
}

Visit on_saving() {
  Visit visit;
  visit.handle(FaceTapped{kTwo});
  return visit;
}

Visit on_saving_correction() {
  Visit visit = on_choose_again();
  visit.handle(FaceTapped{kFive});
  return visit;
}

Visit on_staff_asked() {
  Visit visit;
  visit.handle(StaffOpened{});
  visit.wait(kDurations.arrival_guard);
  visit.handle(Stirred{});
  return visit;
}

Visit on_staff() {
  Visit visit = on_staff_asked();
  visit.handle(StaffTold{visit.last_ticket(), {}});
  visit.wait(kDurations.arrival_guard);
  visit.handle(Stirred{});
  return visit;
}

TEST(Flow, BeginsAtHomeAndWakesOnlyAgainstBurnIn) {
  const Visit visit;
  EXPECT_EQ(visit.flow().screen(), Screen(Home{}));
  EXPECT_EQ(visit.flow().next_deadline(), kDurations.drift);
}

TEST(Flow, OneTapIsARating) {
  Visit visit;
  EXPECT_EQ(visit.entry_of(FaceTapped{kFive}), Entry(NewRating{kFive, std::nullopt}));
  EXPECT_EQ(visit.flow().screen(), Screen(Saving{kFive, std::nullopt, 1, 0}));
}

TEST(Flow, ThanksOnlyAfterTheAppend) {
  Visit visit;
  visit.handle(FaceTapped{kFive});
  visit.wait(60'000);
  EXPECT_TRUE(visit.shows<Saving>());
  EXPECT_EQ(visit.flow().next_deadline(), std::nullopt);
  visit.append_all(7);
  EXPECT_EQ(visit.as<Thanks>().visit.rating, 7);
}

TEST(Flow, ThanksCountDownAndEnd) {
  Visit visit;
  visit.rate(kTwo);
  for (int left = 5; left >= 1; --left) {
    EXPECT_EQ(visit.as<Thanks>().seconds_left, left);
    EXPECT_EQ(visit.flow().next_deadline(), visit.now() + 1'000);
    visit.wait(999);
    EXPECT_TRUE(visit.shows<Thanks>());
    visit.wait(1);
  }
  EXPECT_TRUE(visit.shows<Home>());
}

TEST(Flow, ATapEndsTheThanks) {
  Visit visit = on_thanks();
  visit.handle(ElsewhereTapped{});
  EXPECT_TRUE(visit.shows<Home>());
}

TEST(Flow, DrummingDoesNotEndTheThanks) {
  Visit visit;
  visit.rate(kTwo);
  visit.wait(kDurations.thanks_guard - 1);
  visit.handle(ElsewhereTapped{});
  visit.handle(ChooseAgainTapped{});
  EXPECT_TRUE(visit.shows<Thanks>());
}

TEST(Flow, TheTapThatLeadsHomeIsNoVote) {
  Visit visit = on_thanks();
  visit.handle(ElsewhereTapped{});
  visit.wait(kDurations.arrival_guard - 1);
  EXPECT_EQ(visit.handle(FaceTapped{kOne}), std::nullopt);
  EXPECT_TRUE(visit.shows<Home>());
  visit.wait(kDurations.drumming);
  EXPECT_EQ(visit.entry_of(FaceTapped{kOne}), Entry(NewRating{kOne, std::nullopt}));
}

TEST(Flow, HomeIsHeardAsSoonAsItIsReady) {
  Visit visit = on_thanks();
  visit.handle(ElsewhereTapped{});
  visit.wait(kDurations.arrival_guard);
  EXPECT_EQ(visit.entry_of(FaceTapped{kOne}), Entry(NewRating{kOne, std::nullopt}));
}

TEST(Flow, DrummingOnVotesOnce) {
  Visit visit;
  visit.rate(kTwo);
  for (int tap = 0; tap < 60; ++tap) {
    visit.wait(kDurations.drumming - 1);
    visit.handle(visit.shows<Home>() ? Event(FaceTapped{kOne}) : Event(ElsewhereTapped{}));
  }
  EXPECT_TRUE(visit.shows<Home>());
  EXPECT_EQ(visit.effects().size(), 1U);
  visit.wait(kDurations.drumming);
  EXPECT_NE(visit.handle(FaceTapped{kOne}), std::nullopt);
}

TEST(Flow, ALateTapOnTheThanksIsNoVoteEither) {
  Visit visit = on_thanks();
  visit.wait(kDurations.thanks -
             kDurations.thanks_guard);  // home by time, as the finger comes down
  EXPECT_TRUE(visit.shows<Home>());
  visit.wait(kDurations.reaction - 1);
  EXPECT_EQ(visit.handle(FaceTapped{kOne}), std::nullopt);
}

TEST(Flow, TheNextPersonIsHeardAsSoonAsHomeCanBeSeen) {
  Visit visit = on_thanks();
  visit.wait(kDurations.thanks - kDurations.thanks_guard);
  visit.wait(kDurations.reaction);
  EXPECT_EQ(visit.entry_of(FaceTapped{kOne}), Entry(NewRating{kOne, std::nullopt}));
}

TEST(Flow, ChoosingAgainCorrectsTheRating) {
  Visit visit = on_choose_again();
  EXPECT_EQ(visit.entry_of(FaceTapped{kFive}), Entry(core::Correction{7, kFive}));
  EXPECT_EQ(visit.flow().screen(), Screen(Saving{kFive, 7, 2, 0}));
  visit.append_all(8);
  EXPECT_EQ(visit.as<Thanks>().visit.rating, 7) << "the rating, not the correction";
}

TEST(Flow, ARatingIsCorrectedOnce) {
  Visit visit = on_corrected_thanks();
  EXPECT_FALSE(visit.as<Thanks>().may_choose_again);
  visit.handle(ChooseAgainTapped{});
  EXPECT_TRUE(visit.shows<Thanks>());
}

TEST(Flow, TheFirstChoiceCanBeKept) {
  Visit visit = on_choose_again();
  EXPECT_EQ(visit.handle(KeepTapped{}), std::nullopt);
  EXPECT_TRUE(visit.shows<Home>());
}

TEST(Flow, DrummingOnChooseAgainChoosesNothing) {
  Visit visit = on_thanks();
  visit.handle(ChooseAgainTapped{});
  visit.wait(kDurations.arrival_guard - 1);
  EXPECT_EQ(visit.handle(FaceTapped{kFive}), std::nullopt);
  EXPECT_EQ(visit.handle(KeepTapped{}), std::nullopt);
  EXPECT_TRUE(visit.shows<ChooseAgain>());
}

TEST(Flow, AnUntouchedSecondChoiceEnds) {
  Visit visit = on_choose_again();
  const Millis until = visit.as<ChooseAgain>().until;
  EXPECT_EQ(visit.flow().next_deadline(), until);
  visit.wait(until - visit.now() - 1);
  EXPECT_TRUE(visit.shows<ChooseAgain>());
  visit.wait(1);
  EXPECT_TRUE(visit.shows<Home>());
}

TEST(Flow, ATouchGivesMoreTimeToChooseAgain) {
  Visit visit = on_choose_again();
  visit.wait(15'000);
  visit.handle(ElsewhereTapped{});
  visit.wait(15'000);
  EXPECT_TRUE(visit.shows<ChooseAgain>());
}

TEST(Flow, AFailedAppendIsAdmittedAndTheNextTapTriesAgain) {
  Visit visit;
  visit.handle(FaceTapped{kTwo});
  visit.fail_last();
  EXPECT_TRUE(visit.shows<Sorry>());
  visit.wait(kDurations.sorry);
  EXPECT_TRUE(visit.shows<Home>());
  visit.wait(kDurations.reaction);
  EXPECT_EQ(visit.entry_of(FaceTapped{kTwo}), Entry(NewRating{kTwo, std::nullopt}));
}

TEST(Flow, SorryEndsByATapButNotByDrumming) {
  Visit visit;
  visit.handle(FaceTapped{kTwo});
  visit.fail_last();
  EXPECT_EQ(visit.flow().next_deadline(), visit.now() + kDurations.sorry);
  visit.wait(kDurations.thanks_guard - 1);
  visit.handle(ElsewhereTapped{});
  EXPECT_TRUE(visit.shows<Sorry>());
  visit.wait(1);
  visit.handle(ElsewhereTapped{});
  EXPECT_TRUE(visit.shows<Home>());
}

TEST(Flow, AFailedCorrectionIsAdmittedToo) {
  Visit visit = on_saving_correction();
  visit.fail_last();
  EXPECT_TRUE(visit.shows<Sorry>());
}

TEST(Flow, TheLengthOfTheThanksIsASetting) {
  Durations longer;
  longer.thanks = 12'000;
  Visit visit(longer);
  visit.rate(kOne);
  EXPECT_EQ(visit.as<Thanks>().seconds_left, 12);
}

// Every pair of screen and event: those listed here move, all others change nothing.
enum Where {
  kHome,
  kSaving,
  kSavingAgain,
  kThanks,
  kThanksCorrected,
  kChoose,
  kSorry,
  kStaffAsked,
  kStaff,
  kWheres
};
enum What {
  kFace,
  kChooseTap,
  kKeep,
  kElsewhere,
  kAppended,
  kFailed,
  kMore,
  kTick,
  kCorner,
  kCommand,
  kLock,
  kTold,
  kScan,
  kWhats
};

const std::array<Visit (*)(), kWheres> kVisits = {
    [] { return Visit(); }, on_saving, on_saving_correction, on_thanks, on_corrected_thanks,
    on_choose_again,        on_sorry,  on_staff_asked,       on_staff};

const std::set<std::pair<Where, What>> kMoves = {{kHome, kFace},
                                                 {kSaving, kAppended},
                                                 {kSaving, kFailed},
                                                 {kSavingAgain, kAppended},
                                                 {kSavingAgain, kFailed},
                                                 {kThanks, kChooseTap},
                                                 {kThanks, kElsewhere},
                                                 {kThanks, kMore},
                                                 {kThanksCorrected, kMore},
                                                 {kThanks, kTick},
                                                 {kThanksCorrected, kElsewhere},
                                                 {kThanksCorrected, kTick},
                                                 {kChoose, kFace},
                                                 {kChoose, kKeep},
                                                 {kChoose, kElsewhere},
                                                 {kChoose, kTick},
                                                 {kSorry, kElsewhere},
                                                 {kSorry, kTick},
                                                 {kHome, kCorner},
                                                 {kHome, kScan},
                                                 {kThanks, kScan},
                                                 {kThanksCorrected, kScan},
                                                 {kChoose, kScan},
                                                 {kStaffAsked, kTick},
                                                 {kStaffAsked, kLock},
                                                 {kStaffAsked, kTold},
                                                 {kStaff, kTick},
                                                 {kStaff, kLock},
                                                 {kStaff, kCommand},
                                                 {kStaff, kTold}};

Event event_of(What what, Millis now, Ticket ticket) {
  switch (what) {
    case kFace:
      return FaceTapped{kOne};
    case kChooseTap:
      return ChooseAgainTapped{};
    case kKeep:
      return KeepTapped{};
    case kElsewhere:
      return ElsewhereTapped{};
    case kAppended:
      return Appended{ticket, 9};
    case kFailed:
      return AppendFailed{ticket};
    case kMore:
      return SayMoreTapped{};
    case kCorner:
      return StaffOpened{};
    case kCommand:
      return StaffTapped{{staff::Verb::kToday, 0, {}}};
    case kLock:
      return StaffTapped{{staff::Verb::kLock, 0, {}}};
    case kTold:
      return StaffTold{ticket, {}};
    case kScan:
      return DossierScanned{{"000.00.01.H23-240814-0001"}};
    default:
      return Tick{now + 60'000};
  }
}

std::string published(const Visit& visit) {
  return std::get<Home>(visit.flow().screen()).published;
}

TEST(Flow, ShowsWhatWasDoneOnlyWhileNobodyIsThere) {
  Visit visit;
  visit.handle(Published{{"Đã kê thêm ghế.", "Đã sửa quạt."}});
  visit.wait(kDurations.published - Visit::kStart - 1);
  EXPECT_EQ(published(visit), "");
  visit.wait(1);
  EXPECT_EQ(published(visit), "Đã kê thêm ghế.");
  visit.handle(ElsewhereTapped{});
  EXPECT_EQ(published(visit), "");
  EXPECT_EQ(visit.flow().next_deadline(), visit.now() + kDurations.published);
  visit.wait(kDurations.drift);
  EXPECT_EQ(published(visit), "Đã sửa quạt.");  // in turn
  visit.handle(Published{{}});
  EXPECT_EQ(published(visit), "");
}

TEST(Flow, MovesOnListedPairsOnly) {
  for (int where = 0; where < kWheres; ++where) {
    for (int what = 0; what < kWhats; ++what) {
      Visit visit = kVisits.at(static_cast<std::size_t>(where))();
      const Screen before = visit.flow().screen();
      const auto effect =
          visit.handle(event_of(static_cast<What>(what), visit.now(), visit.last_ticket()));
      const bool listed = kMoves.contains({static_cast<Where>(where), static_cast<What>(what)});
      EXPECT_EQ(visit.flow().screen() != before, listed) << where << " " << what;
      if (!listed) {
        EXPECT_EQ(effect, std::nullopt) << where << " " << what;
      }
    }
  }
}

}  // namespace
}  // namespace hailong::kiosk::flow
