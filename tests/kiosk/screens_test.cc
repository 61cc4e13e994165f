#include "kiosk/screens/screens.h"

#include <gtest/gtest.h>

#include "tests/kiosk/stage.h"

namespace hailong::tests {
namespace {

namespace flow = kiosk::flow;
using kiosk::design::Rect;
using kiosk::input::Action;

const flow::Thanks kThanks{1, true, 600, 5'000, 5};
const flow::Thanks kCorrected{1, false, 600, 5'000, 5};

class Screens : public testing::Test {
 protected:
  Stage stage_{{1280, 800}};

  std::optional<flow::Event> tap(const Rect& rect, const flow::Screen& screen) {
    return stage_.tap(rect.centre_x(), rect.centre_y(), screen);
  }
  [[nodiscard]] const kiosk::screens::Layout& layout() { return stage_.ui().layout(); }
};

template <typename E>
bool is(const std::optional<flow::Event>& event) {
  return event && std::holds_alternative<E>(*event);
}

TEST_F(Screens, TheButtonOfTheThanksAsksForAnotherChoice) {
  EXPECT_TRUE(is<flow::ChooseAgainTapped>(tap(layout().choose_again.rect, kThanks)));
}

TEST_F(Screens, CorrectedThanksHaveNoButton) {
  EXPECT_TRUE(is<flow::ElsewhereTapped>(tap(layout().choose_again.rect, kCorrected)));
}

TEST_F(Screens, TheRestOfTheThanksIsElsewhere) {
  EXPECT_TRUE(is<flow::ElsewhereTapped>(stage_.tap(5, 5, kThanks)));
  EXPECT_TRUE(is<flow::ElsewhereTapped>(stage_.tap(1275, 795, kThanks)));
}

TEST_F(Screens, ChoosingAgainOffersToKeepTheFirstChoice) {
  EXPECT_TRUE(is<flow::KeepTapped>(tap(layout().keep.rect, flow::ChooseAgain{1, 0, 20'000})));
}

TEST_F(Screens, SorryEndsByATapAnywhere) {
  EXPECT_TRUE(is<flow::ElsewhereTapped>(stage_.tap(640, 400, flow::Sorry{0, 8'000})));
}

TEST_F(Screens, NothingBesideTheFacesIsATapAtHome) {
  EXPECT_FALSE(stage_.tap(640, 200, flow::Home{}));
  EXPECT_FALSE(stage_.tap(640, 780, flow::Home{}));
}

TEST_F(Screens, NothingCanBeTappedWhileSaving) {
  for (const auto& face : layout().faces) {
    EXPECT_FALSE(tap(face.card, flow::Saving{*core::Score::from(3), std::nullopt}));
  }
}

TEST_F(Screens, AFingerDraggedOffAFaceIsNoTap) {
  const flow::Screen home = flow::Home{};
  stage_.show(home);
  EXPECT_FALSE(stage_.point(Action::kDown, 640, 440, home));
  EXPECT_FALSE(stage_.point(Action::kMove, 640, 780, home));
  EXPECT_FALSE(stage_.point(Action::kUp, 640, 780, home));
}

TEST_F(Screens, AFingerDraggedToAnotherFaceIsNoTap) {
  const flow::Screen home = flow::Home{};
  stage_.show(home);
  EXPECT_FALSE(stage_.point(Action::kDown, 128, 440, home));
  EXPECT_FALSE(stage_.point(Action::kMove, 640, 440, home));
  EXPECT_FALSE(stage_.point(Action::kUp, 640, 440, home));
}

TEST_F(Screens, ACancelledFingerIsNoTapAndTheNextOneIs) {
  const flow::Screen home = flow::Home{};
  stage_.show(home);
  EXPECT_FALSE(stage_.point(Action::kDown, 640, 440, home));
  EXPECT_FALSE(stage_.point(Action::kCancel, 640, 440, home));
  EXPECT_TRUE(is<flow::FaceTapped>(stage_.tap(640, 440, home)));
}

TEST_F(Screens, APressThatBeganOnAnotherScreenIsNoVote) {
  const flow::Screen again = flow::ChooseAgain{1, 0, 20'000};
  const flow::Screen home = flow::Home{};
  stage_.show(again);
  EXPECT_FALSE(stage_.point(Action::kDown, 640, 440, again));
  EXPECT_FALSE(stage_.point(Action::kUp, 640, 440, home));  // time has run out under the finger
}

TEST_F(Screens, TwoTapsBeforeAFrameAreTwoTaps) {
  const flow::Screen home = flow::Home{};
  stage_.show(home);
  for (const float x : {128.0F, 1152.0F}) {
    EXPECT_FALSE(stage_.point(Action::kDown, x, 440, home));
    EXPECT_TRUE(is<flow::FaceTapped>(stage_.point(Action::kUp, x, 440, home)));
  }
}

TEST_F(Screens, NothingStaysPressed) {
  const flow::Screen home = flow::Home{};
  stage_.show(home);
  stage_.tap(640, 440, home);
  stage_.show(home);
  EXPECT_FALSE(stage_.show(home));
}

}  // namespace
}  // namespace hailong::tests
