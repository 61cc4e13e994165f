#include "core/opening_hours.h"

#include <gtest/gtest.h>

#include "tests/core/times.h"

namespace hailong::core {
namespace {

using Entries = std::vector<OpeningHours::Entry>;

OpeningHours office() {
  const Entries entries = {
      {"mon-fri", "07:30", "11:30"}, {"mon-fri", "13:30", "17:00"}, {"sat", "08:00", "11:00"}};
  return OpeningHours::parse(entries).value();
}

std::string refusal(const Entries& entries) {
  const auto hours = OpeningHours::parse(entries);
  return hours ? "accepted" : hours.error().message;
}

TEST(OpeningHours, OpenAndCloseOnTheMinute) {
  const OpeningHours hours = office();
  EXPECT_FALSE(is_open(hours, at("2026-11-24", 7, 30) - 1));  // a Tuesday
  EXPECT_TRUE(is_open(hours, at("2026-11-24", 7, 30)));
  EXPECT_TRUE(is_open(hours, at("2026-11-24", 11, 30) - 1));
  EXPECT_FALSE(is_open(hours, at("2026-11-24", 11, 30)));
  EXPECT_FALSE(is_open(hours, at("2026-11-24", 12, 0)));
  EXPECT_TRUE(is_open(hours, at("2026-11-24", 13, 30)));
}

TEST(OpeningHours, KnowTheLocalWeekday) {
  const OpeningHours hours = office();
  EXPECT_TRUE(is_open(hours, at("2026-11-28", 10, 0)));  // Saturday
  EXPECT_FALSE(is_open(hours, at("2026-11-28", 14, 0)));
  EXPECT_FALSE(is_open(hours, at("2026-11-29", 10, 0)));  // Sunday
  EXPECT_TRUE(is_open(hours, at("2026-11-30", 8, 0)));    // Monday
  const Entries monday = {{"mon", "00:00", "24:00"}};
  const OpeningHours all_monday = OpeningHours::parse(monday).value();
  EXPECT_TRUE(is_open(all_monday, at("2026-11-30", 0, 0)));  // still Sunday in UTC
  EXPECT_FALSE(is_open(all_monday, at("2026-12-01", 0, 0)));
}

TEST(OpeningHours, AreAlwaysOpenWhenThereAreNone) {
  EXPECT_TRUE(OpeningHours{}.empty());
  EXPECT_TRUE(is_open(OpeningHours{}, 0));
  EXPECT_TRUE(is_open(OpeningHours::parse({}).value(), at("2026-11-29", 3, 0)));
  EXPECT_FALSE(office().empty());
}

TEST(OpeningHours, ReadListsAndRangesOverTheWeekend) {
  const Entries entries = {{"sat-mon,wed", "08:00", "09:00"}};
  const OpeningHours hours = OpeningHours::parse(entries).value();
  for (std::size_t day = 0; day < 7; ++day) {
    const bool open = day == 0 || day == 2 || day == 5 || day == 6;
    EXPECT_EQ(hours.by_weekday[day].size(), open ? 1U : 0U) << day;
  }
  EXPECT_EQ(hours.by_weekday[0][0], (OpeningHours::Span{480, 540}));
}

TEST(OpeningHours, SayWhatWasExpected) {
  EXPECT_EQ(refusal({{"mon-fry", "07:30", "11:30"}}),
            "expected days like 'mon-fri' or 'mon,sat', found 'mon-fry'");
  EXPECT_EQ(refusal({{"mon", "11:30", "07:30"}}),
            "expected times HH:MM, the second one later, found '11:30' and '07:30'");
  for (const char* days : {"", "Mon", "mon-", "-fri", "mon,", "mon-wed-fri", "t2"}) {
    EXPECT_NE(refusal({{days, "07:30", "11:30"}}), "accepted") << days;
  }
  for (const char* time : {"", "7:30", "07.30", "0730", "07:60", "24:01", "ab:cd", "07:300"}) {
    EXPECT_NE(refusal({{"mon", time, "24:00"}}), "accepted") << time;
    EXPECT_NE(refusal({{"mon", "00:00", time}}), "accepted") << time;
  }
  EXPECT_NE(refusal({{"mon", "08:00", "08:00"}}), "accepted");
}

}  // namespace
}  // namespace hailong::core
