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

TEST(Periods, AreWholeMonthsThatAreOverForThoseWhoMaySeeNoDay) {
  const core::LocalDate last = day("2026-10-31");
  const Period october{day("2026-10-01"), last};
  EXPECT_EQ(whole_months({kToday, kToday}, last), october);
  EXPECT_EQ(whole_months({day("2026-10-15"), day("2026-10-15")}, last), october);
  EXPECT_EQ(whole_months({day("2026-10-15"), kToday}, last), october);
  EXPECT_EQ(whole_months({day("2026-01-31"), day("2026-02-01")}, last),
            (Period{day("2026-01-01"), day("2026-02-28")}));
  EXPECT_EQ(whole_months({day("2026-12-31"), day("2027-01-01")}, last), october);
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

TEST(Periods, CallASpanOfTheCalendarByItsName) {
  const auto words = [](const char* from, const char* to) {
    return period_words({day(from), day(to)}, kToday);
  };
  EXPECT_EQ(words("2026-10-01", "2026-10-31"), "Tháng 10/2026");
  EXPECT_EQ(words("2024-02-01", "2024-02-29"), "Tháng 02/2024");
  EXPECT_EQ(words("2026-07-01", "2026-09-30"), "Quý III/2026");
  EXPECT_EQ(words("2026-01-01", "2026-06-30"), "6 tháng đầu năm 2026");
  EXPECT_EQ(words("2025-07-01", "2025-12-31"), "6 tháng cuối năm 2025");
  EXPECT_EQ(words("2025-01-01", "2025-12-31"), "Năm 2025");
  EXPECT_EQ(words("2026-02-01", "2026-04-30"), "Từ 01/02/2026 đến 30/04/2026");
}

TEST(Periods, StepFromOneSpanOfTheCalendarToTheNext) {
  const auto month = offered_periods({day("2026-11-01"), kToday}, kToday);
  EXPECT_EQ(named(month, "‹ Tháng 10/2026"), (Period{day("2026-10-01"), day("2026-10-31")}));
  const auto quarter = offered_periods({day("2026-01-01"), day("2026-03-31")}, kToday);
  EXPECT_EQ(named(quarter, "‹ Quý IV/2025"), (Period{day("2025-10-01"), day("2025-12-31")}));
  EXPECT_EQ(named(quarter, "Quý II/2026 ›"), (Period{day("2026-04-01"), day("2026-06-30")}));
  const auto half = offered_periods({day("2026-01-01"), day("2026-06-30")}, kToday);
  EXPECT_EQ(named(half, "6 tháng cuối năm 2026 ›"), (Period{day("2026-07-01"), kToday}));
  const auto year = offered_periods({day("2025-01-01"), day("2025-12-31")}, kToday);
  EXPECT_EQ(named(year, "‹ Năm 2024"), (Period{day("2024-01-01"), day("2024-12-31")}));
  EXPECT_EQ(named(year, "Năm 2026 ›"), (Period{day("2026-01-01"), kToday}));
}

}  // namespace
}  // namespace hailong::district::web
