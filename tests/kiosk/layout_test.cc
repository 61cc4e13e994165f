#include <gtest/gtest.h>
#include <imgui.h>

#include <cmath>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "tests/kiosk/contact_sheet.h"
#include "tests/kiosk/gallery.h"
#include "tests/kiosk/measures.h"
#include "tests/kiosk/stage.h"

/// Every screen in every language, text size, theme and resolution, measured: nothing is clipped,
/// nothing overlaps, everything that can be tapped is large enough.

namespace hailong::tests {
namespace {

namespace design = kiosk::design;
namespace flow = kiosk::flow;
namespace screens = kiosk::screens;
using design::Rect;

struct Look {
  flow::Language language;
  flow::TextSize text;
  bool lower;
};

std::vector<Look> looks_of(const Panel& panel) {
  std::vector<Look> looks;
  const bool upright = panel.size.height > panel.size.width;
  for (const auto language : {flow::Language::kVietnamese, flow::Language::kEnglish}) {
    for (const auto text :
         {flow::TextSize::kNormal, flow::TextSize::kLarge, flow::TextSize::kLargest}) {
      looks.push_back({language, text, false});
      if (upright) looks.push_back({language, text, true});
    }
  }
  return looks;
}

std::string name_of(const Look& look) {
  const std::string sizes[] = {"A", "A+", "A++"};
  return std::string(look.language == flow::Language::kEnglish ? "en " : "vi ") +
         sizes[static_cast<std::size_t>(look.text)] + (look.lower ? " lower" : "");
}

/// Shows every exhibit in every look of a panel.
class EveryPanel : public testing::TestWithParam<Panel> {
 protected:
  EveryPanel() : stage_(GetParam().size, contents(GetParam().inches)) {}

  template <typename Check>
  void on_every_page(const Check& check) {
    for (const Look& look : looks_of(GetParam())) {
      flow::Preferences preferences;
      preferences.language = look.language;
      preferences.text = look.text;
      preferences.lower = look.lower;
      stage_.prefer(preferences);
      for (const Exhibit& exhibit : gallery(stage_.contents_shown().survey)) {
        must(stage_.ui().show(exhibit.screen, preferences, true, 0));
        const testing::ScopedTrace trace(__FILE__, __LINE__, exhibit.name + " " + name_of(look));
        check(stage_.ui().page(), look);
      }
    }
  }

  [[nodiscard]] static float pixels_per_mm() {
    const Panel& panel = GetParam();
    return static_cast<float>(std::hypot(panel.size.width, panel.size.height) /
                              (panel.inches * 25.4));
  }
  [[nodiscard]] Rect window() const {
    return {0, 0, static_cast<float>(GetParam().size.width),
            static_cast<float>(GetParam().size.height)};
  }

  Stage stage_;
};

TEST_P(EveryPanel, ClipsNoText) {
  on_every_page([&](const screens::Page& page, const Look& /*look*/) {
    for (const screens::Item& item : page.items) {
      for (const design::TextBlock& text : item.texts) {
        EXPECT_TRUE(text.fits) << words_of(text);
        if (!text.lines.empty()) {
          EXPECT_TRUE(lies_in(ink_of(text), text.box)) << words_of(text);
        }
        EXPECT_TRUE(lies_in(text.box, window())) << words_of(text);
      }
    }
  });
}

TEST_P(EveryPanel, LetsNothingOverlap) {
  on_every_page([&](const screens::Page& page, const Look& /*look*/) {
    std::vector<std::pair<Rect, std::string>> inks;
    for (const screens::Item& item : page.items) {
      for (const design::TextBlock& text : item.texts) {
        if (!text.lines.empty()) inks.emplace_back(ink_of(text), words_of(text));
      }
      if (item.icon) inks.emplace_back(item.icon->rect, "icon");
      if (item.face) inks.emplace_back(item.face->rect, "face");
      if (item.sign) inks.emplace_back(item.sign->rect, "sign");
    }
    if (page.code) inks.emplace_back(page.code->rect, "code");
    for (std::size_t a = 0; a < inks.size(); ++a) {
      for (std::size_t b = a + 1; b < inks.size(); ++b) {
        EXPECT_FALSE(overlap(inks[a].first, inks[b].first))
            << inks[a].second << " and " << inks[b].second;
      }
    }
  });
}

TEST_P(EveryPanel, LetsNoTextLieUnderSomebodyElsesBox) {
  on_every_page([&](const screens::Page& page, const Look& /*look*/) {
    for (const screens::Item& box : page.items) {
      if (!box.skin) continue;
      for (const screens::Item& other : page.items) {
        if (&other == &box) continue;
        for (const design::TextBlock& text : other.texts) {
          if (text.lines.empty()) continue;
          EXPECT_FALSE(overlap(ink_of(text), box.rect)) << words_of(text);
        }
        if (other.skin) {
          EXPECT_FALSE(overlap(other.rect, box.rect));
        }
      }
    }
  });
}

/// The measure is the finger's, in millimetres of the panel.
TEST_P(EveryPanel, HasTargetsThatOldFingersHit) {
  on_every_page([&](const screens::Page& page, const Look& /*look*/) {
    for (const screens::Item& item : page.items) {
      if (!item.event) continue;
      const float least =
          std::floor((item.face ? design::kFaceMm : design::kTargetMm) * pixels_per_mm());
      EXPECT_GE(item.hit.width, least) << item.spoken;
      EXPECT_GE(item.hit.height, least) << item.spoken;
      EXPECT_TRUE(lies_in(item.hit, window())) << item.spoken;
    }
  });
}

TEST_P(EveryPanel, LetsNoTwoTargetsOverlap) {
  on_every_page([&](const screens::Page& page, const Look& /*look*/) {
    for (std::size_t a = 0; a < page.items.size(); ++a) {
      for (std::size_t b = a + 1; b < page.items.size(); ++b) {
        if (!page.items[a].event || !page.items[b].event) continue;
        EXPECT_FALSE(overlap(page.items[a].hit, page.items[b].hit))
            << page.items[a].spoken << " and " << page.items[b].spoken;
      }
    }
  });
}

TEST_P(EveryPanel, OffersTheSwitchesAndAWayOutOnEveryPage) {
  on_every_page([&](const screens::Page& page, const Look& look) {
    std::set<flow::Preference> switches;
    for (const screens::Item& item : page.items) {
      if (!item.event) continue;
      if (const auto* tap = std::get_if<flow::PreferenceTapped>(&*item.event)) {
        switches.insert(tap->preference);
      }
    }
    const bool upright = window().height > window().width;
    EXPECT_EQ(switches.size(), upright ? 5U : 4U) << look.lower;
  });
}

TEST_P(EveryPanel, KeepsEverythingInTheLowerPartForWhoSits) {
  if (window().height <= window().width) return;  // only upright panels reach too high
  on_every_page([&](const screens::Page& page, const Look& look) {
    if (!look.lower) return;
    for (const screens::Item& item : page.items) {
      EXPECT_GE(item.rect.y + 1, window().height * 0.4F) << item.spoken;
    }
  });
}

/// The contract that scripts rely on.
TEST_P(EveryPanel, HitsTheFaceOfAColumnAtFiftyFivePercentOfTheHeight) {
  for (const Look& look : looks_of(GetParam())) {
    flow::Preferences preferences;
    preferences.text = look.text;
    preferences.lower = look.lower;
    stage_.prefer(preferences);
    for (int column = 0; column < 5; ++column) {
      const float x = window().width * (static_cast<float>(column) + 0.5F) / 5;
      const float y = window().height * 0.55F;
      for (const flow::Screen& screen :
           {flow::Screen(flow::Home{}), flow::Screen(flow::ChooseAgain{})}) {
        const auto event = stage_.tap(x, y, screen);
        ASSERT_TRUE(event) << name_of(look);
        const auto* tapped = std::get_if<flow::FaceTapped>(&*event);
        ASSERT_NE(tapped, nullptr) << name_of(look);
        EXPECT_EQ(tapped->score.value(), column + 1);
        const screens::Item* face = screens::item_at(stage_.ui().page(), x, y);
        ASSERT_NE(face, nullptr);
        EXPECT_TRUE(face->rect.contains(x, y)) << "on the card, not beside it";
      }
    }
  }
}

TEST_P(EveryPanel, GivesAllFacesTheSameSizeAndDistance) {
  on_every_page([&](const screens::Page& page, const Look& /*look*/) {
    std::vector<const screens::Item*> faces;
    for (const screens::Item& item : page.items) {
      if (item.face) faces.push_back(&item);
    }
    if (faces.empty()) return;
    ASSERT_EQ(faces.size(), 5U);
    for (std::size_t i = 1; i < faces.size(); ++i) {
      EXPECT_EQ(faces[i]->face->rect.width, faces[0]->face->rect.width);
      EXPECT_EQ(faces[i]->face->rect.y, faces[0]->face->rect.y);
      EXPECT_EQ(faces[i]->rect.x - faces[i - 1]->rect.x, faces[1]->rect.x - faces[0]->rect.x);
      if (faces[i]->event) {
        EXPECT_EQ(faces[i]->hit.x, faces[i - 1]->hit.right()) << "no pixel between them is dead";
      }
    }
    EXPECT_NEAR(faces[0]->rect.x, window().width - faces[4]->rect.right(), 1);
  });
}

TEST_P(EveryPanel, CutsLongNamesInsteadOfSpillingThem) {
  kiosk::Contents long_names = contents(GetParam().inches);
  long_names.place = {
      "Ủy ban nhân dân đặc khu có tên dài nhất trong tất cả các đơn vị hành chính",
      "Trung tâm Phục vụ hành chính công chi nhánh số mười hai tại nhà văn hóa thôn",
      "Quầy tiếp nhận hồ sơ tư pháp và hộ tịch"};
  Stage stage(GetParam().size, std::move(long_names));
  stage.show(flow::Home{});
  for (const screens::Item& item : stage.ui().page().items) {
    for (const design::TextBlock& text : item.texts) {
      EXPECT_TRUE(lies_in(ink_of(text), text.box)) << words_of(text);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Layout, EveryPanel, testing::ValuesIn(kPanels), panel_name);

/// The picture after the tap tells a bystander nothing.
TEST(Layout, ThanksLookTheSameForEveryScore) {
  Stage stage({1280, 800});
  std::optional<design::Picture> first;
  for (int score = 1; score <= 5; ++score) {
    const flow::Visit visit{7, *core::Score::from(score), {}, false, 1, 1, 0, 0, std::nullopt};
    stage.show(flow::Home{});
    stage.show(flow::Thanks{visit, true, true, 600, 5'000, 5});
    const design::Picture picture = picture_of(stage.surface());
    if (!first) first = picture;
    EXPECT_EQ(picture.pixels, first->pixels) << score;
  }
}

TEST(Layout, SplitsNoCompound) {
  for (const Panel& panel : kPanels) {
    Stage stage(panel.size, contents(panel.inches));
    for (const Exhibit& exhibit : gallery(stage.contents_shown().survey)) {
      must(stage.ui().show(exhibit.screen, {}, true, 0));
      for (const screens::Item& item : stage.ui().page().items) {
        for (const design::TextBlock& block : item.texts) {
          for (std::size_t i = 1; i < block.lines.size(); ++i) {
            const std::string& end = block.lines[i - 1].text;
            const std::string& start = block.lines[i].text;
            for (const auto& [one, two] :
                 {std::pair("hài", "lòng"), std::pair("thủ", "tục"), std::pair("giải", "quyết"),
                  std::pair("hôm", "nay"), std::pair("ẩn", "danh"), std::pair("ghi", "nhận"),
                  std::pair("góp", "ý"), std::pair("hồ", "sơ")}) {
              EXPECT_FALSE(end.ends_with(one) && start.starts_with(two)) << end << " | " << start;
            }
          }
        }
      }
    }
  }
}

bool has_glyphs(const ImFont& font, std::string_view text, std::string& missing) {
  ImVector<ImWchar> ranges;
  ImFontGlyphRangesBuilder builder;
  builder.AddText(text.data(), text.data() + text.size());
  builder.BuildRanges(&ranges);
  for (int i = 0; i + 1 < ranges.Size; i += 2) {
    for (unsigned int c = ranges[i]; c <= ranges[i + 1]; ++c) {
      if (font.FindGlyphNoFallback(static_cast<ImWchar>(c)) == nullptr) {
        missing = std::to_string(c);
        return false;
      }
    }
  }
  return true;
}

/// Every character of every language file and of everything that can be typed.
TEST(Atlas, HoldsEveryCharacterOfTheTextsAndKeys) {
  Stage stage({1280, 800});
  const kiosk::Contents& shown = stage.contents_shown();
  std::set<const ImFont*> fonts;
  for (const Exhibit& exhibit : gallery(shown.survey)) {
    must(stage.ui().show(exhibit.screen, {}, true, 0));
    for (const screens::Item& item : stage.ui().page().items) {
      for (const design::TextBlock& block : item.texts) fonts.insert(block.font);
    }
  }
  EXPECT_GE(fonts.size(), 4U);
  std::vector<std::string_view> texts = shown.vietnamese.all();
  for (const std::string_view text : shown.english.all()) texts.push_back(text);
  texts.push_back(design::all_typable());
  std::string missing;
  for (const ImFont* font : fonts) {
    for (const std::string_view text : texts) {
      EXPECT_TRUE(has_glyphs(*font, text, missing)) << missing << " of " << text;
    }
  }
}

const ImFont& a_font(Stage& stage) {
  stage.show(flow::Home{});
  for (const screens::Item& item : stage.ui().page().items) {
    if (item.face) return *item.texts.front().font;
  }
  throw std::runtime_error("no face");
}

TEST(LineBreaking, MakesEvenLines) {
  Stage stage({1280, 800});
  const ImFont& font = a_font(stage);
  const float width = design::text_width(font, "Cảm ơn Ông/Bà Cảm ơn Ông/Bà Cảm ơn");
  EXPECT_EQ(
      design::break_lines(font, "Cảm ơn Ông/Bà Cảm ơn Ông/Bà Cảm ơn Ông/Bà Cảm ơn Ông/Bà", width),
      (std::vector<std::string>{"Cảm ơn Ông/Bà Cảm ơn Ông/Bà", "Cảm ơn Ông/Bà Cảm ơn Ông/Bà"}));
}

TEST(LineBreaking, KeepsWordsThatAreGlued) {
  Stage stage({1280, 800});
  const ImFont& font = a_font(stage);
  const float width = design::text_width(font, "hài lòng hài");
  EXPECT_EQ(design::break_lines(font, "hài\u00A0lòng hài\u00A0lòng", width),
            (std::vector<std::string>{"hài\u00A0lòng", "hài\u00A0lòng"}));
}

TEST(LineBreaking, TearsAWordThatIsWiderThanALineAndLosesNothing) {
  Stage stage({1280, 800});
  const ImFont& font = a_font(stage);
  std::string word;
  for (int i = 0; i < 40; ++i) word += "ườ";
  std::string together;
  for (const std::string& line : design::break_lines(font, word, 200)) {
    EXPECT_LE(design::text_width(font, line), 200);
    together += line;
  }
  EXPECT_EQ(together, word);
}

TEST(LineBreaking, KeepsLineEnds) {
  Stage stage({1280, 800});
  EXPECT_EQ(design::break_lines(a_font(stage), "một\n\nhai\n", 1'000),
            (std::vector<std::string>{"một", "", "hai", ""}));
}

}  // namespace
}  // namespace hailong::tests
