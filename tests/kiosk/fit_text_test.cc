#include <gtest/gtest.h>
#include <imgui.h>
#include <imgui_internal.h>

#include <random>
#include <string>

#include "kiosk/design/fonts.h"
#include "kiosk/design/text.h"
#include "kiosk/render/null_renderer.h"

namespace hailong::kiosk::design {
namespace {

constexpr Colour kBlack{};
constexpr Rect kWide{100, 200, 1000, 300};

/// Real fonts without a screen.
class FitText : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    const std::string_view texts[] = {all_typable()};
    const Metrics metrics = metrics_for({1280, 800});
    set_ = FontSet::load(HAILONG_ASSETS, metrics, texts, *renderer_)->release();
  }
  static void TearDownTestSuite() {
    delete set_;
    set_ = nullptr;
  }

  static const Fonts& fonts() { return set_->fonts(); }

  static TextBlock fit(TextRole role, std::string_view text, const Rect& box) {
    return fit_text(fonts(), role, kBlack, text, box);
  }

  static std::string joined(const TextBlock& block, const std::string& between = "") {
    std::string text;
    for (const Line& line : block.lines) text += (text.empty() ? "" : between) + line.text;
    return text;
  }

  static void expect_inside(const TextBlock& block) {
    constexpr float kRounding = 1;
    for (const Line& line : block.lines) {
      EXPECT_GE(line.x, block.box.x - kRounding) << line.text;
      EXPECT_LE(line.x + line.width, block.box.right() + kRounding) << line.text;
      EXPECT_GE(line.y, block.box.y - kRounding) << line.text;
      EXPECT_LE(line.y + block.font->FontSize, block.box.bottom() + kRounding) << line.text;
      EXPECT_EQ(line.width, text_width(*block.font, line.text));
    }
  }

  static inline std::unique_ptr<render::NullRenderer> renderer_ = render::make_null_renderer();
  static inline FontSet* set_ = nullptr;
};

TEST_F(FitText, TakesTheSizeOfItsRoleWhereThereIsRoom) {
  EXPECT_EQ(fit(TextRole::kQuestion, "Cảm ơn", kWide).font, fonts().question);
  EXPECT_EQ(fit(TextRole::kAnswer, "Cảm ơn", kWide).font, fonts().answer);
  EXPECT_EQ(fit(TextRole::kBody, "Cảm ơn", kWide).font, fonts().body);
  EXPECT_EQ(fit(TextRole::kSmall, "Cảm ơn", kWide).font, fonts().small);
}

TEST_F(FitText, TakesTheLargestSizeThatFits) {
  const std::string_view text = "Thái độ phục vụ của cán bộ";
  float before = 0;
  for (const float height : {30.0F, 40.0F, 60.0F, 75.0F, 130.0F}) {
    const TextBlock block = fit(TextRole::kQuestion, text, {0, 0, 400, height});
    EXPECT_TRUE(block.fits);
    EXPECT_GE(block.font->FontSize, before);
    before = block.font->FontSize;
    expect_inside(block);
  }
  EXPECT_EQ(before, fonts().question->FontSize);
}

TEST_F(FitText, WouldRatherBeSmallerThanTearAWord) {
  const float width = text_width(*fonts().body, "nghiêng") + 1;
  const TextBlock block = fit(TextRole::kQuestion, "nghiêng nghiêng", {0, 0, width, 500});
  EXPECT_EQ(block.font, fonts().body);
  EXPECT_FALSE(block.torn);
  EXPECT_TRUE(block.fits);
}

TEST_F(FitText, TearsAWordThatIsWiderThanItsBoxAndLosesNothing) {
  const std::string text = "Ngườinghiêngngảnghuyênhoangkhôngcódấucách";
  const TextBlock block = fit(TextRole::kBody, text, {0, 0, 90, 500});
  EXPECT_TRUE(block.torn);
  EXPECT_TRUE(block.fits);
  EXPECT_GT(block.lines.size(), 3U);
  EXPECT_EQ(joined(block), text);
  expect_inside(block);
}

TEST_F(FitText, SaysWhenEvenTheSmallestSizeIsTooLarge) {
  const TextBlock block =
      fit(TextRole::kAnswer, "Một câu dài hơn chỗ của nó rất nhiều, nhiều lần", {0, 0, 120, 30});
  EXPECT_FALSE(block.fits);
  EXPECT_EQ(block.font, fonts().least);
  ASSERT_EQ(block.lines.size(), 1U);
  EXPECT_TRUE(block.lines[0].text.ends_with("…"));
  expect_inside(block);
}

TEST_F(FitText, SaysThatOneLineInTooLowABoxDoesNotFit) {
  EXPECT_FALSE(fit(TextRole::kSmall, "Cảm ơn", {0, 0, 500, 10}).fits);
  EXPECT_EQ(fit(TextRole::kSmall, "Cảm ơn", {0, 0, 500, 10}).lines.size(), 1U);
}

TEST_F(FitText, HonoursLineEnds) {
  const TextBlock block = fit(TextRole::kBody, "Thứ Hai\nThứ Ba\n\nThứ Năm", kWide);
  EXPECT_EQ(joined(block, "|"), "Thứ Hai|Thứ Ba||Thứ Năm");
}

TEST_F(FitText, KeepsEmptyLinesAtBothEnds) {
  EXPECT_EQ(break_lines(*fonts().body, "\na\n", 500), (std::vector<std::string>{"", "a", ""}));
}

TEST_F(FitText, OfNothingIsNothing) {
  EXPECT_TRUE(fit(TextRole::kBody, "", kWide).lines.empty());
  EXPECT_TRUE(fit(TextRole::kBody, "   ", kWide).lines.empty());
  EXPECT_TRUE(fit(TextRole::kBody, "", kWide).fits);
}

TEST_F(FitText, NeverBreaksAtNoBreakSpaces) {
  const float width = text_width(*fonts().small, "hài lòng hài");
  const TextBlock block = fit(TextRole::kSmall, "hài\u00A0lòng hài\u00A0lòng", {0, 0, width, 200});
  EXPECT_EQ(joined(block, "|"), "hài\u00A0lòng|hài\u00A0lòng");
}

TEST_F(FitText, KeepsSeveralSpacesInsideALine) {
  EXPECT_EQ(joined(fit(TextRole::kBody, "một  hai", kWide)), "một  hai");
}

TEST_F(FitText, MakesLinesEven) {
  const float width = text_width(*fonts().body, "một hai ba bốn năm") + 1;
  const auto lines = break_lines(*fonts().body, "một hai ba bốn năm sáu", width);
  EXPECT_EQ(lines, (std::vector<std::string>{"một hai ba", "bốn năm sáu"}));
}

TEST_F(FitText, AlignsToItsBox) {
  const auto x_of = [](Align align) {
    const TextBlock block =
        fit_text(fonts(), TextRole::kBody, kBlack, "Cảm ơn", {100, 0, 500, 50}, align);
    return block.lines.at(0).x;
  };
  const float free = 500 - text_width(*fonts().body, "Cảm ơn");
  EXPECT_EQ(x_of(Align::kLeft), 100);
  EXPECT_NEAR(x_of(Align::kCentre), 100 + free / 2, 1);
  EXPECT_EQ(x_of(Align::kRight), 100 + free);
}

TEST_F(FitText, StandsInTheMiddleOfItsBox) {
  const TextBlock block = fit(TextRole::kBody, "một\nhai", {0, 100, 500, 300});
  const float top = block.lines.front().y;
  const float bottom = block.lines.back().y + block.font->FontSize;
  EXPECT_NEAR(top - 100, 400 - bottom, 2);
}

TEST_F(FitText, LosesNoCharacterOfWhatPeopleWrite) {
  // Whatever is typed and however narrow the box: the lines hold every character but the spaces
  // and line ends that lines end at, and no line leaves the box.
  std::mt19937 random(20'240'814);
  constexpr std::string_view kPieces[] = {"ơ", "nghiêng",         " ", "\n",     "a",   "  ",
                                          "Đ", "hoanghoanghoang", "–", "\u00A0", "ửng", "W"};
  for (int round = 0; round < 300; ++round) {
    std::string text;
    for (int i = 0; i < 40; ++i) text += kPieces[random() % std::size(kPieces)];
    const auto width = static_cast<float>(20 + random() % 300);
    const auto bare = [](std::string line) {
      std::erase_if(line, [](char byte) { return byte == ' ' || byte == '\n'; });
      return line;
    };
    const TextBlock block = fit(TextRole::kBody, text, {0, 0, width, 5'000});
    EXPECT_TRUE(block.fits);
    EXPECT_EQ(bare(joined(block)), bare(text));
    expect_inside(block);
  }
}

TEST_F(FitText, IsAsSmallAsItsRoleWhereAnswersAreSmallerThanTheBody) {
  const std::string_view texts[] = {all_typable()};
  const Metrics narrow = metrics_for({600, 1024}, TextSize::kA, kUsualPixelsPerMm, false);
  ASSERT_LT(narrow.answer, narrow.body);
  const auto set = *FontSet::load(HAILONG_ASSETS, narrow, texts, *renderer_);
  const TextBlock answer =
      fit_text(set->fonts(), TextRole::kAnswer, kBlack, "Cảm ơn", {0, 0, 1, 1});
  EXPECT_LE(answer.font->FontSize, set->fonts().answer->FontSize);
  EXPECT_EQ(fit_text(set->fonts(), TextRole::kBody, kBlack, "Cảm ơn", kWide).font,
            set->fonts().body);
}

TEST_F(FitText, OneLineIsCutWithASign) {
  const Rect box{0, 0, 150, 40};
  const TextBlock cut =
      set_line(*fonts().body, kBlack, "Ủy ban nhân dân xã Phú Thái", box, Align::kLeft);
  ASSERT_EQ(cut.lines.size(), 1U);
  EXPECT_TRUE(cut.lines[0].text.starts_with("Ủy ban"));
  EXPECT_TRUE(cut.lines[0].text.ends_with("…"));
  EXPECT_FALSE(cut.fits);
  expect_inside(cut);
  EXPECT_TRUE(set_line(*fonts().body, kBlack, "Xã", box, Align::kLeft).fits);
}

TEST_F(FitText, SetsATextOfAnyLengthInAGivenSize) {
  const TextBlock block = set_text(*fonts().body, kBlack, "một hai ba bốn", {0, 0, 90, 40});
  EXPECT_EQ(block.font, fonts().body);
  EXPECT_FALSE(block.fits);
  EXPECT_EQ(joined(block, " "), "một hai ba bốn");
}

TEST_F(FitText, ShowsTheEndOfWhatIsBeingWritten) {
  std::string text;
  for (int i = 0; i < 100; ++i) text += "chữ" + std::to_string(i) + " ";
  const TextBlock block = set_tail(fonts(), TextRole::kBody, kBlack, text + "|", {0, 0, 400, 100});
  EXPECT_EQ(block.font, fonts().body);
  EXPECT_TRUE(joined(block, " ").ends_with("chữ99 |"));
  EXPECT_EQ(block.lines.size(), 3U);
  expect_inside(block);
}

TEST_F(FitText, WritesFromTheTopOfItsBox) {
  const TextBlock block = set_tail(fonts(), TextRole::kBody, kBlack, "a|", {0, 50, 400, 300});
  EXPECT_NEAR(block.lines.at(0).y, 50, 3);
  const TextBlock low = set_tail(fonts(), TextRole::kBody, kBlack, "a|", {0, 50, 400, 40});
  EXPECT_NEAR(low.lines.at(0).y + low.font->FontSize / 2, 70, 2);
}

TEST_F(FitText, StartsANewLineWhereOneIsWritten) {
  const TextBlock block = set_tail(fonts(), TextRole::kBody, kBlack, "a\n|", {0, 0, 400, 300});
  EXPECT_EQ(joined(block, "/"), "a/|");
}

TEST_F(FitText, IsDrawnWithItsOwnFontsTexture) {
  ImDrawListSharedData shared;
  ImDrawList list(&shared);
  list._ResetForNewFrame();
  list.PushClipRect({0, 0}, {1000, 1000});
  int other = 0;
  list.PushTextureID(&other);
  draw_text(list, *set_, fit(TextRole::kBody, "Cảm ơn", kWide));
  EXPECT_EQ(list._CmdHeader.TextureId, &other);
  EXPECT_EQ(list.VtxBuffer.Size, 5 * 4);  // five letters and a space
  EXPECT_EQ(list.CmdBuffer[0].GetTexID(), set_->texture());
}

}  // namespace
}  // namespace hailong::kiosk::design
