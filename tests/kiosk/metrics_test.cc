#include "kiosk/design/metrics.h"

#include <gtest/gtest.h>

namespace hailong::kiosk::design {
namespace {

const Size kLying{1280, 800};
const Size kUpright{800, 1280};

TEST(Metrics, AreThoseOfTheDesignAtItsOwnSize) {
  const Metrics m = metrics_for(kLying);
  EXPECT_EQ(m.question, 48);
  EXPECT_EQ(m.answer, 27);  // "Không hài lòng" keeps to one line of a card
  EXPECT_EQ(m.body, 24);
  EXPECT_EQ(m.small, 20);
  EXPECT_EQ(m.grid, 8);
  EXPECT_EQ(m.margin, 40);
  EXPECT_EQ(m.card, 224);
  EXPECT_EQ(m.header, 116);
  EXPECT_EQ(m.target, 116);
  EXPECT_EQ(m.least, 16);
  EXPECT_EQ(m.stroke, 2);
}

TEST(Metrics, GiveTargetsTheirMillimetres) {
  const Metrics m = metrics_for(kLying, TextSize::kA, kUsualPixelsPerMm, false);
  EXPECT_EQ(m.target, 118);
  EXPECT_EQ(m.face_target, 177);
  EXPECT_GE(m.card, m.face_target);
}

TEST(Metrics, KeepTheDesignsProportionsOnLargePanels) {
  const Metrics m = metrics_for({1920, 1080}, TextSize::kA, 2.0F, false);
  EXPECT_EQ(m.target, 157);
  EXPECT_EQ(m.header, m.target);
  const Metrics upright = metrics_for({1080, 1920}, TextSize::kA, 2.0F, false);
  EXPECT_EQ(static_cast<int>(1080 / upright.target), 8) << "eight keys side by side";
}

TEST(Metrics, GrowAllTextsWithTheTextSize) {
  for (const Size window : {kLying, kUpright, Size{1024, 600}, Size{1920, 1080}}) {
    const Metrics normal = metrics_for(window, TextSize::kA, 0, false);
    const Metrics large = metrics_for(window, TextSize::kAPlus, 0, false);
    const Metrics largest = metrics_for(window, TextSize::kAPlusPlus, 0, false);
    for (float Metrics::*size :
         {&Metrics::question, &Metrics::answer, &Metrics::body, &Metrics::small}) {
      EXPECT_NEAR(large.*size, normal.*size * 1.15F, 1.1F);
      EXPECT_NEAR(largest.*size, normal.*size * 1.3F, 1.2F);
    }
    EXPECT_EQ(largest.grid, normal.grid);
    EXPECT_EQ(largest.card, normal.card);
  }
}

TEST(Metrics, UseTheWholeWindow) {
  EXPECT_EQ(metrics_for(kLying).stage, (Rect{0, 0, 1280, 800}));
  EXPECT_EQ(metrics_for(kUpright).stage, (Rect{0, 0, 800, 1280}));
}

TEST(Metrics, KeepToTheLowerSixtyPercentOfAnUprightWindowWhenAsked) {
  const auto lower = [](Size window) {
    return metrics_for(window, TextSize::kA, kUsualPixelsPerMm, true).stage;
  };
  EXPECT_EQ(lower(kUpright), (Rect{0, 512, 800, 768}));
  EXPECT_EQ(lower(kLying), (Rect{0, 0, 1280, 800}));
}

TEST(Metrics, LeaveRoomForMoreThanFacesOnEveryStage) {
  for (const Size window : {kLying, kUpright, Size{1024, 600}, Size{2560, 1080}, Size{600, 1024}}) {
    for (const bool lower : {false, true}) {
      const Metrics m = metrics_for(window, TextSize::kAPlusPlus, 4, lower);
      EXPECT_LE(m.face, m.card);
      EXPECT_LE(m.face, m.stage.height / 4);
      EXPECT_LE(m.sign, m.stage.height / 6);
    }
  }
}

TEST(Rect, KnowsWhatItContains) {
  const Rect rect{10, 20, 30, 40};
  EXPECT_TRUE(rect.contains(10, 20));
  EXPECT_FALSE(rect.contains(40, 20));
  EXPECT_EQ(rect.inset(5), (Rect{15, 25, 20, 30}));
  EXPECT_EQ(rect.inset(-5), (Rect{5, 15, 40, 50}));
  EXPECT_EQ(rect.centre_x(), 25);
  EXPECT_EQ(rect.centre_y(), 40);
}

}  // namespace
}  // namespace hailong::kiosk::design
