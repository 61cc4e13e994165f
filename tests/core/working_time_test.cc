#include "core/working_time.h"

#include <gtest/gtest.h>

#include "tests/core/times.h"

namespace hailong::core {
namespace {

constexpr OpeningHours::Span kHours{7 * 60, 17 * 60 + 30};

WorkingCalendar calendar_with_a_holiday() {
  return WorkingCalendar::parse(
             "date,day,name,confirmed,source\n"
             "2026-09-02,off,Quốc khánh,yes,luật\n"
             "2026-08-22,work,Làm bù,yes,thông báo\n")
      .value();
}

std::int64_t minutes(std::int64_t from, std::int64_t to) {
  static const WorkingCalendar calendar = calendar_with_a_holiday();
  return working_ms_between(calendar, kHours, from, to) / kMinute;
}

TEST(WorkingTime, CountsWithinTheHoursOfAWorkingDay) {
  EXPECT_EQ(minutes(at("2026-09-01", 9), at("2026-09-01", 10, 15)), 75);
  EXPECT_EQ(minutes(at("2026-09-01", 5), at("2026-09-01", 8)), 60);
  EXPECT_EQ(minutes(at("2026-09-01", 17), at("2026-09-01", 23)), 30);
  EXPECT_EQ(minutes(at("2026-09-01", 10), at("2026-09-01", 10)), 0);
  EXPECT_EQ(minutes(at("2026-09-01", 10), at("2026-09-01", 9)), 0);
}

TEST(WorkingTime, PassesOverNightsWeekendsAndHolidays) {
  EXPECT_EQ(minutes(at("2026-08-31", 17), at("2026-09-01", 7, 40)), 70);  // a night
  EXPECT_EQ(minutes(at("2026-08-28", 17), at("2026-08-31", 7, 5)), 35);   // a weekend
  EXPECT_EQ(minutes(at("2026-09-02", 0), at("2026-09-03", 0)), 0);        // a holiday
}

TEST(WorkingTime, KnowsSaturdaysThatAreWorked) {
  EXPECT_EQ(minutes(at("2026-08-22", 0), at("2026-08-23", 0)), 10 * 60 + 30);
}

}  // namespace
}  // namespace hailong::core
