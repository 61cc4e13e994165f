#include "kiosk/screens/layout.h"

#include <gtest/gtest.h>
#include <imgui.h>

#include <string>
#include <vector>

#include "tests/kiosk/stage.h"

namespace hailong::tests {
namespace {

namespace design = kiosk::design;
namespace flow = kiosk::flow;
using design::Rect;
using kiosk::screens::Layout;

const design::Size kSizes[] = {{1024, 600},  {1024, 768},  {1280, 720}, {1280, 800},  {1280, 1024},
                               {1366, 768},  {1440, 900},  {1600, 900}, {1920, 1080}, {1920, 1200},
                               {2560, 1440}, {3840, 2160}, {600, 1024}, {768, 1024},  {720, 1280},
                               {800, 1280},  {1080, 1920}, {1200, 1920}};

class EverySize : public testing::TestWithParam<design::Size> {
 protected:
  EverySize() : stage_(GetParam()) {}

  [[nodiscard]] const Layout& layout() { return stage_.ui().layout(); }
  [[nodiscard]] Rect window() const {
    return {0, 0, static_cast<float>(GetParam().width), static_cast<float>(GetParam().height)};
  }

  Stage stage_;
};

bool lies_in(const Rect& inner, const Rect& outer) {
  constexpr float kRounding = 1;
  return inner.x >= outer.x - kRounding && inner.y >= outer.y - kRounding &&
         inner.right() <= outer.right() + kRounding && inner.bottom() <= outer.bottom() + kRounding;
}

void expect_fits(const design::TextBlock& block, const Rect& window) {
  EXPECT_TRUE(lies_in(block.box, window));
  EXPECT_FALSE(block.lines.empty());
  for (const design::Line& line : block.lines) {
    const Rect rect{line.x, line.y, line.width, block.font->FontSize};
    EXPECT_TRUE(lies_in(rect, block.box)) << line.text;
  }
}

std::vector<design::TextBlock> blocks_of(const Layout& layout) {
  std::vector<design::TextBlock> blocks = {
      layout.unit,         layout.place,       layout.counter,     layout.question,
      layout.again,        layout.hint,        layout.keep.label,  layout.choose_again.label,
      layout.thanks.title, layout.thanks.body, layout.sorry.title, layout.sorry.body};
  for (const auto& face : layout.faces) blocks.push_back(face.label);
  blocks.insert(blocks.end(), layout.countdown.begin(), layout.countdown.end());
  return blocks;
}

TEST_P(EverySize, NoTextLeavesItsBox) {
  for (const auto& block : blocks_of(layout())) expect_fits(block, window());
}

TEST_P(EverySize, NoLineIsLongerThanFortyCharactersInTheQuestion) {
  for (const auto& line : layout().question.lines) {
    std::size_t characters = 0;
    for (const char byte : line.text) characters += (byte & 0xC0) != 0x80 ? 1 : 0;
    EXPECT_LE(characters, 40U) << line.text;
  }
}

TEST_P(EverySize, NothingOverlaps) {
  const Layout& l = layout();
  const auto& card = l.faces[0].card;
  EXPECT_GE(l.question.lines.front().y, l.header.bottom());
  EXPECT_LE(l.question.lines.back().y + l.question.font->FontSize, card.y);
  EXPECT_GE(l.hint.lines.front().y, card.bottom());
  EXPECT_GE(l.keep.rect.y, l.faces[0].hit.bottom());
  EXPECT_LE(l.keep.rect.bottom(), window().height);
  for (const auto& face : l.faces) {
    EXPECT_TRUE(lies_in(face.face, face.card));
    EXPECT_TRUE(lies_in(face.label.box, face.card));
    EXPECT_GE(face.label.lines.front().y, face.face.bottom());
  }
  EXPECT_GE(l.thanks.sign.y, l.header.bottom());
  EXPECT_GE(l.choose_again.rect.y, l.thanks.body.box.bottom());
  EXPECT_GE(l.countdown[0].box.y, l.choose_again.rect.bottom());
}

TEST_P(EverySize, FacesAreEqualInSizeAndDistance) {
  const Layout& l = layout();
  for (std::size_t i = 1; i < l.faces.size(); ++i) {
    EXPECT_EQ(l.faces[i].face.width, l.faces[0].face.width);
    EXPECT_EQ(l.faces[i].face.y, l.faces[0].face.y);
    EXPECT_EQ(l.faces[i].card.x - l.faces[i - 1].card.x, l.faces[1].card.x - l.faces[0].card.x);
  }
  EXPECT_NEAR(l.faces[0].card.x, window().width - l.faces[4].card.right(), 1);
}

TEST_P(EverySize, NoPixelBetweenTwoFacesIsDead) {
  const Layout& l = layout();
  EXPECT_EQ(l.faces[0].hit.x, 0);
  EXPECT_EQ(l.faces[4].hit.right(), window().width);
  for (std::size_t i = 1; i < l.faces.size(); ++i) {
    EXPECT_EQ(l.faces[i].hit.x, l.faces[i - 1].hit.right());
  }
}

/// The contract that scripts rely on.
TEST_P(EverySize, ATapAtFiftyFivePercentOfTheHeightHitsTheFaceOfItsColumn) {
  for (int column = 0; column < 5; ++column) {
    const float x = window().width * (static_cast<float>(column) + 0.5F) / 5;
    const float y = window().height * 0.55F;
    const auto& face = layout().faces[static_cast<std::size_t>(column)];
    EXPECT_TRUE(face.card.contains(x, y));
    for (const flow::Screen& screen :
         {flow::Screen(flow::Home{}), flow::Screen(flow::ChooseAgain{})}) {
      const auto event = stage_.tap(x, y, screen);
      ASSERT_TRUE(event);
      const auto* tapped = std::get_if<flow::FaceTapped>(&*event);
      ASSERT_NE(tapped, nullptr);
      EXPECT_EQ(tapped->score.value(), column + 1);
    }
  }
}

TEST_P(EverySize, ButtonsAreLargeEnoughForOldFingers) {
  EXPECT_GE(layout().keep.rect.height, 60);
  EXPECT_GE(layout().choose_again.rect.height, 60);
}

TEST_P(EverySize, LongNamesAreCutNotSpilled) {
  Stage stage(GetParam(), false,
              {"Ủy ban nhân dân đặc khu có tên dài nhất trong tất cả các đơn vị hành chính",
               "Trung tâm Phục vụ hành chính công chi nhánh số mười hai tại nhà văn hóa thôn",
               "Quầy tiếp nhận hồ sơ tư pháp và hộ tịch"});
  const Layout& l = stage.ui().layout();
  for (const auto& block : {l.unit, l.place, l.counter}) expect_fits(block, window());
  EXPECT_LE(l.unit.lines[0].x + l.unit.lines[0].width, l.counter.lines[0].x);
  if (window().width < 1100) {
    EXPECT_TRUE(l.unit.lines[0].text.ends_with("…"));
  }
}

std::string size_name(const testing::TestParamInfo<design::Size>& info) {
  return std::to_string(info.param.width) + "x" + std::to_string(info.param.height);
}

INSTANTIATE_TEST_SUITE_P(Layout, EverySize, testing::ValuesIn(kSizes), size_name);

TEST(Layout, NoCompoundIsSplit) {
  for (const design::Size size : kSizes) {
    Stage stage(size);
    for (const auto& block : blocks_of(stage.ui().layout())) {
      for (std::size_t i = 1; i < block.lines.size(); ++i) {
        const std::string& end = block.lines[i - 1].text;
        const std::string& start = block.lines[i].text;
        for (const auto& [first, second] :
             {std::pair("hài", "lòng"), std::pair("thủ", "tục"), std::pair("giải", "quyết"),
              std::pair("hôm", "nay"), std::pair("ẩn", "danh"), std::pair("ghi", "nhận")}) {
          EXPECT_FALSE(end.ends_with(first) && start.starts_with(second)) << end << " | " << start;
        }
      }
    }
  }
}

/// Every character of every language file is one that the atlas can draw.
TEST(Atlas, HoldsEveryCharacterOfTheTexts) {
  Stage stage({1280, 800});
  const auto texts = must(kiosk::read_texts(HAILONG_ASSETS "/vi"));
  const Layout& layout = stage.ui().layout();
  for (const ImFont* font : {layout.question.font, layout.faces[0].label.font,
                             layout.thanks.body.font, layout.hint.font}) {
    for (std::string_view text : texts.all()) {
      ImVector<ImWchar> characters;
      ImFontGlyphRangesBuilder builder;
      builder.AddText(text.data(), text.data() + text.size());
      builder.BuildRanges(&characters);
      for (int i = 0; i + 1 < characters.Size; i += 2) {
        for (unsigned int c = characters[i]; c <= characters[i + 1]; ++c) {
          EXPECT_NE(font->FindGlyphNoFallback(static_cast<ImWchar>(c)), nullptr)
              << std::hex << c << " of " << text;
        }
      }
    }
  }
}

TEST(LineBreaking, MakesEvenLines) {
  Stage stage({1280, 800});
  const ImFont& font = *stage.ui().layout().thanks.body.font;
  const float width = design::text_width(font, "Cảm ơn Ông/Bà Cảm ơn Ông/Bà Cảm ơn");
  const auto lines =
      design::break_lines(font, "Cảm ơn Ông/Bà Cảm ơn Ông/Bà Cảm ơn Ông/Bà Cảm ơn Ông/Bà", width);
  EXPECT_EQ(lines, (std::vector<std::string>{"Cảm ơn Ông/Bà Cảm ơn Ông/Bà",
                                             "Cảm ơn Ông/Bà Cảm ơn Ông/Bà"}));
}

TEST(LineBreaking, KeepsWordsThatAreGlued) {
  Stage stage({1280, 800});
  const ImFont& font = *stage.ui().layout().thanks.body.font;
  const float width = design::text_width(font, "hài lòng hài");
  EXPECT_EQ(design::break_lines(font, "hài\u00A0lòng hài\u00A0lòng", width),
            (std::vector<std::string>{"hài\u00A0lòng", "hài\u00A0lòng"}));
}

}  // namespace
}  // namespace hailong::tests
