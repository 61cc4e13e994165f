#include "kiosk/design/icons.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <vector>

#include "kiosk/design/signs.h"

namespace hailong::kiosk::design {
namespace {

class EveryIcon : public testing::TestWithParam<int> {
 protected:
  const Icon icon_ = static_cast<Icon>(GetParam());
};

INSTANTIATE_TEST_SUITE_P(Icons, EveryIcon, testing::Range(0, static_cast<int>(kIcons)));

TEST_P(EveryIcon, IsWhiteOnNothing) {
  const Picture picture = paint_icon(icon_, 32);
  for (const std::uint32_t pixel : picture.pixels) {
    const bool is_empty = pixel >> 24 == 0;
    ASSERT_TRUE(is_empty || (pixel & 0x00FFFFFF) == 0x00FFFFFF);
  }
}

TEST_P(EveryIcon, FillsATwelfthToAHalfOfItsSquare) {
  const Picture picture = paint_icon(icon_, 48);
  double ink = 0;
  for (const std::uint32_t pixel : picture.pixels) ink += (pixel >> 24) / 255.0;
  const double share = ink / static_cast<double>(picture.pixels.size());
  EXPECT_GE(share, 1.0 / 12);
  EXPECT_LE(share, 0.5);
}

TEST_P(EveryIcon, IsNotCutAtItsSides) {
  const Picture picture = paint_icon(icon_, 96);
  const auto side = static_cast<std::size_t>(picture.width);
  for (std::size_t at = 0; at < side; ++at) {
    EXPECT_EQ(picture.pixels[at], 0U);
    EXPECT_EQ(picture.pixels[at * side], 0U);
    EXPECT_EQ(picture.pixels[at * side + side - 1], 0U);
    EXPECT_EQ(picture.pixels[(side - 1) * side + at], 0U);
  }
}

TEST(Icons, AreAllDifferent) {
  std::set<std::vector<std::uint32_t>> seen;
  for (std::size_t icon = 0; icon < kIcons; ++icon) {
    EXPECT_TRUE(seen.insert(paint_icon(static_cast<Icon>(icon), 32).pixels).second) << icon;
  }
}

TEST(Faces, DifferByShapeAlone) {
  // All discs in one colour: what is left to tell the faces apart is what they do.
  Theme grey = theme(Contrast::kNormal);
  grey.scale.fill({0x99, 0x99, 0x99});
  std::set<std::vector<std::uint32_t>> seen;
  for (int score = 1; score <= 5; ++score) {
    const Picture face = paint_face(grey, *core::Score::from(score), 96, false);
    EXPECT_TRUE(seen.insert(face.pixels).second) << score;
  }
}

std::uint32_t pixel_at(const Picture& picture, int x, int y) {
  return picture.pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(picture.width) +
                        static_cast<std::size_t>(x)];
}

TEST(Faces, AreOutlinedInATheme) {
  const Theme& high = theme(Contrast::kHigh);
  const Picture face = paint_face(high, *core::Score::from(3), 100, false);
  const std::uint32_t outline = 0xFFFFFFFF;
  EXPECT_EQ(pixel_at(face, 50, 1), outline);
  EXPECT_EQ(pixel_at(face, 1, 50), outline);
  EXPECT_NE(pixel_at(face, 50, 10), outline);
}

TEST(Faces, AreSmallerWhilePressed) {
  const Theme& normal = theme(Contrast::kNormal);
  EXPECT_NE(pixel_at(paint_face(normal, *core::Score::from(3), 200, false), 100, 1), 0U);
  EXPECT_EQ(pixel_at(paint_face(normal, *core::Score::from(3), 200, true), 100, 1), 0U);
}

TEST(Signs, AreDiscsOfTheirThemesColours) {
  for (const Contrast contrast : {Contrast::kNormal, Contrast::kHigh}) {
    const Theme& look = theme(contrast);
    const auto is = [](std::uint32_t pixel, Colour colour) {
      return (pixel >> 16 & 0xFF) == colour.red && (pixel >> 8 & 0xFF) == colour.green &&
             (pixel & 0xFF) == colour.blue;
    };
    EXPECT_TRUE(is(pixel_at(paint_tick(look, 100), 50, 10), look.calm));
    EXPECT_TRUE(is(pixel_at(paint_alert(look, 100), 50, 10), look.alert));
    EXPECT_TRUE(is(pixel_at(paint_alert(look, 100), 50, 40), look.on_sign));
  }
}

}  // namespace
}  // namespace hailong::kiosk::design
