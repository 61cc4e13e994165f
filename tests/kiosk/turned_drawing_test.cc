#include <SDL.h>
#include <gtest/gtest.h>

#include <cstring>
#include <string>
#include <vector>

#include "tests/kiosk/gallery.h"
#include "tests/kiosk/stage.h"

/// A panel that is mounted turned shows the upright picture, pixel for pixel.

namespace hailong::tests {
namespace {

using kiosk::Rotation;
using kiosk::design::Size;
using Rows = std::vector<std::vector<std::uint32_t>>;

Rows rows_of(const SDL_Surface& surface) {
  const auto width = static_cast<std::size_t>(surface.w);
  Rows rows(static_cast<std::size_t>(surface.h), std::vector<std::uint32_t>(width));
  for (std::size_t y = 0; y < rows.size(); ++y) {
    std::memcpy(
        rows[y].data(),
        static_cast<const char*>(surface.pixels) + static_cast<std::ptrdiff_t>(y) * surface.pitch,
        width * sizeof(std::uint32_t));
  }
  return rows;
}

/// A quarter of a turn against the clock: the rightmost column becomes the first row.
Rows turned_left(const Rows& rows) {
  const std::size_t width = rows.front().size();
  Rows turned(width);
  for (std::size_t y = 0; y < width; ++y) {
    for (const auto& row : rows) turned[y].push_back(row[width - 1 - y]);
  }
  return turned;
}

struct Mounting {
  Rotation rotation;
  int quarters;  // of a turn
  Size size;     // of the upright picture
};

class TurnedDrawing : public testing::TestWithParam<Mounting> {
 protected:
  /// "" when the panel shows the upright picture, else where it does not, in upright pixels.
  std::string difference() {
    Rows seen = rows_of(panel_.surface());
    for (int i = 0; i < GetParam().quarters; ++i) seen = turned_left(seen);
    const Rows wanted = rows_of(upright_.surface());
    if (seen.size() != wanted.size()) return "another size";
    for (std::size_t y = 0; y < wanted.size(); ++y) {
      for (std::size_t x = 0; x < wanted[y].size(); ++x) {
        if (seen[y][x] != wanted[y][x]) return std::to_string(x) + ", " + std::to_string(y);
      }
    }
    return "";
  }

  void prefer(const kiosk::flow::Preferences& preferences) {
    panel_.prefer(preferences);
    upright_.prefer(preferences);
  }

  Stage panel_{GetParam().size, contents(), GetParam().rotation};
  Stage upright_{GetParam().size};
};

TEST_P(TurnedDrawing, IsTheUprightPictureBitForBit) {
  panel_.show(kiosk::flow::Home{});
  upright_.show(kiosk::flow::Home{});
  EXPECT_EQ(difference(), "");
}

/// Each page is drawn over the one before, only where it differs.
TEST_P(TurnedDrawing, OfEveryPageAfterAnotherIsWhole) {
  for (const Exhibit& exhibit : gallery(panel_.contents_shown().survey)) {
    panel_.show(exhibit.screen);
    upright_.show_anew(exhibit.screen);
    EXPECT_EQ(difference(), "") << exhibit.name;
  }
}

TEST_P(TurnedDrawing, OfAPressedFaceAndItsReleaseIsWhole) {
  const kiosk::flow::Home home;
  const auto width = static_cast<float>(GetParam().size.width);
  const auto height = static_cast<float>(GetParam().size.height);
  panel_.show(home);
  for (int score = 1; score <= 5; ++score) {
    const float x = width * (static_cast<float>(score) - 0.5F) / 5;
    for (const auto action : {kiosk::input::Action::kDown, kiosk::input::Action::kCancel}) {
      panel_.point(action, x, height * 0.55F, home);
      upright_.point(action, x, height * 0.55F, home);
      EXPECT_TRUE(panel_.show(home));
      upright_.show_anew(home);
      EXPECT_EQ(difference(), "") << score;
    }
  }
}

TEST_P(TurnedDrawing, DrawsNothingWhenNothingChanged) {
  EXPECT_TRUE(panel_.show(kiosk::flow::Home{}));
  EXPECT_FALSE(panel_.show(kiosk::flow::Home{}));
}

TEST_P(TurnedDrawing, InHighContrastIsWhole) {
  prefer({kiosk::flow::TextSize::kLargest, kiosk::flow::Contrast::kHigh,
          kiosk::flow::Language::kEnglish, false, false});
  panel_.show(kiosk::flow::Home{});
  upright_.show(kiosk::flow::Home{});
  EXPECT_EQ(difference(), "");
}

INSTANTIATE_TEST_SUITE_P(Mountings, TurnedDrawing,
                         testing::Values(Mounting{Rotation::kQuarter, 1, {600, 1024}},
                                         Mounting{Rotation::kHalf, 2, {1024, 600}},
                                         Mounting{Rotation::kThreeQuarters, 3, {800, 1280}}));

/// What "turned clockwise by a quarter" means: the first row of the picture is the last column.
TEST(TurnedSurface, TurnsClockwiseOnPanelsOfEveryDepth) {
  for (const auto format : {SDL_PIXELFORMAT_ARGB8888, SDL_PIXELFORMAT_RGB565}) {
    const Surface shown = surface_of(600, 1024, format);
    const auto renderer =
        must(kiosk::render::make_surface_renderer(shown.get(), Rotation::kQuarter));
    const kiosk::Contents what = contents();
    kiosk::Ui ui(what);
    must(ui.fit({1024, 600}, *renderer));
    ui.draw(0);
    EXPECT_TRUE(renderer->draw(ui.picture(), ui.background()));
    const Surface copy(SDL_ConvertSurfaceFormat(shown.get(), SDL_PIXELFORMAT_ARGB8888, 0));
    Stage upright({1024, 600});
    upright.show(kiosk::flow::Home{});
    const Rows panel = rows_of(*copy);
    const Rows picture = rows_of(upright.surface());
    const auto shade = [](std::uint32_t pixel) { return pixel >> 3 & 0x1F; };
    for (std::size_t x = 0; x < 1024; x += 64) {
      EXPECT_NEAR(shade(panel[x].back()), shade(picture.front()[x]), 1);
      EXPECT_NEAR(shade(panel[x].front()), shade(picture.back()[x]), 1);
    }
    ui.release();
  }
}

}  // namespace
}  // namespace hailong::tests
