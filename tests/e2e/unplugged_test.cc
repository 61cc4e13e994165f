#include <gtest/gtest.h>

#include "tests/e2e/journal_witness.h"
#include "tests/e2e/resident.h"
#include "tests/temp_folder.h"

/// The monitor is pulled out and plugged in again, and others take the window's place, while
/// somebody is at the kiosk. Monitors are RandR's: what a cable does to a real display's hardware,
/// and touch panels that vanish, cannot be had here.

namespace hailong::tests {
namespace {

using namespace kiosk::flow;
using Json = nlohmann::json;

class Unplugged : public testing::Test {
 protected:
  Unplugged()
      : display_(1280, 800),
        kiosk_(display_, folder_.path(), {30, ""}),
        journal_(kiosk_.journal()) {
    kiosk_.start();
  }

  /// As far as a reason that is chosen, but not handed over.
  void choose_reason(Resident& resident) {
    resident.tap(&FaceTapped::score, *core::Score::from(1));
    EXPECT_EQ(journal_.said(1)["rating"]["score"], 1);
    resident.know_recorded(1);
    resident.tap<SayMoreTapped>();
    resident.tap(&ChoiceTapped::place, 1);
    resident.see();
  }

  /// The visit goes on as if nothing had been.
  void finish(Resident& resident) {
    resident.tap(&ChoiceTapped::place, 2);
    resident.tap<DoneTapped>();
    const Json reasons{{"reasons", {"many-trips", "unclear-guidance"}}};
    EXPECT_EQ(journal_.said(2), (Json{{"answers", {{"rating", 1}, {"answers", reasons}}}}));
    resident.know_recorded(2);
    resident.tap_elsewhere();
    resident.see();
    EXPECT_TRUE(resident.is_at<Home>());
    EXPECT_EQ(kiosk_.stop(), 0);
  }

  /// Puts a finger on a face and leaves it there; again when the kiosk, which has only just
  /// started, did not take it. False when it takes none.
  bool press_face(int score) {
    const auto [x, y] = kiosk_.face(score);
    for (int tries = 0; tries < 10; ++tries) {
      kiosk_.look();
      display_.move(x, y);
      display_.press(true);
      if (kiosk_.wait_for(Sight::kPressed, std::chrono::seconds{3})) return true;
      display_.move(x, 0);  // off the face, so that lifting is no tap
      display_.press(false);
    }
    return false;
  }

  TempFolder folder_;
  XDisplay display_;
  KioskSession kiosk_;
  JournalWitness journal_;
};

TEST_F(Unplugged, KeepsTheVisitUntilTheSameMonitorIsBack) {
  Resident resident(display_, kiosk_);
  choose_reason(resident);
  display_.unplug();
  display_.wait(std::chrono::milliseconds{500});
  display_.plug(1280, 800);
  finish(resident);
}

/// Without a window manager nobody gives the window another size: what does not fit is cut off.
TEST_F(Unplugged, GoesOnOnASmallerMonitorAndOnItsOwnAgain) {
  Resident resident(display_, kiosk_);
  choose_reason(resident);
  display_.unplug();
  display_.plug(1024, 768);
  resident.tap(&ChoiceTapped::place, 0);
  resident.tap(&ChoiceTapped::place, 0);
  resident.see();
  display_.plug(1280, 800);
  finish(resident);
}

TEST_F(Unplugged, LetsGoOfAFingerWhenAnotherWindowTakesTheFocus) {
  ASSERT_TRUE(press_face(2));
  display_.take_focus();
  ASSERT_TRUE(kiosk_.wait_for(Sight::kHome));
  display_.press(false);
  kiosk_.look();
  kiosk_.look();
  kiosk_.tap_face(5);
  EXPECT_EQ(journal_.said(1)["rating"]["score"], 5);
  EXPECT_EQ(journal_.last(), 1);
  EXPECT_EQ(kiosk_.stop(), 0);
}

}  // namespace
}  // namespace hailong::tests
