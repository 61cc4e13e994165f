#include "district/web/unit_page.h"

#include <gtest/gtest.h>

#include "district/web/small_samples.h"
#include "district/web/survey_words.h"
#include "tests/district/sample.h"

namespace hailong::district::web {
namespace {

core::Counts counts_of(std::array<std::int64_t, 5> by_score) { return core::Counts{by_score}; }

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

/// The page of xã Phú Thái on 24/11/2026, to be changed by each test.
struct PageOfPhuThai {
  core::Unit unit{core::UnitCode{"10750"},        "Phú Thái",  "xã", core::UnitCode{"31"},
                  core::parse_date("2025-07-01"), std::nullopt};
  Asked asked{*core::parse_date("2026-11-24"),
              {*core::parse_date("2026-11-01"), *core::parse_date("2026-11-24")},
              false,
              ""};
  UnitView view{asked, unit};
};

TEST(UnitPage, ShowsTheShareWithItsIntervalAndSample) {
  PageOfPhuThai page;
  page.view.score.counts = counts_of({1, 1, 0, 3, 4});
  page.view.ratings_needed = 200;
  const std::string html = unit_html(page.view);
  for (const char* text : {"Xã Phú Thái", "Từ 01/11/2026 đến 24/11/2026", "77,8 %", "45,3–93,7",
                           "mẫu tối thiểu 200"}) {
    EXPECT_TRUE(holds(html, text)) << text;
  }
}

TEST(UnitPage, DrawsTheTrendFromATableWithGaps) {
  PageOfPhuThai page;
  page.view.trend = {{"09/2026", counts_of({0, 0, 1, 1, 8})}, {"10/2026", core::Counts{}}};
  const std::string html = unit_html(page.view);
  EXPECT_TRUE(holds(html, "<figure class=\"chart\" data-chart=\"share\">"));
  EXPECT_TRUE(holds(html, "data-value=\"90.00\">90,0</td>"));
  EXPECT_TRUE(holds(html, "không có dữ liệu"));
}

TEST(UnitPage, KeepsTheOtherTwoLogicsOffTheCharts) {
  PageOfPhuThai page;
  page.view.indices = {{"Chỉ số 1", "1,8 / 2", "412 câu trả lời"}};
  page.view.dossiers = {"92,50 % (370/400 hồ sơ không có lỗi)", {{"Quá hạn", 20}}};
  const std::string html = unit_html(page.view);
  const auto chart_end = html.rfind("</figure>");
  ASSERT_NE(chart_end, std::string::npos);
  EXPECT_GT(html.find("1,8 / 2"), chart_end);
  EXPECT_GT(html.find("92,50 % (370/400 hồ sơ không có lỗi)"), chart_end);
  EXPECT_GT(html.find(">20</td>"), chart_end);
}

TEST(UnitPage, HidesTheFiguresOfFewerThanFiveFromStaff) {
  PageOfPhuThai page;
  page.view.score.counts = counts_of({0, 1, 0, 0, 3});
  EXPECT_TRUE(holds(unit_html(page.view), "75,0 %"));
  page.view.small_groups_hidden = true;
  EXPECT_FALSE(holds(unit_html(page.view), "75,0 %"));
  EXPECT_TRUE(holds(unit_html(page.view), "Kỳ này có dưới 5 phiếu"));
}

TEST(UnitPage, EscapesEverythingThatCameFromOutside) {
  PageOfPhuThai page;
  const std::string evil = "<script>alert(1)</script>";
  page.unit.name = evil;
  page.view.fields = {{evil, counts_of({1, 1, 1, 1, 1})}};
  page.view.counters = {{evil, std::nullopt}};
  page.view.hours = {{evil, counts_of({1, 1, 1, 1, 1})}};
  page.view.reasons = {{evil, 7}};
  page.view.indices = {{evil, evil, evil}};
  page.view.dossiers = {evil, {{evil, 7}}};
  page.view.history = {{evil, evil, evil}};
  page.view.points = {{evil, evil, {{evil, evil, {{DeviceConcern::Weight::kNote, evil}}}}}};
  page.view.score.verdict = evil;
  page.view.score.flagged = 1;
  page.view.score.reasons = {{evil, 1}};
  page.view.asked.error = evil;
  EXPECT_FALSE(holds(unit_html(page.view), "<script"));
}

std::vector<std::int64_t> shown_of(const std::vector<Group>& groups) {
  std::vector<std::int64_t> shown;
  shown.reserve(groups.size());
  for (const Group& group : groups) shown.push_back(group.counts ? group.counts->n() : -1);
  return shown;
}

std::vector<Group> groups_of(const std::vector<std::int64_t>& sizes) {
  std::vector<Group> groups;
  groups.reserve(sizes.size());
  for (const std::int64_t size : sizes) groups.push_back({"", counts_of({0, 0, 0, 0, size})});
  return groups;
}

TEST(SmallSamples, HideGroupsOfFewerThanFive) {
  using Sizes = std::vector<std::int64_t>;
  const auto shown = [](const Sizes& sizes) {
    return shown_of(without_small_groups(groups_of(sizes)));
  };
  EXPECT_EQ(shown({40, 5, 0}), (Sizes{40, 5, 0}));
  EXPECT_EQ(shown({40, 4, 3}), (Sizes{40, -1, -1}));
  // One hidden group alone would be the total less the others.
  EXPECT_EQ(shown({40, 12, 3}), (Sizes{40, -1, -1}));
  // Two of one rating each are still two people.
  EXPECT_EQ(shown({40, 9, 1, 1}), (Sizes{40, -1, -1, -1}));
  EXPECT_EQ(shown({3}), (Sizes{-1}));
}

TEST(SmallSamples, LeaveNoHiddenGroupThatTheTotalGivesAway) {
  for (std::int64_t a = 0; a < 12; ++a) {
    for (std::int64_t b = 0; b < 12; ++b) {
      for (std::int64_t c = 0; c < 12; ++c) {
        const auto groups = without_small_groups(groups_of({a, b, c}));
        std::int64_t hidden_sum = a + b + c;
        std::int64_t hidden = 0;
        std::int64_t shown = 0;
        for (const Group& group : groups) {
          hidden += group.counts ? 0 : 1;
          if (!group.counts) continue;
          hidden_sum -= group.counts->n();
          shown += group.counts->n() > 0 ? 1 : 0;
          EXPECT_TRUE(group.counts->n() == 0 || group.counts->n() >= kSmallestGroup);
        }
        if (hidden == 0) continue;
        EXPECT_TRUE(shown == 0 || (hidden >= 2 && hidden_sum >= kSmallestGroup))
            << a << " " << b << " " << c;
      }
    }
  }
}

TEST(SurveyWords, AreTheKiosksOwn) {
  EXPECT_EQ(answer_words("reasons", "long-wait"), "Chờ lâu");
  EXPECT_EQ(answer_words("purposes", "result"), "Nhận kết quả");
  EXPECT_EQ(answer_words("tt01-1", "0"), "Trễ hẹn");
  EXPECT_EQ(answer_words("extra-payment", "yes"), "Có");
  EXPECT_EQ(answer_words("reasons", "of-tomorrow"), "of-tomorrow");
}

}  // namespace
}  // namespace hailong::district::web
