#include <SDL.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <random>
#include <string>
#include <vector>

#include "tests/kiosk/gallery.h"
#include "tests/kiosk/staff_gallery.h"
#include "tests/kiosk/stage.h"

/// Only what has changed is drawn; the picture must be the one that drawing everything gives.

namespace hailong::tests {
namespace {

using namespace kiosk::flow;

/// Two surfaces: one that only gets the changes, and one that is drawn anew each time.
class Pair {
 public:
  explicit Pair(kiosk::design::Size size) : changed_(size), anew_(size) {}

  void prefer(const Preferences& preferences) {
    changed_.prefer(preferences);
    anew_.prefer(preferences);
  }

  /// "" when both look the same, else the first pixel that differs.
  std::string difference(const Screen& screen) {
    changed_.show(screen);
    anew_.show_anew(screen);
    const SDL_Surface& a = changed_.surface();
    const SDL_Surface& b = anew_.surface();
    for (int y = 0; y < a.h; ++y) {
      for (int x = 0; x < a.w; ++x) {
        if (pixel(a, x, y) != pixel(b, x, y)) {
          return std::to_string(x) + ", " + std::to_string(y);
        }
      }
    }
    return "";
  }

  [[nodiscard]] const Survey& survey() const { return changed_.contents_shown().survey; }

 private:
  static std::uint32_t pixel(const SDL_Surface& surface, int x, int y) {
    std::uint32_t value = 0;
    const auto* row = static_cast<const char*>(surface.pixels) + std::ptrdiff_t{y} * surface.pitch;
    std::memcpy(&value, row + std::ptrdiff_t{x} * 4, sizeof value);
    return value;
  }

  Stage changed_;
  Stage anew_;
};

/// The same screen with another number on its clock.
Screen a_second_later(Screen screen) {
  std::visit(
      []<typename S>(S& shown) {
        if constexpr (requires { shown.stay; }) --shown.stay.seconds_left;
        if constexpr (requires { shown.seconds_left; }) --shown.seconds_left;
      },
      screen);
  return screen;
}

class PartialDrawing : public testing::TestWithParam<kiosk::design::Size> {};

TEST_P(PartialDrawing, OfEveryPageAfterEveryOtherIsWhole) {
  Pair pair(GetParam());
  std::mt19937 random(20240814);
  for (int round = 0; round < 3; ++round) {
    auto exhibits = gallery(pair.survey());
    std::shuffle(exhibits.begin(), exhibits.end(), random);
    for (const Exhibit& exhibit : exhibits) {
      EXPECT_EQ(pair.difference(exhibit.screen), "") << exhibit.name;
      EXPECT_EQ(pair.difference(a_second_later(exhibit.screen)), "") << exhibit.name;
    }
  }
}

TEST_P(PartialDrawing, OfStaffModeIsWhole) {
  Pair pair(GetParam());
  for (const Exhibit& exhibit : staff_gallery()) {
    EXPECT_EQ(pair.difference(exhibit.screen), "") << exhibit.name;
    auto screen = std::get<Staff>(exhibit.screen);
    screen.stay.seconds_left = 8;
    EXPECT_EQ(pair.difference(screen), "") << exhibit.name;
  }
}

TEST_P(PartialDrawing, OfWhatIsTypedIsWhole) {
  Pair pair(GetParam());
  const Visit visit{1, *core::Score::from(2), {}, false, 1, 1, 0, 0, std::nullopt};
  Search search{{visit, Stay{0, 45'000, 45}}, "", 0};
  Words words{{visit, Stay{0, 45'000, 45}},
              core::Draft(core::TypingMethod::kTelex, core::TonePlacement::kOld),
              {}};
  for (const char key : std::string("khai sinh khai tuwr keets hoon")) {
    search.query.push_back(key);
    EXPECT_EQ(pair.difference(search), "") << search.query;
  }
  for (const char key : std::string("Toi rat camr own cacs chij huwowngs danx")) {
    words.draft.type(static_cast<char32_t>(key));
    EXPECT_EQ(pair.difference(words), "") << words.draft.text();
  }
}

TEST_P(PartialDrawing, InHighContrastIsWhole) {
  Pair pair(GetParam());
  pair.prefer({TextSize::kLarge, Contrast::kHigh, Language::kVietnamese, false, false});
  for (const Exhibit& exhibit : gallery(pair.survey())) {
    EXPECT_EQ(pair.difference(exhibit.screen), "") << exhibit.name;
    EXPECT_EQ(pair.difference(a_second_later(exhibit.screen)), "") << exhibit.name;
  }
}

INSTANTIATE_TEST_SUITE_P(Windows, PartialDrawing,
                         testing::Values(kiosk::design::Size{1280, 800},
                                         kiosk::design::Size{800, 1280},
                                         kiosk::design::Size{1920, 1080}));

}  // namespace
}  // namespace hailong::tests
