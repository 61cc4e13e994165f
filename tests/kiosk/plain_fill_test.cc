#include "kiosk/render/plain_fill.h"

#include <gtest/gtest.h>
#include <imgui.h>
#include <imgui_internal.h>

#include <cmath>
#include <cstring>

#include "tests/kiosk/surface.h"

namespace hailong::kiosk::render {
namespace {

using tests::Surface;

Surface board(SDL_PixelFormatEnum format = SDL_PIXELFORMAT_ARGB8888) {
  return tests::surface_of(40, 30, format);
}

SDL_Color at(const SDL_Surface& surface, int x, int y) {
  std::uint32_t pixel = 0;
  std::memcpy(&pixel,
              static_cast<const char*>(surface.pixels) + std::ptrdiff_t{y} * surface.pitch +
                  std::ptrdiff_t{x} * 4,
              4);
  SDL_Color colour{};
  SDL_GetRGBA(pixel, surface.format, &colour.r, &colour.g, &colour.b, &colour.a);
  return colour;
}

bool operator==(const SDL_Color& a, const SDL_Color& b) {
  return a.r == b.r && a.g == b.g && a.b == b.b;
}

constexpr SDL_Rect kEverywhere{0, 0, 40, 30};
constexpr SDL_Color kRed{200, 30, 10, 255};
constexpr SDL_Color kBlack{0, 0, 0, 255};

/// What ImGui makes of a shape.
struct Shape {
  Shape() {
    list._ResetForNewFrame();
    list.PushClipRect({0, 0}, {40, 30});
    list.PushTextureID(nullptr);
  }
  [[nodiscard]] std::optional<PlainFill> fill() const {
    return plain_fill(list.VtxBuffer.Data, list.IdxBuffer.Data);
  }

  ImDrawListSharedData shared;
  ImDrawList list{&shared};
};

TEST(PlainFill, IsWhatImGuiFillsARectangleWith) {
  Shape shape;
  shape.list.AddRectFilled({3, 4}, {13, 24}, IM_COL32(1, 2, 3, 100));
  const auto fill = shape.fill();
  ASSERT_TRUE(fill);
  EXPECT_TRUE(fill->rect.x == 3 && fill->rect.y == 4 && fill->rect.w == 10 && fill->rect.h == 20);
  EXPECT_TRUE(fill->colour == (SDL_Color{1, 2, 3, 0}));
  EXPECT_EQ(fill->colour.a, 100);
}

TEST(PlainFill, IsNoPicture) {
  Shape shape;
  shape.list.AddImage(nullptr, {3, 4}, {13, 24});
  EXPECT_FALSE(shape.fill());
}

TEST(PlainFill, HasOneColour) {
  Shape shape;
  shape.list.AddRectFilledMultiColor({3, 4}, {13, 24}, IM_COL32_WHITE, IM_COL32_BLACK,
                                     IM_COL32_WHITE, IM_COL32_BLACK);
  EXPECT_FALSE(shape.fill());
}

TEST(PlainFill, IsUprightAndOnWholePixels) {
  Shape half;
  half.list.AddRectFilled({3.5F, 4}, {13, 24}, IM_COL32_WHITE);
  EXPECT_FALSE(half.fill());
  Shape leaning;
  leaning.list.PrimReserve(6, 4);
  leaning.list.PrimQuadUV({3, 4}, {13, 5}, {12, 24}, {2, 23}, {}, {}, {}, {}, IM_COL32_WHITE);
  EXPECT_FALSE(leaning.fill());
}

TEST(PlainFill, IsTwoTrianglesOfOneRectangle) {
  Shape shape;
  shape.list.Flags = ImDrawListFlags_None;
  shape.list.AddTriangleFilled({0, 0}, {10, 0}, {10, 10}, IM_COL32_WHITE);
  shape.list.AddTriangleFilled({20, 0}, {30, 0}, {30, 10}, IM_COL32_WHITE);
  EXPECT_FALSE(shape.fill());
}

TEST(PlainFill, CoversItsRectangleAndNothingElse) {
  const Surface shown = board();
  draw(*shown, {{5, 6, 10, 8}, kRed}, kEverywhere);
  for (int y = 0; y < 30; ++y) {
    for (int x = 0; x < 40; ++x) {
      const bool inside = x >= 5 && x < 15 && y >= 6 && y < 14;
      ASSERT_TRUE(at(*shown, x, y) == (inside ? kRed : kBlack)) << x << ", " << y;
    }
  }
}

TEST(PlainFill, IsCutToTheClipAndTheSurface) {
  const Surface shown = board();
  draw(*shown, {{-100, -100, 1000, 1000}, kRed}, {10, 10, 5, 5});
  EXPECT_TRUE(at(*shown, 10, 10) == kRed);
  EXPECT_TRUE(at(*shown, 9, 10) == kBlack);
  EXPECT_TRUE(at(*shown, 15, 14) == kBlack);
  draw(*shown, {{-100, -100, 1000, 1000}, kRed}, {-50, -50, 500, 500});
  EXPECT_TRUE(at(*shown, 0, 0) == kRed);
  EXPECT_TRUE(at(*shown, 39, 29) == kRed);
  draw(*shown, {{50, 50, 10, 10}, kBlack}, {0, 0, 500, 500});
  draw(*shown, {{0, 0, 10, 10}, kBlack}, {20, 20, 5, 5});
  EXPECT_TRUE(at(*shown, 0, 0) == kRed);
}

TEST(PlainFill, BlendsEveryAlphaWithinOneOfExactRounding) {
  for (int alpha = 0; alpha <= 255; ++alpha) {
    const Surface shown = board();
    constexpr SDL_Color kUnder{250, 128, 3, 255};
    draw(*shown, {kEverywhere, kUnder}, kEverywhere);
    draw(*shown, {kEverywhere, {10, 200, 255, static_cast<Uint8>(alpha)}}, kEverywhere);
    const auto expect = [alpha](int over, int under, int seen) {
      const double exact = (over * alpha + under * (255 - alpha)) / 255.0;
      ASSERT_NEAR(seen, exact, 1.5) << alpha;
    };
    const SDL_Color seen = at(*shown, 20, 15);
    expect(10, kUnder.r, seen.r);
    expect(200, kUnder.g, seen.g);
    expect(255, kUnder.b, seen.b);
    EXPECT_EQ(seen.a, 255);
  }
}

TEST(PlainFill, WithNoAlphaChangesNothing) {
  const Surface shown = board();
  draw(*shown, {kEverywhere, kRed}, kEverywhere);
  draw(*shown, {kEverywhere, {9, 9, 9, 0}}, kEverywhere);
  EXPECT_TRUE(at(*shown, 3, 3) == kRed);
}

TEST(PlainFill, KnowsTheOrderOfASurfacesChannels) {
  for (const auto format : {SDL_PIXELFORMAT_RGB888, SDL_PIXELFORMAT_BGR888,
                            SDL_PIXELFORMAT_RGBA8888, SDL_PIXELFORMAT_ABGR8888}) {
    const Surface shown = board(format);
    ASSERT_TRUE(can_draw_on(*shown));
    draw(*shown, {kEverywhere, kRed}, kEverywhere);
    EXPECT_TRUE(at(*shown, 3, 3) == kRed) << SDL_GetPixelFormatName(format);
  }
}

TEST(PlainFill, LeavesOtherSurfacesToSdl) {
  EXPECT_FALSE(can_draw_on(*board(SDL_PIXELFORMAT_RGB565)));
  EXPECT_FALSE(can_draw_on(*board(SDL_PIXELFORMAT_RGB24)));
}

}  // namespace
}  // namespace hailong::kiosk::render
