#include <gtest/gtest.h>

#include <cstdlib>
#include <cstring>
#include <string>

#include "tests/kiosk/png.h"
#include "tests/kiosk/stage.h"

/// Every screen at every size, compared with a picture that somebody has looked at.
/// UPDATE_GOLDEN=1 writes the pictures anew: look at them before they are committed.

namespace hailong::tests {
namespace {

namespace flow = kiosk::flow;
using kiosk::design::Picture;
using kiosk::design::Size;

// Another version of FreeType or Cairo rounds edges differently: a few pixels may differ a little.
constexpr int kChannelTolerance = 24;
constexpr double kShareTolerance = 0.002;

struct Shot {
  const char* name;
  flow::Screen screen;
  int press = 0;  // the score whose card is under a finger; 0: none
};

const core::Score kThree = *core::Score::from(3);

const Shot kShots[] = {
    {"home", flow::Home{}},
    {"home-pressed", flow::Home{}, 5},
    {"saving", flow::Saving{kThree, std::nullopt}},
    {"thanks", flow::Thanks{1, true, 600, 5'000, 5}},
    {"thanks-corrected", flow::Thanks{1, false, 600, 5'000, 4}},
    {"choose-again", flow::ChooseAgain{1, 300, 20'000}},
    {"saving-again", flow::Saving{kThree, 1}},
    {"sorry", flow::Sorry{600, 8'000}},
};

const Size kSizes[] = {{1280, 800}, {1024, 600}, {1920, 1080}, {800, 1280}};

Picture picture_of(SDL_Surface& surface) {
  Picture picture{surface.w, surface.h, {}};
  const auto width = static_cast<std::size_t>(surface.w);
  picture.pixels.resize(width * static_cast<std::size_t>(surface.h));
  for (int y = 0; y < surface.h; ++y) {
    std::memcpy(&picture.pixels[static_cast<std::size_t>(y) * width],
                static_cast<const char*>(surface.pixels) + std::ptrdiff_t{y} * surface.pitch,
                width * sizeof(std::uint32_t));
  }
  for (std::uint32_t& pixel : picture.pixels) pixel |= 0xFF000000;
  return picture;
}

Picture take(const Shot& shot, Size size) {
  Stage stage(size);
  if (shot.press != 0) {
    const auto& card = stage.ui().layout().faces[static_cast<std::size_t>(shot.press - 1)].card;
    stage.ui().frame(shot.screen, 0);
    stage.ui().point({kiosk::input::Action::kDown, {card.centre_x(), card.centre_y()}});
  }
  stage.show(shot.screen);
  return picture_of(stage.surface());
}

int difference(std::uint32_t a, std::uint32_t b) {
  int most = 0;
  for (const int shift : {0, 8, 16}) {
    const auto channel = [shift](std::uint32_t pixel) {
      return static_cast<int>(pixel >> shift & 0xFF);
    };
    most = std::max(most, std::abs(channel(a) - channel(b)));
  }
  return most;
}

/// Black where both agree, white where they do not; nothing when they are alike.
std::optional<Picture> compare(const Picture& expected, const Picture& actual) {
  Picture marks{actual.width, actual.height, std::vector<std::uint32_t>(actual.pixels.size())};
  if (expected.width != actual.width || expected.height != actual.height) return marks;
  std::size_t differing = 0;
  for (std::size_t i = 0; i < actual.pixels.size(); ++i) {
    if (difference(expected.pixels[i], actual.pixels[i]) <= kChannelTolerance) continue;
    marks.pixels[i] = 0xFFFFFFFF;
    ++differing;
  }
  const auto most = kShareTolerance * static_cast<double>(actual.pixels.size());
  if (static_cast<double>(differing) <= most) return std::nullopt;
  return marks;
}

class Golden : public testing::TestWithParam<std::tuple<Shot, Size>> {};

std::string name_of(const std::tuple<Shot, Size>& shot) {
  const auto& [what, size] = shot;
  return std::string(what.name) + "-" + std::to_string(size.width) + "x" +
         std::to_string(size.height);
}

TEST_P(Golden, LooksAsApproved) {
  const auto& [shot, size] = GetParam();
  const std::string name = name_of(GetParam());
  const auto golden = std::filesystem::path(HAILONG_GOLDEN) / (name + ".png");
  const Picture actual = take(shot, size);
  if (std::getenv("UPDATE_GOLDEN") != nullptr) {
    ASSERT_TRUE(write_png(actual, golden)) << golden;
    return;
  }
  const auto expected = read_png(golden);
  ASSERT_TRUE(expected) << golden << " cannot be read";
  if (const auto marks = compare(*expected, actual)) {
    const auto folder = std::filesystem::path(HAILONG_GOLDEN_OUT);
    write_png(actual, folder / (name + "-actual.png"));
    write_png(*marks, folder / (name + "-diff.png"));
    FAIL() << golden << " looks different; see " << folder / (name + "-actual.png") << " and "
           << folder / (name + "-diff.png");
  }
}

INSTANTIATE_TEST_SUITE_P(Screens, Golden,
                         testing::Combine(testing::ValuesIn(kShots), testing::ValuesIn(kSizes)),
                         [](const auto& shot) {
                           std::string name = name_of(shot.param);
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

TEST(GoldenComparison, FindsAMissingWord) {
  const Picture with = take(kShots[3], {1024, 600});
  const Picture without = take(kShots[4], {1024, 600});  // no button
  EXPECT_TRUE(compare(with, without));
}

}  // namespace
}  // namespace hailong::tests
