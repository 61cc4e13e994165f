#include "sync/retry_after.h"

#include <gtest/gtest.h>

namespace hailong::sync {
namespace {

using std::chrono::seconds;

constexpr std::int64_t kNow = 784'111'777;  // Sun, 06 Nov 1994 08:49:37 GMT

TEST(RetryAfter, ReadsSeconds) {
  EXPECT_EQ(retry_after("0", "", kNow), seconds{0});
  EXPECT_EQ(retry_after("120", "", kNow), seconds{120});
}

TEST(RetryAfter, BoundsAbsurdSeconds) {
  EXPECT_EQ(retry_after("99999999999999999999999999", "", kNow), seconds{1'000'000'000});
  EXPECT_EQ(retry_after("9223372036854775807", "", kNow), seconds{1'000'000'000});
}

TEST(RetryAfter, ReadsAnHttpDate) {
  EXPECT_EQ(retry_after("Sun, 06 Nov 1994 08:51:37 GMT", "", kNow), seconds{120});
  EXPECT_EQ(retry_after("Sunday, 06-Nov-94 08:51:37 GMT", "", kNow), seconds{120});
}

TEST(RetryAfter, CountsFromTheServersClockNotTheKiosks) {
  EXPECT_EQ(retry_after("Sun, 06 Nov 1994 08:51:37 GMT", "Sun, 06 Nov 1994 08:49:37 GMT", 0),
            seconds{120});
}

TEST(RetryAfter, IsNothingToWaitForInThePast) {
  EXPECT_EQ(retry_after("Sun, 06 Nov 1994 08:00:00 GMT", "", kNow), seconds{0});
}

TEST(RetryAfter, IgnoresWhatItCannotRead) {
  for (const char* value : {"", "soon", "-5", "1.5", "12 s", "0x10"}) {
    EXPECT_EQ(retry_after(value, "", kNow), std::nullopt) << value;
  }
}

}  // namespace
}  // namespace hailong::sync
