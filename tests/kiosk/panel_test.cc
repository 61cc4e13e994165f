#include "kiosk/input/panel.h"

#include <SDL.h>
#include <gtest/gtest.h>

#include <array>

#include "tests/kiosk/booth.h"
#include "tests/kiosk/scores.h"

/// Fingers and mice on panels that are mounted turned, and on touch screens that lie wrong.

namespace hailong::tests {
namespace {

using kiosk::Rotation;
using kiosk::design::Size;
using kiosk::input::Matrix;
using kiosk::input::Panel;

SDL_Event mouse(Uint32 type, int x, int y, Uint32 time) {
  SDL_Event event{};
  event.button.type = type;
  event.button.timestamp = time;
  event.button.button = SDL_BUTTON_LEFT;
  event.button.x = x;
  event.button.y = y;
  return event;
}

/// Where the middle of a face is on the panel, for a picture that is turned clockwise: written down
/// once for each mounting, as seen by somebody in front of it. Shares of the panel.
std::array<float, 2> face_on_panel(Rotation rotation, int score) {
  const float along = (static_cast<float>(score) - 0.5F) / 5;
  switch (rotation) {
    case Rotation::kQuarter:  // the faces go down the panel; the header is on the right
      return {0.45F, along};
    case Rotation::kHalf:  // they go to the left; the header is at the bottom
      return {1 - along, 0.45F};
    case Rotation::kThreeQuarters:  // they go up; the header is on the left
      return {0.55F, 1 - along};
    case Rotation::kNone:
      break;
  }
  return {along, 0.55F};
}

struct Mounting {
  Rotation rotation;
  Size panel;
};

class TurnedPanel : public testing::TestWithParam<Mounting> {
 protected:
  static Size upright() {
    const auto [rotation, panel] = GetParam();
    return swaps_sides(rotation) ? Size{panel.height, panel.width} : panel;
  }

  void handle(const SDL_Event& event) {
    booth_.handle(panel_.upright(event, upright().width, upright().height));
  }

  /// The score of the only rating that was handed over.
  int rated() {
    const auto ratings = booth_.entries<kiosk::flow::NewRating>();
    return ratings.size() == 1 ? ratings[0].score.value() : 0;
  }

  void start_over() {
    booth_.wait(60'000);
    booth_.forget_what_was_handed_over();
    ASSERT_TRUE(booth_.shows<kiosk::flow::Home>());
  }

  Panel panel_{GetParam().rotation};
  Booth booth_{upright()};
};

TEST_P(TurnedPanel, TakesAFingerForTheFaceUnderIt) {
  for (int score = 1; score <= 5; ++score) {
    start_over();
    const auto [x, y] = face_on_panel(GetParam().rotation, score);
    handle(finger(SDL_FINGERDOWN, 1, x, y, booth_.ticks()));
    booth_.wait(60);
    handle(finger(SDL_FINGERUP, 1, x, y, booth_.ticks()));
    EXPECT_EQ(rated(), score);
  }
}

TEST_P(TurnedPanel, TakesAMouseForTheFaceUnderIt) {
  const auto [width, height] = GetParam().panel;
  for (int score = 1; score <= 5; ++score) {
    start_over();
    const auto [right, down] = face_on_panel(GetParam().rotation, score);
    const int x = static_cast<int>(right * static_cast<float>(width));
    const int y = static_cast<int>(down * static_cast<float>(height));
    handle(mouse(SDL_MOUSEBUTTONDOWN, x, y, booth_.ticks()));
    booth_.wait(60);
    handle(mouse(SDL_MOUSEBUTTONUP, x, y, booth_.ticks()));
    EXPECT_EQ(rated(), score);
  }
}

TEST_P(TurnedPanel, LosesAFingerThatSlidesOffTheFace) {
  start_over();
  const auto [x, y] = face_on_panel(GetParam().rotation, 2);
  const auto [other_x, other_y] = face_on_panel(GetParam().rotation, 4);
  handle(finger(SDL_FINGERDOWN, 1, x, y, booth_.ticks()));
  booth_.wait(60);
  handle(finger(SDL_FINGERMOTION, 1, other_x, other_y, booth_.ticks()));
  handle(finger(SDL_FINGERUP, 1, other_x, other_y, booth_.ticks()));
  EXPECT_TRUE(booth_.entries<kiosk::flow::NewRating>().empty());
}

/// The touch screen's axes are swapped, as on panels that the maker has turned.
TEST_P(TurnedPanel, IsCalibratedBeforeItIsTurned) {
  Panel swapped(GetParam().rotation, [](std::int64_t) { return Matrix{0, 1, 0, 1, 0, 0}; });
  for (int score = 1; score <= 5; ++score) {
    start_over();
    const auto [x, y] = face_on_panel(GetParam().rotation, score);
    for (const auto type : {SDL_FINGERDOWN, SDL_FINGERUP}) {
      booth_.handle(swapped.upright(finger(type, 1, y, x, booth_.ticks()), upright().width,
                                    upright().height));
      booth_.wait(60);
    }
    EXPECT_EQ(rated(), score);
  }
}

INSTANTIATE_TEST_SUITE_P(Mountings, TurnedPanel,
                         testing::Values(Mounting{Rotation::kNone, {1280, 800}},
                                         Mounting{Rotation::kQuarter, {1280, 800}},
                                         Mounting{Rotation::kQuarter, {1080, 1920}},
                                         Mounting{Rotation::kHalf, {1280, 800}},
                                         Mounting{Rotation::kThreeQuarters, {1280, 800}},
                                         Mounting{Rotation::kThreeQuarters, {1080, 1920}}));

/// The corners, to the pixel: the first of the picture lies at another corner of each panel.
TEST(Panel, KnowsEveryPixelOfATurnedMouse) {
  struct Case {
    Rotation rotation;
    int x, y;  // on the panel
  };
  for (const auto& [rotation, x, y] :
       {Case{Rotation::kNone, 0, 0}, Case{Rotation::kQuarter, 599, 0},
        Case{Rotation::kHalf, 1023, 599}, Case{Rotation::kThreeQuarters, 0, 1023}}) {
    Panel panel(rotation);
    const SDL_Event first = panel.upright(mouse(SDL_MOUSEBUTTONUP, x, y, 0), 1024, 600);
    EXPECT_EQ(first.button.x, 0);
    EXPECT_EQ(first.button.y, 0);
    SDL_Event moved{};
    moved.motion.type = SDL_MOUSEMOTION;
    moved.motion.x = x;
    moved.motion.y = y;
    EXPECT_EQ(panel.upright(moved, 1024, 600).motion.x, 0);
  }
}

TEST(Panel, AsksForACalibrationOnceUntilDevicesChange) {
  std::vector<std::int64_t> asked;
  Panel panel(Rotation::kNone, [&asked](std::int64_t device) {
    asked.push_back(device);
    return device == 7 ? Matrix{-1, 0, 1, 0, 1, 0} : Matrix{};
  });
  const auto x_of = [&panel](std::int64_t device) {
    SDL_Event event = finger(SDL_FINGERDOWN, 1, 0.25F, 0.5F, 0);
    event.tfinger.touchId = device;
    return panel.upright(event, 1280, 800).tfinger.x;
  };
  EXPECT_EQ(x_of(7), 0.75F);
  EXPECT_EQ(x_of(8), 0.25F);
  EXPECT_EQ(x_of(7), 0.75F);
  EXPECT_EQ(asked, (std::vector<std::int64_t>{7, 8}));
  panel.forget_devices();
  EXPECT_EQ(x_of(7), 0.75F);
  EXPECT_EQ(asked, (std::vector<std::int64_t>{7, 8, 7}));
}

TEST(Panel, LeavesOtherEventsAlone) {
  Panel panel(Rotation::kHalf);
  const SDL_Event pressed = key(SDL_SCANCODE_1, KMOD_NONE, 5);
  EXPECT_EQ(panel.upright(pressed, 1280, 800).key.keysym.scancode, SDL_SCANCODE_1);
}

}  // namespace
}  // namespace hailong::tests
