#include <gtest/gtest.h>

#include <algorithm>

#include "tests/kiosk/contact_sheet.h"
#include "tests/kiosk/png.h"
#include "tests/kiosk/stage.h"
#include "tests/log_capture.h"
#include "tests/temp_folder.h"

/// Officers with and without a photo, on the page where residents choose one.

namespace hailong::tests {
namespace {

namespace flow = kiosk::flow;
using kiosk::design::Picture;

constexpr std::uint32_t kPhotoColour = 0xFF8040C0;  // nothing of ours has it

class Photos : public testing::Test {
 protected:
  /// The page with its first officer's photo at `file`.
  Picture page_with(const std::filesystem::path& file) {
    kiosk::Contents what = contents();
    what.survey.officers.at(0).photo = file;
    Stage stage({1280, 800}, std::move(what));
    const flow::Visit visit{12, *core::Score::from(2), {}, false, 1, 1, 0, 0, std::nullopt};
    stage.show(flow::Counters{{visit, {300, 20'000, 18}}, 0});
    return picture_of(stage.surface());
  }

  static std::ptrdiff_t pixels_of_the_photo(const Picture& picture) {
    return std::count(picture.pixels.begin(), picture.pixels.end(), kPhotoColour);
  }

  TempFolder folder_;
};

TEST_F(Photos, StandWhereTheInitialsWould) {
  const auto file = folder_.path() / "officer.png";
  ASSERT_TRUE(write_png({60, 80, std::vector<std::uint32_t>(4800, kPhotoColour)}, file));
  const Picture shown = page_with(file);
  const auto diameter = kiosk::design::metrics_for({1280, 800}, kiosk::design::TextSize::kA,
                                                   kiosk::design::kUsualPixelsPerMm, false)
                            .photo;
  EXPECT_GT(static_cast<float>(pixels_of_the_photo(shown)), 0.7F * diameter * diameter);
  EXPECT_NE(shown.pixels, page_with({}).pixels);
}

TEST_F(Photos, ThatCannotBeReadLeaveTheInitials) {
  const LogCapture log;
  const Picture shown = page_with(folder_.path() / "missing.png");
  EXPECT_EQ(shown.pixels, page_with({}).pixels);
  EXPECT_EQ(log.lines_with("no photo of officer").size(), 1U);
}

}  // namespace
}  // namespace hailong::tests
