#include "core/local_date.h"

#include <gtest/gtest.h>

#include "tests/core/times.h"
#include "tests/property.h"

namespace hailong::core {
namespace {

TEST(LocalDate, TurnsAtMidnightInVietnam) {
  // 2026-11-23T17:00:00Z is 2026-11-24T00:00 in Hải Phòng.
  const std::int64_t midnight = 1'795'453'200'000;
  EXPECT_EQ(to_string(local_date(midnight)), "2026-11-24");
  EXPECT_EQ(to_string(local_date(midnight - 1)), "2026-11-23");
  EXPECT_EQ(start_of_day_ms(local_date(midnight)), midnight);
}

TEST(LocalDate, HasADayForWhateverAnEventClaims) {
  EXPECT_EQ(to_string(local_date(INT64_MAX)), "9999-12-31");
  EXPECT_EQ(to_string(local_date(INT64_MIN)), "0000-01-01");
}

TEST(LocalDate, CountsAClockThatBeganIn1970) {
  EXPECT_EQ(to_string(local_date(0)), "1970-01-01");
  EXPECT_EQ(to_string(local_date(-8 * kHour)), "1969-12-31");
}

TEST(LocalDate, ReadsOnlyDatesThatExist) {
  EXPECT_TRUE(parse_date("2024-02-29").has_value());
  for (const char* wrong : {"2023-02-29", "2024-13-01", "2024-00-10", "2024-1-01", "24-01-01",
                            "2024-01-01 ", "2024/01/01", "20a4-01-01", ""}) {
    EXPECT_FALSE(parse_date(wrong).has_value()) << wrong;
  }
}

TEST(LocalDate, EveryMomentLiesInItsDay) {
  HAILONG_PROPERTY("start <= moment < start of the next day", [] {
    const auto moment = *rc::gen::inRange<std::int64_t>(-20'000 * kDay, 60'000 * kDay);
    const LocalDate date = local_date(moment);
    RC_ASSERT(start_of_day_ms(date) <= moment);
    RC_ASSERT(moment < start_of_day_ms(next_day(date)));
    RC_ASSERT(parse_date(to_string(date)) == date);
  });
}

}  // namespace
}  // namespace hailong::core
