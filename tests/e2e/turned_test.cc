#include <gtest/gtest.h>

#include "tests/e2e/journal_witness.h"
#include "tests/e2e/resident.h"
#include "tests/temp_folder.h"

/// A monitor that is mounted turned: the real kiosk on a real X server whose screen lies the other
/// way.

namespace hailong::tests {
namespace {

using namespace kiosk::flow;
using Json = nlohmann::json;

class Turned : public testing::TestWithParam<kiosk::Rotation> {
 protected:
  Turned() : kiosk_(display_, folder_.path(), options()), journal_(kiosk_.journal()) {
    kiosk_.start();
  }

  static KioskOptions options() {
    KioskOptions options;
    options.thank_you_seconds = 30;
    options.rotation = GetParam();
    return options;
  }

  TempFolder folder_;
  XDisplay display_{1280, 800};
  KioskSession kiosk_;
  JournalWitness journal_;
};

TEST_P(Turned, ShowsWhatItShouldAndTakesTapsWhereTheyAreMeant) {
  Resident resident(display_, kiosk_);
  resident.tap(&FaceTapped::score, *core::Score::from(2));
  EXPECT_EQ(journal_.said(1)["rating"]["score"], 2);
  resident.know_recorded(1);
  resident.tap<SayMoreTapped>();
  resident.tap(&ChoiceTapped::place, 1);
  resident.tap<DoneTapped>();
  EXPECT_TRUE(journal_.said(2).contains("answers"));
  resident.know_recorded(2);
  resident.tap_elsewhere();
  resident.see();
  EXPECT_TRUE(resident.is_at<Home>());
  EXPECT_EQ(kiosk_.stop(), 0);
}

TEST_P(Turned, TakesATapForTheFaceUnderIt) {
  kiosk_.look();
  kiosk_.tap_face(4);
  EXPECT_TRUE(kiosk_.wait_for(Sight::kOther));
  EXPECT_EQ(journal_.said(1)["rating"]["score"], 4);
  EXPECT_EQ(kiosk_.stop(), 0);
}

INSTANTIATE_TEST_SUITE_P(Panels, Turned,
                         testing::Values(kiosk::Rotation::kQuarter, kiosk::Rotation::kHalf,
                                         kiosk::Rotation::kThreeQuarters));

}  // namespace
}  // namespace hailong::tests
