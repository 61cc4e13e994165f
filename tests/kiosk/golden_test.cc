#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <map>
#include <string>
#include <utility>

#include "tests/kiosk/contact_sheet.h"
#include "tests/kiosk/gallery.h"
#include "tests/kiosk/png.h"
#include "tests/kiosk/staff_gallery.h"

/// Every screen in both themes and all text sizes on each kind of panel, compared with a picture
/// that somebody has looked at: six looks on one sheet, each several times smaller. Those of the
/// usual panel are larger and lie in docs/screens. UPDATE_GOLDEN=1 (scripts/photograph.sh) writes
/// the sheets anew: look at them before they are committed. Staff mode is on two panels. Under
/// AddressSanitizer, which takes its time, one panel has to do.

namespace hailong::tests {
namespace {

using kiosk::design::Picture;

// Another version of FreeType or Cairo rounds edges differently: a few pixels here and there may
// differ a little. A letter that is missing differs much, and all in one place.
constexpr int kChannelTolerance = 24;
constexpr int kTile = 16;
constexpr int kMostInATile = 2;

struct View {
  const char* name;
  Panel panel;
  int shrink = 6;
  bool lower = false;
  bool staff = false;

  [[nodiscard]] std::filesystem::path folder() const {
    return shrink < 6 ? std::filesystem::path(HAILONG_SCREENS)
                      : std::filesystem::path(HAILONG_GOLDEN) / name;
  }
};

const View kSmallest{"1024x600", {{1024, 600}, 10.1}, 6, false, true};
#ifdef HAILONG_SANITIZED
const View kViews[] = {kSmallest};
#else
const View kViews[] = {{"1280x800", {{1280, 800}, 10.1}, 3, false, true},
                       kSmallest,
                       {"1920x1080", {{1920, 1080}, 15.6}},
                       {"800x1280", {{800, 1280}, 13.3}},
                       {"1080x1920-lower", {{1080, 1920}, 15.6}, 6, true}};
#endif

std::vector<Exhibit> exhibits_of(const View& view, const kiosk::flow::Survey& survey) {
  auto exhibits = gallery(survey);
  if (!view.staff) return exhibits;
  for (Exhibit& exhibit : staff_gallery()) exhibits.push_back(std::move(exhibit));
  return exhibits;
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
  std::map<std::pair<int, int>, int> differing;
  int most = 0;
  for (std::size_t i = 0; i < actual.pixels.size(); ++i) {
    if (difference(expected.pixels[i], actual.pixels[i]) <= kChannelTolerance) continue;
    marks.pixels[i] = 0xFFFFFFFF;
    const int x = static_cast<int>(i) % actual.width;
    const int y = static_cast<int>(i) / actual.width;
    most = std::max(most, ++differing[{x / kTile, y / kTile}]);
  }
  if (most <= kMostInATile) return std::nullopt;
  return marks;
}

class Golden : public testing::TestWithParam<View> {};

TEST_P(Golden, LooksAsApproved) {
  const View& view = GetParam();
  kiosk::flow::Preferences preferences;
  preferences.lower = view.lower;
  Studio studio(view.panel, preferences);
  const auto folder = view.folder();
  const auto out = std::filesystem::path(HAILONG_GOLDEN_OUT);
  std::filesystem::create_directories(folder);
  std::filesystem::create_directories(out);
  for (const Exhibit& exhibit : exhibits_of(view, studio.survey())) {
    const Picture actual = studio.photograph(exhibit, view.shrink);
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

/// The comparison is not blind: one letter more is seen, even on the smallest pictures.
TEST(GoldenComparison, FindsALetter) {
  Studio studio(kSmallest.panel);
  const auto exhibits = gallery(studio.survey());
  const auto find = [&](std::string_view name) -> const Exhibit& {
    return *std::find_if(exhibits.begin(), exhibits.end(),
                         [&](const Exhibit& exhibit) { return exhibit.name == name; });
  };
  Exhibit one_more = find("words-letters");
  auto& words = std::get<kiosk::flow::Words>(one_more.screen);
  words.draft.type(U'a');
  constexpr int kShrink = 6;
  EXPECT_TRUE(compare(studio.photograph(find("words-letters"), kShrink),
                      studio.photograph(one_more, kShrink)));
}

}  // namespace
}  // namespace hailong::tests
