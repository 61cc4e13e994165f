#include <gtest/gtest.h>
#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <string>
#include <vector>

#include "core/text.h"
#include "kiosk/screens/chart.h"
#include "kiosk/screens/staff_blocks.h"
#include "tests/kiosk/measures.h"
#include "tests/kiosk/staff_gallery.h"
#include "tests/kiosk/stage.h"

/// Staff mode on every panel, in every text size, measured sheet by sheet: nothing is cut, nothing
/// overlaps, everything that can be tapped is large enough.

namespace hailong::tests {
namespace {

namespace design = kiosk::design;
namespace flow = kiosk::flow;
namespace screens = kiosk::screens;
namespace staff = kiosk::staff;
using design::Rect;

constexpr double kStaffMm = 12;
constexpr int kMostSheets = 12;

std::string page_text(const screens::Page& page) {
  std::string all;
  for (const screens::Item& item : page.items) {
    for (const auto& block : item.texts) {
      for (const auto& line : block.lines) {
        all += line.text;
        all += ' ';
      }
    }
  }
  return all;
}

/// The number of the sheet that the way on leads to; nothing on the last.
std::optional<int> next_sheet(const screens::Page& page, int now) {
  for (const screens::Item& item : page.items) {
    const auto* tap = item.event ? std::get_if<flow::PageTapped>(&*item.event) : nullptr;
    if (tap != nullptr && tap->page == now + 1) return tap->page;
  }
  return std::nullopt;
}

class StaffOnEveryPanel : public testing::TestWithParam<Panel> {
 protected:
  StaffOnEveryPanel() : stage_(GetParam().size, contents(GetParam().inches)) {}

  /// Calls `check` for each sheet of each view in each text size.
  template <typename Check>
  void on_every_sheet(const Check& check) {
    for (const auto size :
         {flow::TextSize::kNormal, flow::TextSize::kLarge, flow::TextSize::kLargest}) {
      flow::Preferences preferences;
      preferences.text = size;
      stage_.prefer(preferences);
      for (const Exhibit& exhibit : staff_gallery()) {
        auto screen = std::get<flow::Staff>(exhibit.screen);
        std::optional<int> sheet = 0;
        for (int turned = 0; sheet; ++turned) {
          ASSERT_LT(turned, kMostSheets) << exhibit.name;
          screen.sheet = *sheet;
          must(stage_.ui().show(screen, preferences, true, 0));
          const testing::ScopedTrace trace(__FILE__, __LINE__,
                                           exhibit.name + " " +
                                               std::to_string(static_cast<int>(size)) + " sheet " +
                                               std::to_string(*sheet));
          check(stage_.ui().page(), screen);
          sheet = next_sheet(stage_.ui().page(), *sheet);
        }
      }
    }
  }

  [[nodiscard]] static Rect window() {
    return {0, 0, static_cast<float>(GetParam().size.width),
            static_cast<float>(GetParam().size.height)};
  }

  Stage stage_;
};

TEST_P(StaffOnEveryPanel, CutsAndTearsNoText) {
  on_every_sheet([&](const screens::Page& page, const flow::Staff& /*screen*/) {
    for (const screens::Item& item : page.items) {
      for (const design::TextBlock& text : item.texts) {
        EXPECT_TRUE(text.fits) << words_of(text);
        EXPECT_FALSE(text.torn) << words_of(text);
        if (!text.lines.empty()) {
          EXPECT_TRUE(lies_in(ink_of(text), text.box)) << words_of(text);
          EXPECT_TRUE(lies_in(ink_of(text), window())) << words_of(text);
        }
      }
      EXPECT_TRUE(lies_in(item.rect, window())) << words_of_item(item);
    }
  });
}

TEST_P(StaffOnEveryPanel, LetsNothingOverlap) {
  on_every_sheet([&](const screens::Page& page, const flow::Staff& /*screen*/) {
    std::vector<std::pair<Rect, std::string>> inks;
    for (const screens::Item& item : page.items) {
      for (const design::TextBlock& text : item.texts) {
        if (!text.lines.empty()) inks.emplace_back(ink_of(text), words_of(text));
      }
      if (item.icon) inks.emplace_back(item.icon->rect, "icon");
    }
    for (std::size_t a = 0; a < inks.size(); ++a) {
      for (std::size_t b = a + 1; b < inks.size(); ++b) {
        EXPECT_FALSE(overlap(inks[a].first, inks[b].first))
            << inks[a].second << " and " << inks[b].second;
      }
    }
    for (const screens::Item& box : page.items) {
      if (!box.skin) continue;
      for (const screens::Item& other : page.items) {
        if (&other == &box) continue;
        if (other.skin) {
          EXPECT_FALSE(overlap(other.rect, box.rect))
              << words_of_item(other) << " and " << words_of_item(box);
        }
        for (const design::TextBlock& text : other.texts) {
          if (text.lines.empty()) continue;
          EXPECT_FALSE(overlap(ink_of(text), box.rect))
              << words_of(text) << " and " << words_of_item(box);
        }
      }
    }
  });
}

TEST_P(StaffOnEveryPanel, HasTargetsThatFingersHitAndThatDoNotOverlap) {
  const auto least = static_cast<float>(std::floor(
      kStaffMm * std::hypot(window().width, window().height) / (GetParam().inches * 25.4)));
  on_every_sheet([&](const screens::Page& page, const flow::Staff& /*screen*/) {
    for (std::size_t a = 0; a < page.items.size(); ++a) {
      const screens::Item& item = page.items[a];
      if (!item.event) continue;
      EXPECT_GE(item.hit.width, least) << words_of_item(item);
      EXPECT_GE(item.hit.height, least) << words_of_item(item);
      EXPECT_TRUE(lies_in(item.hit, window())) << words_of_item(item);
      for (std::size_t b = a + 1; b < page.items.size(); ++b) {
        if (!page.items[b].event) continue;
        EXPECT_FALSE(overlap(item.hit, page.items[b].hit))
            << words_of_item(item) << " and " << words_of_item(page.items[b]);
      }
    }
  });
}

/// Every command that a view offers can be given, on one of its sheets, and the lock on each once
/// the machine is enrolled.
TEST_P(StaffOnEveryPanel, OffersEveryCommand) {
  std::set<std::string> offered;
  std::set<std::string> expected;
  const auto name = [](const staff::Command& command) {
    return std::to_string(static_cast<int>(command.verb)) + " " + std::to_string(command.number);
  };
  on_every_sheet([&](const screens::Page& page, const flow::Staff& screen) {
    bool can_lock = false;
    for (const screens::Item& item : page.items) {
      const auto* tap = item.event ? std::get_if<flow::StaffTapped>(&*item.event) : nullptr;
      if (tap == nullptr) continue;
      can_lock = can_lock || tap->command.verb == staff::Verb::kLock;
      offered.insert(screen.view.title + name(tap->command));
    }
    const bool is_first_start =
        screen.view.input && screen.view.input->kind == staff::Input::Kind::kCode;
    EXPECT_NE(can_lock, is_first_start) << "there is nothing yet to go back to";
    for (const staff::Button& action : screen.view.actions) {
      expected.insert(screen.view.title + name(action.command));
    }
    for (const staff::Block& block : screen.view.blocks) {
      if (const auto* choices = std::get_if<staff::Choices>(&block)) {
        for (const auto& choice : choices->choices) {
          expected.insert(screen.view.title + name(choice.command));
        }
      } else if (const auto* table = std::get_if<staff::Table>(&block)) {
        for (const auto& row : table->rows) {
          if (row.command) expected.insert(screen.view.title + name(*row.command));
        }
      }
    }
  });
  for (const std::string& command : expected) EXPECT_TRUE(offered.contains(command)) << command;
}

INSTANTIATE_TEST_SUITE_P(Staff, StaffOnEveryPanel, testing::ValuesIn(kPanels), panel_name);

// What is on the pages, on the usual panel.

const Exhibit& exhibit_called(const std::vector<Exhibit>& exhibits, std::string_view name) {
  return *std::find_if(exhibits.begin(), exhibits.end(),
                       [&](const Exhibit& exhibit) { return exhibit.name == name; });
}

TEST(StaffPage, SaysEverythingThatTheViewSays) {
  Stage stage({1280, 800});
  for (const Exhibit& exhibit : staff_gallery()) {
    std::string all;
    auto screen = std::get<flow::Staff>(exhibit.screen);
    for (std::optional<int> sheet = 0; sheet; sheet = next_sheet(stage.ui().page(), *sheet)) {
      screen.sheet = *sheet;
      must(stage.ui().show(screen, {}, true, 0));
      all += page_text(stage.ui().page());
    }
    std::replace(all.begin(), all.end(), '\n', ' ');
    const auto says = [&](const std::string& text) {
      // Lines may break anywhere, so word by word.
      const std::string glued = screens::bound(stage.contents_shown().vietnamese, text);
      std::size_t begin = 0;
      while (begin < glued.size()) {
        const std::size_t end = std::min(glued.find(' ', begin), glued.size());
        EXPECT_NE(all.find(glued.substr(begin, end - begin)), std::string::npos)
            << exhibit.name << ": " << text;
        begin = end + 1;
      }
    };
    for (const staff::Block& block : screen.view.blocks) {
      if (const auto* facts = std::get_if<staff::Facts>(&block)) {
        for (const auto& fact : facts->facts) {
          says(fact.label);
          says(fact.value);
        }
      } else if (const auto* table = std::get_if<staff::Table>(&block)) {
        for (const auto& row : table->rows) {
          for (const std::string& cell : row.cells) says(cell);
        }
      } else if (const auto* text = std::get_if<staff::Text>(&block)) {
        says(text->text);
      }
    }
    if (screen.stay.seconds_left == 0) says(screen.view.who);
    says(screen.view.title);
    says(screen.view.message);
  }
}

TEST(StaffPage, ShowsNoDigitOfAPin) {
  Stage stage({1280, 800});
  const auto exhibits = staff_gallery();
  stage.show(exhibit_called(exhibits, "staff-pin").screen);
  std::string all;
  for (const screens::Item& item : stage.ui().page().items) {
    if (item.event) continue;  // the keys
    for (const auto& block : item.texts) all += words_of(block);
  }
  EXPECT_NE(all.find("••••"), std::string::npos);
  EXPECT_EQ(all.find("1234"), std::string::npos);
}

TEST(StaffPage, HandsInOnlyWhatIsComplete) {
  Stage stage({1280, 800});
  const auto exhibits = staff_gallery();
  auto screen = std::get<flow::Staff>(exhibit_called(exhibits, "staff-date").screen);
  const auto can_submit = [&] {
    stage.show(screen);
    const auto& items = stage.ui().page().items;
    return std::any_of(items.begin(), items.end(), [](const screens::Item& item) {
      return item.event && std::holds_alternative<flow::NextTapped>(*item.event);
    });
  };
  EXPECT_FALSE(can_submit());
  screen.digits = "14082024";
  EXPECT_TRUE(can_submit());
}

TEST(StaffPage, TurnsSheetsBeforePages) {
  Stage stage({1024, 600});
  const auto exhibits = staff_gallery();
  auto screen = std::get<flow::Staff>(exhibit_called(exhibits, "staff-inbox").screen);
  const auto can_tap = [&](const flow::Event& wanted) {
    const auto& items = stage.ui().page().items;
    return std::any_of(items.begin(), items.end(),
                       [&](const screens::Item& item) { return item.event == wanted; });
  };
  const flow::Event next_page = flow::StaffTapped{{staff::Verb::kPage, 2, {}}};
  const flow::Event page_before = flow::StaffTapped{{staff::Verb::kPage, 0, {}}};
  stage.show(screen);
  EXPECT_TRUE(can_tap(page_before));
  EXPECT_TRUE(can_tap(flow::PageTapped{1}));
  EXPECT_FALSE(can_tap(next_page));
  while (next_sheet(stage.ui().page(), screen.sheet)) {
    ++screen.sheet;
    stage.show(screen);
  }
  EXPECT_TRUE(can_tap(next_page));
  EXPECT_TRUE(can_tap(flow::PageTapped{screen.sheet - 1}));
}

/// The fonts hold what staff mode shows.
TEST(StaffPage, HasEveryCharacter) {
  Stage stage({1280, 800});
  for (const Exhibit& exhibit : staff_gallery()) {
    must(stage.ui().show(exhibit.screen, {}, true, 0));
    for (const screens::Item& item : stage.ui().page().items) {
      for (const auto& block : item.texts) {
        for (const auto& line : block.lines) {
          for (const char32_t c : core::code_points(line.text)) {
            EXPECT_NE(block.font->FindGlyphNoFallback(static_cast<ImWchar>(c)), nullptr)
                << line.text;
          }
        }
      }
    }
  }
}

// Charts.

TEST(ChartScale, HasAtMostFiveLinesAtRoundValuesAndReachesTheTop) {
  for (const double top : {0.4, 1.0, 3.0, 4.0, 7.0, 19.0, 57.0, 100.0, 410.0, 99'999.0}) {
    const screens::Scale scale = screens::scale_of(top, true);
    EXPECT_GE(scale.top(), top);
    EXPECT_LE(scale.steps, 4) << top;
    EXPECT_LT(scale.top() - scale.step, top) << "no line more than needed; " << top;
    EXPECT_EQ(scale.step, std::floor(scale.step)) << "of things that are counted; " << top;
  }
  EXPECT_EQ(screens::scale_of(100, false).step, 25);
  EXPECT_EQ(screens::scale_of(4.2, false).step, 2);
  EXPECT_EQ(screens::scale_of(0, false).steps, 1);
}

/// The bars of a chart on a page of its own, from left to right.
std::vector<Rect> bars_of(Stage& stage, const staff::Chart& chart, design::Colour colour) {
  staff::View view;
  view.title = "Biểu đồ";
  view.blocks = {chart};
  flow::Staff screen{
      view, false, 1,
      0,    {},    core::Draft(core::TypingMethod::kTelex, core::TonePlacement::kOld),
      {},   {},    {0, 60'000, 0}};
  stage.show(screen);
  std::vector<Rect> bars;
  for (const screens::Item& item : stage.ui().page().items) {
    if (item.fill == colour && item.rect.x > 0) bars.push_back(item.rect);
  }
  return bars;
}

TEST(ChartPage, DrawsBarsFromZeroInProportion) {
  Stage stage({1280, 800});
  const staff::Chart chart{
      staff::Chart::Kind::kBars,
      "Số phiếu",
      "phiếu",
      0,
      {{"a", 10, "10", 0}, {"b", 20, "20", 0}, {"c", {}, "", 0}, {"d", 5, "5", 0}}};
  const auto bars = bars_of(stage, chart, stage.ui().theme().accent);
  ASSERT_EQ(bars.size(), 3U) << "a gap is no bar";
  EXPECT_NEAR(bars[1].height, 2 * bars[0].height, 2);
  EXPECT_NEAR(bars[0].height, 2 * bars[2].height, 2);
  EXPECT_EQ(bars[0].bottom(), bars[1].bottom());
  EXPECT_EQ(bars[0].bottom(), bars[2].bottom());
}

TEST(ChartPage, LaysBarsWithLongLabelsDown) {
  Stage stage({1280, 800});
  staff::Chart chart{staff::Chart::Kind::kBars, "Theo lĩnh vực", "%", 100, {}};
  for (const double value : {25.0, 50.0, 100.0, 75.0}) {
    chart.points.push_back(
        {"Thành lập và hoạt động của hộ kinh doanh, hợp tác xã, liên hiệp hợp tác xã tại xã", value,
         std::to_string(static_cast<int>(value)), 0});
  }
  const auto bars = bars_of(stage, chart, stage.ui().theme().accent);
  ASSERT_EQ(bars.size(), 4U);
  EXPECT_NEAR(bars[1].width, 2 * bars[0].width, 2);
  EXPECT_NEAR(bars[2].width, 4 * bars[0].width, 3);
  EXPECT_EQ(bars[0].x, bars[1].x);
}

TEST(ChartPage, BreaksALineAtAGap) {
  Stage stage({1280, 800});
  staff::Chart chart{staff::Chart::Kind::kLine, "Tỷ lệ", "%", 100, {}};
  for (int i = 0; i < 40; ++i) {
    const bool gap = i == 10 || i == 20 || i == 21;
    chart.points.push_back(
        {std::to_string(i), gap ? std::nullopt : std::optional(50.0 + i), "", 0});
  }
  bars_of(stage, chart, {});
  EXPECT_EQ(stage.ui().page().lines.size(), 39U - 2 - 3);
  for (const screens::PlacedLine& line : stage.ui().page().lines) {
    EXPECT_LT(line.from_x, line.to_x);
  }
}

}  // namespace
}  // namespace hailong::tests
