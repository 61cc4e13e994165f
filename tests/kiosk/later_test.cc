#include <gtest/gtest.h>
#include <zbar.h>

#include "kiosk/code.h"
#include "tests/kiosk/contact_sheet.h"
#include "tests/kiosk/stage.h"

/// The code on the thank-you, as a phone's camera sees it.

namespace hailong::tests {
namespace {

namespace flow = kiosk::flow;

const std::string kAddress = "https://danhgia.example.vn/y/" + std::string(32, 'a');

/// What a reader of QR codes finds in a picture: one text per code.
std::vector<std::string> codes_in(const kiosk::design::Picture& picture) {
  const auto width = static_cast<unsigned>(picture.width);
  const auto height = static_cast<unsigned>(picture.height);
  std::vector<unsigned char> grey;
  grey.reserve(picture.pixels.size());
  for (const std::uint32_t pixel : picture.pixels) {
    grey.push_back(static_cast<unsigned char>(pixel >> 8 & 0xFF));
  }
  zbar::ImageScanner scanner;
  zbar::Image image(width, height, "Y800", grey.data(), grey.size());
  scanner.scan(image);
  std::vector<std::string> texts;
  for (auto code = image.symbol_begin(); code != image.symbol_end(); ++code) {
    texts.push_back(code->get_data());
  }
  return texts;
}

flow::Thanks thanks() {
  const flow::Visit visit{12, *core::Score::from(5), {}, false, 1, 1, 0, 0, std::nullopt};
  return {visit, true, true, 600, 5'000, 5};
}

struct Showing {
  const char* name;
  kiosk::design::Size panel;
  flow::Preferences preferences;
};

void PrintTo(const Showing& showing, std::ostream* out) { *out << showing.name; }

class EveryShowing : public testing::TestWithParam<Showing> {};

TEST_P(EveryShowing, ShowsACodeThatAPhoneReads) {
  Stage stage(GetParam().panel);
  stage.prefer(GetParam().preferences);
  stage.ui().show_later(kiosk::qr_code(kAddress));
  stage.show(thanks());
  EXPECT_EQ(codes_in(picture_of(stage.surface())), std::vector{kAddress});
}

TEST_P(EveryShowing, ShowsNoCodeWhereThereIsNone) {
  Stage stage(GetParam().panel);
  stage.prefer(GetParam().preferences);
  stage.show(thanks());
  EXPECT_TRUE(codes_in(picture_of(stage.surface())).empty());
}

const Showing kShowings[] = {
    {"Lying", {1280, 800}, {}},
    {"HighContrast", {1280, 800}, {flow::TextSize::kNormal, flow::Contrast::kHigh}},
    {"Largest", {1280, 800}, {flow::TextSize::kLargest}},
    {"FullHd", {1920, 1080}, {}},
    {"Upright", {800, 1280}, {}},
    {"UprightLower", {1080, 1920}, {{}, {}, {}, false, true}},
};

INSTANTIATE_TEST_SUITE_P(Later, EveryShowing, testing::ValuesIn(kShowings),
                         [](const testing::TestParamInfo<Showing>& showing) {
                           return std::string(showing.param.name);
                         });

}  // namespace
}  // namespace hailong::tests
