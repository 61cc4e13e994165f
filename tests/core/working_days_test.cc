#include "core/working_days.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "tests/property.h"

namespace hailong::core {
namespace {

LocalDate day_of(const char* text) { return *parse_date(text); }

const WorkingCalendar& sample_calendar() {
  static const WorkingCalendar calendar = [] {
    std::ifstream file(HAILONG_SOURCE_DIR "/config/public-holidays.csv");
    std::stringstream text;
    text << file.rdbuf();
    auto read = WorkingCalendar::parse(text.str());
    if (!read) throw std::runtime_error(read.error().message);
    return *read;
  }();
  return calendar;
}

std::string mistake_in(const std::string& lines) {
  const auto read = WorkingCalendar::parse("date,day,name,confirmed,source\n" + lines);
  return read ? "" : read.error().message;
}

TEST(WorkingDays, LeaveOutWeekendsAndHolidays) {
  const WorkingCalendar& calendar = sample_calendar();
  EXPECT_EQ(add_working_days(calendar, day_of("2026-11-20"), 2),
            day_of("2026-11-25"));  // 24/11 is off
  EXPECT_EQ(add_working_days(calendar, day_of("2026-02-13"), 1), day_of("2026-02-23"));  // Tết
  EXPECT_EQ(add_working_days(calendar, day_of("2025-04-25"), 1),
            day_of("2025-04-26"));  // a Saturday
  EXPECT_EQ(add_working_days(calendar, day_of("2025-04-29"), 1), day_of("2025-05-05"));
  EXPECT_EQ(add_working_days(calendar, day_of("2026-06-06"), 0), day_of("2026-06-06"));
  EXPECT_EQ(add_working_days(calendar, day_of("2026-06-06"), 5), day_of("2026-06-12"));
}

TEST(WorkingDays, AreKnownForYearsWithHolidays) {
  using std::chrono::year;
  EXPECT_FALSE(sample_calendar().knows(year{2023}));
  for (int known = 2024; known <= 2027; ++known) EXPECT_TRUE(sample_calendar().knows(year{known}));
  EXPECT_FALSE(sample_calendar().knows(year{2028}));
  EXPECT_TRUE(sample_calendar().is_working_day(day_of("2028-01-03")));
  EXPECT_FALSE(sample_calendar().is_working_day(day_of("2028-01-01")));
}

TEST(WorkingDays, LoseTheElevenDaysOfTheLawAndTheDayOfCulture) {
  for (int year = 2024; year <= 2027; ++year) {
    int off = 0;
    for (LocalDate date = day_of((std::to_string(year) + "-01-01").c_str());
         static_cast<int>(date.year()) == year; date = next_day(date)) {
      const SpecialDay* special = sample_calendar().special(date);
      if (special != nullptr) off += special->working ? -1 : 1;
    }
    EXPECT_EQ(off, year < 2026 ? 11 : 12) << year;
  }
}

TEST(WorkingDays, CountBackWhatWasAdded) {
  HAILONG_PROPERTY("between(date, add(date, n)) == n, and it is a working day", [] {
    const auto start = std::chrono::sys_days{day_of("2024-01-01")};
    const LocalDate date{start + std::chrono::days{*rc::gen::inRange(0, 1400)}};
    const int count = *rc::gen::inRange(1, 60);
    const LocalDate due = add_working_days(sample_calendar(), date, count);
    RC_ASSERT(sample_calendar().is_working_day(due));
    RC_ASSERT(working_days_between(sample_calendar(), date, due) == count);
    RC_ASSERT(working_days_between(sample_calendar(), due, date) == -count);
  });
}

TEST(WorkingDays, NameTheLineOfAMistake) {
  EXPECT_EQ(WorkingCalendar::parse("").error().message,
            "public-holidays.csv:1: expected the heading date,day,name,confirmed,source");
  EXPECT_EQ(mistake_in("2026-02-30,off,A,yes,B\n"),
            "public-holidays.csv:2: date: expected YYYY-MM-DD");
  EXPECT_EQ(mistake_in("2026-01-01,holiday,A,yes,B\n"),
            "public-holidays.csv:2: day: expected off or work");
  EXPECT_EQ(
      mistake_in("2026-01-03,off,A,yes,B\n"),
      "public-holidays.csv:2: day: off is for Monday to Friday, work for Saturday and Sunday");
  EXPECT_EQ(mistake_in("2026-01-01,off,A,maybe,B\n"),
            "public-holidays.csv:2: confirmed: expected yes or no");
  EXPECT_EQ(mistake_in("2026-01-01,off,A,yes,B\n2026-01-01,off,A,yes,B\n"),
            "public-holidays.csv:3: 2026-01-01 is there twice");
}

}  // namespace
}  // namespace hailong::core
