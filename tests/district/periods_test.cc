#include "district/web/periods.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace hailong::district::web {
namespace {

core::LocalDate day(const char* text) { return *core::parse_date(text); }

const core::LocalDate kToday = day("2026-11-24");

Period named(const std::vector<NamedPeriod>& periods, const std::string& label) {
  const auto found = std::find_if(periods.begin(), periods.end(),
                                  [&](const NamedPeriod& period) { return period.label == label; });
  if (found == periods.end()) {
    ADD_FAILURE() << "no " << label;
    return {};
  }
  return found->period;
}

TEST(Periods, AreNamedInVietnamese) {
  EXPECT_EQ(period_words({kToday, kToday}, kToday), "Hôm nay, thứ Ba, 24/11/2026");
  EXPECT_EQ(period_words({day("2026-11-22"), day("2026-11-22")}, kToday), "Chủ nhật, 22/11/2026");
  EXPECT_EQ(period_words({day("2026-11-01"), kToday}, kToday), "Từ 01/11/2026 đến 24/11/2026");
}

TEST(Periods, BeginWithWeekMonthQuarterAndYear) {
  const auto periods = offered_periods({kToday, kToday}, kToday);
  EXPECT_EQ(named(periods, "7 ngày qua"), (Period{day("2026-11-18"), kToday}));
  EXPECT_EQ(named(periods, "Tháng này"), (Period{day("2026-11-01"), kToday}));
  EXPECT_EQ(named(periods, "Quý này"), (Period{day("2026-10-01"), kToday}));
  EXPECT_EQ(named(periods, "Năm nay"), (Period{day("2026-01-01"), kToday}));
}

TEST(Periods, StepByTheirOwnLengthAndNeverIntoTheFuture) {
  const auto today = offered_periods({kToday, kToday}, kToday);
  EXPECT_EQ(named(today, "‹ Ngày trước"), (Period{day("2026-11-23"), day("2026-11-23")}));
  EXPECT_EQ(std::count_if(
                today.begin(), today.end(),
                [](const auto& period) { return period.label.find("sau") != std::string::npos; }),
            0);
  const auto week = offered_periods({day("2026-11-13"), day("2026-11-19")}, kToday);
  EXPECT_EQ(named(week, "‹ Khoảng trước"), (Period{day("2026-11-06"), day("2026-11-12")}));
  EXPECT_EQ(named(week, "Khoảng sau ›"), (Period{day("2026-11-20"), kToday}));
}

}  // namespace
}  // namespace hailong::district::web
