#include "kiosk/design/skins.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <numeric>
#include <vector>

namespace hailong::kiosk::design {
namespace {

const Metrics kUsualMetrics = metrics_for({1280, 800}, TextSize::kA, kUsualPixelsPerMm, false);

std::uint32_t opaque(Colour colour) {
  return 0xFF000000U | static_cast<std::uint32_t>(colour.red << 16 | colour.green << 8) |
         colour.blue;
}

std::uint32_t pixel(const SlicedPicture& sliced, float x, float y) {
  return sliced.picture
      .pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(sliced.picture.width) +
              static_cast<std::size_t>(x)];
}

/// The pixels from `first` up to, not including, `end`.
std::vector<float> steps(float first, float end) {
  std::vector<float> all(static_cast<std::size_t>(std::ceil(end - first)));
  std::iota(all.begin(), all.end(), first);
  return all;
}

class EverySkin : public testing::TestWithParam<std::tuple<int, int, Contrast>> {
 protected:
  const Skin skin_ = static_cast<Skin>(std::get<0>(GetParam()));
  const State state_ = static_cast<State>(std::get<1>(GetParam()));
  const Theme& theme_ = theme(std::get<2>(GetParam()));
  const SlicedPicture sliced_ = paint_skin(theme_, kUsualMetrics, skin_, state_);
};

INSTANTIATE_TEST_SUITE_P(Skins, EverySkin,
                         testing::Combine(testing::Range(0, static_cast<int>(kSkins)),
                                          testing::Range(0, static_cast<int>(kStates)),
                                          testing::Values(Contrast::kNormal, Contrast::kHigh)));

TEST_P(EverySkin, FitsItsSlices) {
  const Slice& slice = sliced_.slice;
  EXPECT_EQ(static_cast<float>(sliced_.picture.width), slice.side);
  EXPECT_EQ(sliced_.picture.width, sliced_.picture.height);
  EXPECT_EQ(sliced_.picture.pixels.size(), static_cast<std::size_t>(sliced_.picture.width) *
                                               static_cast<std::size_t>(sliced_.picture.width));
  EXPECT_LE(slice.edge, slice.corner);
  EXPECT_LT(2 * slice.corner, slice.side);
}

TEST_P(EverySkin, IsOfItsGroundsColourWhereItIsFilled) {
  // What is filled must look like what it is filled instead of: all along the middle, edge to edge.
  const Slice& slice = sliced_.slice;
  EXPECT_EQ(sliced_.middle, ground_of(theme_, skin_, state_));
  if (!sliced_.middle) return;
  const float middle = slice.side / 2;
  for (const float at : steps(slice.edge, slice.side - slice.edge)) {
    ASSERT_EQ(pixel(sliced_, at, middle), opaque(*sliced_.middle)) << at;
    ASSERT_EQ(pixel(sliced_, middle, at), opaque(*sliced_.middle)) << at;
  }
}

/// Whether nobody can see a difference where both are blended.
bool alike(std::uint32_t a, std::uint32_t b) {
  for (const int shift : {0, 8, 16, 24}) {
    const auto seen = [shift](std::uint32_t from) {
      const std::uint32_t alpha = shift == 24 ? 255 : from >> 24;
      return static_cast<int>((from >> shift & 0xFF) * alpha / 255);
    };
    if (std::abs(seen(a) - seen(b)) > 2) return false;
  }
  return true;
}

TEST_P(EverySkin, LooksTheSameAllAlongItsEdges) {
  const Slice& slice = sliced_.slice;
  for (const float depth : steps(0, slice.edge)) {
    const float first = slice.corner;
    const float last = slice.side - slice.corner - 1;
    EXPECT_TRUE(alike(pixel(sliced_, first, depth), pixel(sliced_, last, depth))) << depth;
    EXPECT_TRUE(alike(pixel(sliced_, depth, first), pixel(sliced_, depth, last))) << depth;
  }
}

TEST_P(EverySkin, IsSeenWhenItSaysSo) {
  const bool seen = std::any_of(sliced_.picture.pixels.begin(), sliced_.picture.pixels.end(),
                                [](std::uint32_t at) { return at >> 24 != 0; });
  EXPECT_EQ(seen, is_painted(skin_, state_));
}

TEST_P(EverySkin, HasNoShadowInAThemeWithoutThem) {
  EXPECT_TRUE(theme_.shadows || sliced_.slice.margin == 0);
}

TEST(Skins, ShadowsEndInsideTheirMargin) {
  const SlicedPicture card =
      paint_skin(theme(Contrast::kNormal), kUsualMetrics, Skin::kCard, State::kResting);
  EXPECT_GT(card.slice.margin, 0);
  for (const float at : steps(0, card.slice.side)) {
    EXPECT_LE(pixel(card, at, 0) >> 24, 4U);
    EXPECT_LE(pixel(card, 0, at) >> 24, 4U);
    EXPECT_LE(pixel(card, at, card.slice.side - 1) >> 24, 4U);
  }
}

TEST(Skins, ChosenThingsHaveAHeavierOutline) {
  for (const Skin skin :
       {Skin::kCard, Skin::kTile, Skin::kButton, Skin::kKey, Skin::kField, Skin::kSwitch}) {
    const Theme& normal = theme(Contrast::kNormal);
    const Slice resting = paint_skin(normal, kUsualMetrics, skin, State::kResting).slice;
    const Slice chosen = paint_skin(normal, kUsualMetrics, skin, State::kChosen).slice;
    EXPECT_GT(chosen.edge - chosen.margin, resting.edge - resting.margin);
  }
}

TEST(Skins, AButtonOfATargetsHeightIsAPill) {
  const Slice slice =
      paint_skin(theme(Contrast::kNormal), kUsualMetrics, Skin::kPrimary, State::kResting).slice;
  EXPECT_EQ(2 * (slice.corner - slice.margin), kUsualMetrics.target);
}

TEST(Skins, ArePressedIntoTheirMiddle) {
  const Rect rect{100, 50, 200, 100};
  EXPECT_EQ(drawn_rect(rect, State::kResting), rect);
  EXPECT_EQ(drawn_rect(rect, State::kChosen), rect);
  EXPECT_EQ(drawn_rect(rect, State::kPressed), (Rect{104, 52, 192, 96}));
  EXPECT_EQ(drawn_rect(rect, State::kChosenPressed), (Rect{104, 52, 192, 96}));
}

TEST(Skins, APressedPillStaysOne) {
  const Slice slice =
      paint_skin(theme(Contrast::kNormal), kUsualMetrics, Skin::kPrimary, State::kPressed).slice;
  const Rect drawn = drawn_rect({0, 0, 400, kUsualMetrics.target}, State::kPressed);
  EXPECT_LE(2 * (slice.corner - slice.margin), drawn.height);
}

TEST(Focus, LeavesItsMiddleOpenAndShowsTwoColours) {
  const Theme& normal = theme(Contrast::kNormal);
  const SlicedPicture ring = paint_focus(normal, kUsualMetrics, Skin::kTile);
  EXPECT_FALSE(ring.middle);
  const float middle = ring.slice.side / 2;
  EXPECT_EQ(pixel(ring, middle, middle), 0U);
  EXPECT_EQ(pixel(ring, middle, 0), opaque(normal.background));
  EXPECT_EQ(pixel(ring, middle, ring.slice.margin / 2), opaque(normal.focus));
  EXPECT_EQ(pixel(ring, middle, ring.slice.margin - 1), opaque(normal.background));
}

TEST(Focus, FollowsTheFormOfItsThing) {
  const Theme& normal = theme(Contrast::kNormal);
  EXPECT_GT(paint_focus(normal, kUsualMetrics, Skin::kButton).slice.corner,
            paint_focus(normal, kUsualMetrics, Skin::kTile).slice.corner);
}

}  // namespace
}  // namespace hailong::kiosk::design
