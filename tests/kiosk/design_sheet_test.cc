#include <gtest/gtest.h>
#include <imgui.h>

#include <array>
#include <cmath>
#include <filesystem>
#include <string>

#include "kiosk/design/pictures.h"
#include "kiosk/design/text.h"
#include "tests/kiosk/canvas.h"
#include "tests/kiosk/png.h"

/// Everything that the design system draws, side by side in both themes. The pictures are left in
/// the build folder for whoever changes something here: look at them.

namespace hailong::tests {
namespace {

using namespace kiosk::design;

constexpr Size kSheet{1600, 1180};
const char* const kStateNames[] = {"yên", "nhấn", "đã chọn", "chọn, nhấn"};
constexpr std::array kSkinNames = {"Thẻ",  "Ô chọn", "Nút",      "Nút chính", "Nút thấp",
                                   "Phím", "Ô nhập", "Công tắc", "Ghi chú"};
static_assert(kSkinNames.size() == kSkins);

class Sheet {
 public:
  explicit Sheet(Contrast contrast) : theme_(theme(contrast)), canvas_(metrics_) {
    const std::string_view texts[] = {all_typable()};
    fonts_ = *FontSet::load(HAILONG_ASSETS, metrics_, texts, canvas_.renderer());
    pictures_ = *Pictures::load_first(theme_, metrics_, canvas_.renderer());
    EXPECT_TRUE(pictures_->load_rest());
  }

  Picture draw() {
    canvas_.show(*fonts_, theme_.background, [this](ImDrawList& list) {
      fill(list, {0, 0, static_cast<float>(kSheet.width), 104}, theme_.header);
      skins(list);
      faces(list);
      icons(list);
    });
    return canvas_.picture();
  }

 private:
  static void fill(ImDrawList& list, const Rect& rect, Colour colour) {
    list.AddRectFilled({rect.x, rect.y}, {rect.right(), rect.bottom()},
                       IM_COL32(colour.red, colour.green, colour.blue, 255));
  }

  void write(ImDrawList& list, TextRole role, Colour colour, std::string_view text,
             const Rect& box) {
    draw_text(list, *fonts_, fit_text(fonts_->fonts(), role, colour, text, box));
  }

  void thing(ImDrawList& list, Skin skin, State state, const Rect& rect) {
    pictures_->draw_skin(list, skin, state, rect);
    const Colour colour = text_on(theme_, skin, state);
    Rect words = rect;
    if (is_chosen(state) && skin != Skin::kKey) {
      pictures_->draw_icon(list, Icon::kTick, colour, {rect.x + 16, rect.y, 36, rect.height});
      words = {rect.x + 52, rect.y, rect.width - 60, rect.height};
    }
    write(list, TextRole::kAnswer, colour, kSkinNames[static_cast<std::size_t>(skin)], words);
  }

  void skins(ImDrawList& list) {
    constexpr Skin kRows[] = {Skin::kSwitch, Skin::kTile, Skin::kButton, Skin::kPrimary,
                              Skin::kAction, Skin::kKey,  Skin::kField,  Skin::kNote};
    float y = 8;
    for (const Skin skin : kRows) {
      float x = 24;
      for (std::size_t i = 0; i < kStates; ++i) {
        thing(list, skin, static_cast<State>(i), {x, y, 210, 88});
        x += 230;
      }
      y += skin == Skin::kSwitch ? 128 : 104;
    }
    pictures_->draw_focus(list, {24, 136, 210, 88});
    pictures_->draw_focus(list, {254, 240, 210, 88}, Skin::kButton);
    pictures_->draw_focus(list, {484, 344, 210, 88}, Skin::kButton);
    for (std::size_t i = 0; i < kStates; ++i) {
      write(list, TextRole::kSmall, theme_.muted, kStateNames[i],
            {24 + 230 * static_cast<float>(i), y, 210, 30});
    }
  }

  void faces(ImDrawList& list) {
    for (int score = 1; score <= 5; ++score) {
      const bool pressed = score == 4;
      const Rect card{24 + 200 * static_cast<float>(score - 1), 920, 180, 236};
      pictures_->draw_skin(list, Skin::kCard, pressed ? State::kPressed : State::kResting, card);
      pictures_->draw_face(
          list, score, pressed,
          {card.x + (card.width - metrics_.face) / 2, card.y + 20, metrics_.face, metrics_.face});
    }
    pictures_->draw_tick(list, {1060, 960, metrics_.sign, metrics_.sign});
    pictures_->draw_alert(list, {1260, 960, metrics_.sign, metrics_.sign});
    write(list, TextRole::kQuestion, theme_.text, "Ông/Bà hài lòng thế nào?",
          {1030, 1076, 540, 90});
  }

  void icons(ImDrawList& list) {
    for (std::size_t i = 0; i < kIcons; ++i) {
      const float x = 980 + 100 * static_cast<float>(i % 6);
      const float y = 130 + 150 * std::floor(static_cast<float>(i) / 6);
      const auto icon = static_cast<Icon>(i);
      pictures_->draw_icon(list, icon, theme_.accent, {x, y, 56, 70});
      pictures_->draw_icon(list, icon, theme_.text, {x + 50, y, metrics_.small_icon, 70});
    }
  }

  const Metrics metrics_ = [] {
    Metrics metrics = metrics_for({1280, 800}, TextSize::kA, 4.4F, false);
    metrics.window = kSheet;
    return metrics;
  }();
  const Theme& theme_;
  Canvas canvas_;
  std::unique_ptr<FontSet> fonts_;
  std::unique_ptr<Pictures> pictures_;
};

TEST(DesignSheet, IsThereToBeLookedAt) {
  const std::filesystem::path folder(HAILONG_GOLDEN_OUT);
  std::filesystem::create_directories(folder);
  EXPECT_TRUE(write_png(Sheet(Contrast::kNormal).draw(), folder / "design-normal.png"));
  EXPECT_TRUE(write_png(Sheet(Contrast::kHigh).draw(), folder / "design-high.png"));
}

}  // namespace
}  // namespace hailong::tests
