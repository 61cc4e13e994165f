#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "tests/kiosk/contact_sheet.h"
#include "tests/kiosk/gallery.h"
#include "tests/kiosk/png.h"

/// Every screen in both themes and all text sizes on each kind of panel, compared with a picture
/// that somebody has looked at: six looks on one sheet, each at a quarter of its size.
/// UPDATE_GOLDEN=1 writes the sheets anew: look at them before they are committed.

namespace hailong::tests {
namespace {

using kiosk::design::Picture;

// Another version of FreeType or Cairo rounds edges differently: a few pixels may differ a little.
constexpr int kChannelTolerance = 24;
constexpr double kShareTolerance = 0.0005;
constexpr int kShrink = 4;

struct View {
  const char* name;
  Panel panel;
  bool lower = false;
};

const View kViews[] = {{"1280x800", {{1280, 800}, 10.1}},
                       {"1024x600", {{1024, 600}, 10.1}},
                       {"1920x1080", {{1920, 1080}, 15.6}},
                       {"800x1280", {{800, 1280}, 13.3}},
                       {"1080x1920-lower", {{1080, 1920}, 15.6}, true}};

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

class Golden : public testing::TestWithParam<View> {};

TEST_P(Golden, LooksAsApproved) {
  const View& view = GetParam();
  kiosk::flow::Preferences preferences;
  preferences.lower = view.lower;
  Studio studio(view.panel, preferences);
  const auto folder = std::filesystem::path(HAILONG_GOLDEN) / view.name;
  const auto out = std::filesystem::path(HAILONG_GOLDEN_OUT);
  std::filesystem::create_directories(folder);
  std::filesystem::create_directories(out);
  for (const Exhibit& exhibit : gallery(studio.survey())) {
    const Picture actual = studio.photograph(exhibit, kShrink);
    const auto golden = folder / (exhibit.name + ".png");
    if (std::getenv("UPDATE_GOLDEN") != nullptr) {
      ASSERT_TRUE(write_png(actual, golden)) << golden;
      continue;
    }
    const auto expected = read_png(golden);
    ASSERT_TRUE(expected) << golden << " cannot be read";
    const auto marks = compare(*expected, actual);
    if (!marks) continue;
    const std::string name = std::string(view.name) + "-" + exhibit.name;
    write_png(actual, out / (name + "-actual.png"));
    write_png(*marks, out / (name + "-diff.png"));
    ADD_FAILURE() << golden << " looks different; see " << out / (name + "-actual.png") << " and "
                  << out / (name + "-diff.png");
  }
}

INSTANTIATE_TEST_SUITE_P(Screens, Golden, testing::ValuesIn(kViews), [](const auto& view) {
  std::string name = view.param.name;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

/// The comparison is not blind: one word less on one of six looks is seen.
TEST(GoldenComparison, FindsAMissingWord) {
  Studio studio(kViews[1].panel);
  const auto exhibits = gallery(studio.survey());
  const auto find = [&](std::string_view name) -> const Exhibit& {
    return *std::find_if(exhibits.begin(), exhibits.end(),
                         [&](const Exhibit& exhibit) { return exhibit.name == name; });
  };
  Exhibit one_more = find("words-letters");
  auto& words = std::get<kiosk::flow::Words>(one_more.screen);
  words.draft.type(U' ');
  words.draft.type(U'a');
  EXPECT_TRUE(compare(studio.photograph(find("words-letters"), kShrink),
                      studio.photograph(one_more, kShrink)));
}

}  // namespace
}  // namespace hailong::tests
