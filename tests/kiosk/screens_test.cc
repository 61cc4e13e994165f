#include <gtest/gtest.h>

#include <set>
#include <string>

#include "tests/kiosk/gallery.h"
#include "tests/kiosk/stage.h"
#include "tests/kiosk/visit.h"

/// What fingers and keys mean on what is shown.

namespace hailong::tests {
namespace {

namespace flow = kiosk::flow;
using kiosk::design::Rect;
using kiosk::input::Action;

const flow::Visit kVisit{1, *core::Score::from(2), {}, false, 1, 1, 0, 0, std::nullopt};
const flow::Thanks kThanks{kVisit, true, true, 600, 5'000, 5};
const flow::Thanks kCorrected{kVisit, false, true, 600, 5'000, 5};
const flow::Stay kStay{0, 20'000, 20};
const flow::Reasons kReasons{{kVisit, kStay}, std::vector<bool>(8)};

template <typename E>
bool is(const std::optional<flow::Event>& event) {
  return event && std::holds_alternative<E>(*event);
}

class Screens : public testing::Test {
 protected:
  Stage stage_{{1280, 800}};

  /// Where a thing is that can be tapped to say E.
  template <typename E>
  std::optional<Rect> find(const flow::Screen& screen) {
    stage_.show(screen);
    for (const auto& item : stage_.ui().page().items) {
      if (is<E>(item.event)) return item.hit;
    }
    return std::nullopt;
  }
  template <typename E>
  bool can_be_tapped(const flow::Screen& screen) {
    const auto rect = find<E>(screen);
    return rect && is<E>(stage_.tap(rect->centre_x(), rect->centre_y(), screen));
  }
};

TEST_F(Screens, TheThanksOfferAnotherChoiceAndMoreToSay) {
  EXPECT_TRUE(can_be_tapped<flow::ChooseAgainTapped>(kThanks));
  EXPECT_TRUE(can_be_tapped<flow::SayMoreTapped>(kThanks));
}

TEST_F(Screens, CorrectedThanksOfferNoOtherChoice) {
  EXPECT_FALSE(find<flow::ChooseAgainTapped>(kCorrected));
  EXPECT_TRUE(can_be_tapped<flow::SayMoreTapped>(kCorrected));
}

TEST_F(Screens, TheRestOfTheThanksIsElsewhere) {
  EXPECT_TRUE(is<flow::ElsewhereTapped>(stage_.tap(5, 5, kThanks)));
  EXPECT_TRUE(is<flow::ElsewhereTapped>(stage_.tap(640, 400, kThanks)));
}

TEST_F(Screens, ChoosingAgainOffersToKeepTheFirstChoice) {
  EXPECT_TRUE(can_be_tapped<flow::KeepTapped>(flow::ChooseAgain{1, 0, 20'000}));
}

TEST_F(Screens, SorryEndsByATapAnywhere) {
  EXPECT_TRUE(is<flow::ElsewhereTapped>(stage_.tap(640, 400, flow::Sorry{false, 0, 8'000})));
}

TEST_F(Screens, TheWayToTheComplaintDeskIsOnTheHomeScreen) {
  EXPECT_TRUE(can_be_tapped<flow::TopicTapped>(flow::Home{}));
}

TEST_F(Screens, NothingBesideTheFacesIsAVote) {
  for (const auto& [x, y] : {std::pair(640.F, 200.F), std::pair(300.F, 780.F)}) {
    EXPECT_FALSE(is<flow::FaceTapped>(stage_.tap(x, y, flow::Home{})));
  }
}

TEST_F(Screens, NoFaceCanBeTappedWhileSaving) {
  const flow::Screen saving = flow::Saving{*core::Score::from(3), std::nullopt, 1, 0};
  for (const float x : {128.F, 384.F, 640.F, 896.F, 1152.F}) {
    EXPECT_FALSE(is<flow::FaceTapped>(stage_.tap(x, 440, saving)));
  }
}

TEST_F(Screens, AFingerDraggedOffAFaceIsNoTap) {
  const flow::Screen home = flow::Home{};
  EXPECT_FALSE(stage_.point(Action::kDown, 640, 440, home));
  EXPECT_FALSE(stage_.point(Action::kMove, 640, 780, home));
  EXPECT_FALSE(is<flow::FaceTapped>(stage_.point(Action::kUp, 640, 780, home)));
}

TEST_F(Screens, AFingerDraggedToAnotherFaceIsNoTap) {
  const flow::Screen home = flow::Home{};
  EXPECT_FALSE(stage_.point(Action::kDown, 128, 440, home));
  EXPECT_FALSE(stage_.point(Action::kMove, 640, 440, home));
  EXPECT_FALSE(stage_.point(Action::kUp, 640, 440, home));
}

TEST_F(Screens, ACancelledFingerIsNoTapAndTheNextOneIs) {
  const flow::Screen home = flow::Home{};
  EXPECT_FALSE(stage_.point(Action::kDown, 640, 440, home));
  EXPECT_FALSE(stage_.point(Action::kCancel, 640, 440, home));
  EXPECT_TRUE(is<flow::FaceTapped>(stage_.tap(640, 440, home)));
}

TEST_F(Screens, APressThatBeganOnAnotherScreenIsNoVote) {
  const flow::Screen again = flow::ChooseAgain{1, 0, 20'000};
  EXPECT_FALSE(stage_.point(Action::kDown, 640, 440, again));
  EXPECT_FALSE(stage_.point(Action::kUp, 640, 440, flow::Home{}));  // time ran out under it
}

TEST_F(Screens, TwoTapsBeforeAFrameAreTwoTaps) {
  for (const float x : {128.0F, 1152.0F}) {
    EXPECT_FALSE(stage_.point(Action::kDown, x, 440, flow::Home{}));
    EXPECT_TRUE(is<flow::FaceTapped>(stage_.point(Action::kUp, x, 440, flow::Home{})));
  }
}

TEST_F(Screens, APressedThingLooksPressedAndNothingStaysPressed) {
  const flow::Screen home = flow::Home{};
  stage_.show(home);
  stage_.point(Action::kDown, 640, 440, home);
  EXPECT_TRUE(stage_.show(home));
  stage_.point(Action::kUp, 640, 440, home);
  EXPECT_TRUE(stage_.show(home));
  EXPECT_FALSE(stage_.show(home));
}

TEST_F(Screens, APressSurvivesTheSecondsCountingDown) {
  flow::Reasons before = kReasons;
  before.stay.seconds_left = 19;
  flow::Reasons after = kReasons;
  after.stay.seconds_left = 18;
  const auto rect = find<flow::ChoiceTapped>(before);
  ASSERT_TRUE(rect);
  stage_.point(Action::kDown, rect->centre_x(), rect->centre_y(), before);
  EXPECT_TRUE(
      is<flow::ChoiceTapped>(stage_.point(Action::kUp, rect->centre_x(), rect->centre_y(), after)));
}

TEST_F(Screens, AChosenReasonShowsATickAsWellAsAColour) {
  flow::Reasons reasons = kReasons;
  reasons.chosen[0] = true;
  stage_.show(reasons);
  for (const auto& item : stage_.ui().page().items) {
    if (!is<flow::ChoiceTapped>(item.event)) continue;
    EXPECT_EQ(item.icon && item.icon->icon == kiosk::design::Icon::kTick, item.chosen);
  }
}

// Keys.

TEST_F(Screens, KeysOneToFiveAnswerTheQuestion) {
  for (const flow::Screen& screen :
       {flow::Screen(flow::Home{}), flow::Screen(flow::ChooseAgain{1, 0, 20'000})}) {
    stage_.show(screen);
    for (int digit = 1; digit <= 5; ++digit) {
      const auto event = stage_.ui().press_digit(digit);
      ASSERT_TRUE(is<flow::FaceTapped>(event));
      EXPECT_EQ(std::get<flow::FaceTapped>(*event).score.value(), digit);
    }
  }
}

TEST_F(Screens, FiveButtonsReachEverythingThatAFingerReaches) {
  for (const Exhibit& exhibit : gallery(stage_.contents_shown().survey)) {
    stage_.show(flow::Sorry{});
    stage_.show(exhibit.screen);
    if (std::holds_alternative<flow::Home>(exhibit.screen) ||
        std::holds_alternative<flow::ChooseAgain>(exhibit.screen)) {
      continue;  // there the five buttons are the five answers
    }
    std::size_t targets = 0;
    for (const auto& item : stage_.ui().page().items) targets += item.event ? 1U : 0U;
    std::set<std::string> reached;
    for (std::size_t i = 0; i < targets; ++i) {
      stage_.ui().press_digit(2);
      const auto event = stage_.ui().press_digit(3);
      EXPECT_TRUE(event) << exhibit.name;
      for (std::size_t place = 0; place < stage_.ui().page().items.size(); ++place) {
        if (stage_.ui().focused() == place) reached.insert(std::to_string(place));
      }
    }
    EXPECT_EQ(reached.size(), targets) << exhibit.name;
  }
}

TEST_F(Screens, SteppingBeginsBehindTheHeaderAndShowsWhereItIs) {
  stage_.show(kReasons);
  stage_.ui().press_digit(2);
  EXPECT_TRUE(stage_.show(kReasons)) << "the focus is seen";
  EXPECT_TRUE(is<flow::ChoiceTapped>(stage_.ui().press_digit(3)));
}

TEST_F(Screens, TheFifthButtonIsTheWayOn) {
  stage_.show(kReasons);
  EXPECT_TRUE(is<flow::DoneTapped>(stage_.ui().press_digit(5)));
  stage_.show(kThanks);
  EXPECT_TRUE(is<flow::ElsewhereTapped>(stage_.ui().press_digit(5)));
}

// Listening.

TEST_F(Screens, ARestingFingerListensInsteadOfTapping) {
  flow::Preferences listening;
  listening.sound = true;
  stage_.prefer(listening);
  stage_.point(Action::kDown, 640, 440, flow::Home{}, 0);
  EXPECT_EQ(stage_.ui().touched(), "scale.score_3");
  EXPECT_TRUE(
      is<flow::Stirred>(stage_.point(Action::kUp, 640, 440, flow::Home{}, kiosk::kListenMs)));
  stage_.point(Action::kDown, 640, 440, flow::Home{}, 1'000);
  EXPECT_TRUE(is<flow::FaceTapped>(stage_.point(Action::kUp, 640, 440, flow::Home{}, 1'100)));
}

TEST_F(Screens, AListeningFingerHearsWhatItSlidesOver) {
  flow::Preferences listening;
  listening.sound = true;
  stage_.prefer(listening);
  stage_.point(Action::kDown, 128, 440, flow::Home{}, 0);
  stage_.point(Action::kMove, 384, 440, flow::Home{}, 100);
  EXPECT_EQ(stage_.ui().touched(), "scale.score_2");
  EXPECT_TRUE(is<flow::Stirred>(stage_.point(Action::kUp, 384, 440, flow::Home{}, 200)));
}

TEST_F(Screens, EveryPageSaysWhatItAsks) {
  for (const Exhibit& exhibit : gallery(stage_.contents_shown().survey)) {
    stage_.show(exhibit.screen);
    EXPECT_FALSE(stage_.ui().page().spoken.empty()) << exhibit.name;
    for (const std::string& key : stage_.ui().page().spoken) {
      EXPECT_FALSE(stage_.contents_shown().vietnamese[key].empty());
    }
  }
}

}  // namespace
}  // namespace hailong::tests
