#include "kiosk/design/slices.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace hailong::kiosk::design {
namespace {

constexpr Slice kSlice{.side = 70, .margin = 10, .corner = 34, .edge = 12};

/// How often each pixel of a plane of 300 x 300 is drawn on.
std::vector<int> cover(const Patches& patches) {
  constexpr int kSide = 300;
  std::vector<int> plane(static_cast<std::size_t>(kSide) * kSide);
  const auto add = [&plane](const Rect& rect) {
    for (int y = static_cast<int>(rect.y); y < static_cast<int>(rect.bottom()); ++y) {
      for (int x = static_cast<int>(rect.x); x < static_cast<int>(rect.right()); ++x) {
        ++plane[static_cast<std::size_t>(y) * kSide + static_cast<std::size_t>(x)];
      }
    }
  };
  for (const Corner& corner : patches.corners) add(corner.to);
  for (const Rect& edge : patches.edges) add(edge);
  for (const Rect& fill : patches.fills) add(fill);
  return plane;
}

void expect_covered_once(const Rect& rect) {
  const std::vector<int> plane = cover(cut(kSlice, rect));
  const Rect whole = rect.inset(-kSlice.margin);
  for (std::size_t at = 0; at < plane.size(); ++at) {
    const auto x = static_cast<float>(at % 300);
    const auto y = std::floor(static_cast<float>(at) / 300);
    ASSERT_EQ(plane[at], whole.contains(x, y) ? 1 : 0) << x << ", " << y;
  }
}

TEST(Slices, CoverTheBoxAndItsShadowOnce) { expect_covered_once({40, 50, 200, 120}); }

TEST(Slices, CoverABoxAsHighAsItsCornersOnce) { expect_covered_once({40, 50, 200, 48}); }

TEST(Slices, CoverABoxSmallerThanItsCornersOnce) { expect_covered_once({40, 50, 31, 17}); }

TEST(Slices, KeepTheSizeOfCorners) {
  for (const auto& [from, to] : cut(kSlice, {40, 50, 200, 120}).corners) {
    EXPECT_EQ(from.width, to.width);
    EXPECT_EQ(from.height, to.height);
  }
}

TEST(Slices, TakeCornersFromInsideThePicture) {
  for (const auto& [from, to] : cut(kSlice, {40, 50, 200, 120}).corners) {
    EXPECT_GE(from.x, 0);
    EXPECT_GE(from.y, 0);
    EXPECT_LE(from.right(), kSlice.side);
    EXPECT_LE(from.bottom(), kSlice.side);
  }
}

TEST(Slices, LieOnWholePixels) {
  const Patches patches = cut(kSlice, {40.4F, 50.6F, 199.7F, 120.2F});
  const auto expect_whole = [](const Rect& rect) {
    for (const float at : {rect.x, rect.y, rect.width, rect.height}) {
      EXPECT_EQ(at, std::round(at));
    }
  };
  for (const Corner& corner : patches.corners) expect_whole(corner.to);
  for (const Rect& edge : patches.edges) expect_whole(edge);
  for (const Rect& fill : patches.fills) expect_whole(fill);
}

TEST(Slices, OfABoxWithoutRoomAreEmpty) {
  const Patches patches = cut({.side = 10, .margin = 0, .corner = 4, .edge = 1}, {40, 50, 0, -3});
  for (const int times : cover(patches)) ASSERT_EQ(times, 0);
}

/// A picture of 8 x 8 whose rows are, from above: nothing, a half shadow, two of a line, flat.
Picture framed() {
  Picture picture{8, 8, std::vector<std::uint32_t>(64, 0xFFFFFFFF)};
  for (std::size_t x = 0; x < 8; ++x) {
    picture.pixels[x] = 0;
    picture.pixels[8 + x] = 0x80010203;
    picture.pixels[16 + x] = picture.pixels[24 + x] = 0xFF445566;
  }
  return picture;
}

TEST(EdgeLines, AreReadFromTheOutsideWithoutWhatCannotBeSeen) {
  const EdgeLines edges = read_edges(framed(), {.side = 8, .margin = 2, .corner = 3, .edge = 4});
  const std::vector<EdgeLine> expected = {{1, 2, {1, 2, 3}, 0x80}, {2, 4, {0x44, 0x55, 0x66}, 255}};
  EXPECT_EQ(edges[static_cast<std::size_t>(Side::kTop)], expected);
  EXPECT_EQ(edges[static_cast<std::size_t>(Side::kBottom)],
            (std::vector<EdgeLine>{{0, 4, {255, 255, 255}, 255}}));
}

TEST(EdgeLines, LieAsDeepInTheirEdgeAsInThePicture) {
  const EdgeLine line{1, 3, {}, 255};
  const Rect edge{10, 20, 30, 40};
  EXPECT_EQ(line_in(edge, Side::kTop, line), (Rect{10, 21, 30, 2}));
  EXPECT_EQ(line_in(edge, Side::kRight, line), (Rect{37, 20, 2, 40}));
  EXPECT_EQ(line_in(edge, Side::kBottom, line), (Rect{10, 57, 30, 2}));
  EXPECT_EQ(line_in(edge, Side::kLeft, line), (Rect{11, 20, 2, 40}));
}

TEST(EdgeLines, LeaveAnEdgeThatIsTooNarrow) {
  const EdgeLine line{3, 6, {}, 255};
  EXPECT_EQ(line_in({0, 0, 50, 4}, Side::kTop, line).height, 1);
  EXPECT_EQ(line_in({0, 0, 50, 2}, Side::kTop, line).height, 0);
}

}  // namespace
}  // namespace hailong::kiosk::design
