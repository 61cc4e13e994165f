#include "district/http/rate_limiter.h"

#include <gtest/gtest.h>

#include <string>

namespace hailong::district::http {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

const RateLimiter::Moment kStart{std::chrono::hours(1)};
const Rate kGenerous{1'000'000, milliseconds(1)};

TEST(RateLimiter, LetsABurstPassAndThenTheSteadyRate) {
  RateLimiter limiter({3, seconds(2)}, kGenerous);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(limiter.admit("203.0.113.7", kStart), milliseconds(0));
  EXPECT_EQ(limiter.admit("203.0.113.7", kStart), seconds(2));
  EXPECT_EQ(limiter.admit("203.0.113.7", kStart + milliseconds(1500)), milliseconds(500));
  EXPECT_EQ(limiter.admit("203.0.113.7", kStart + seconds(2)), milliseconds(0));
  EXPECT_EQ(limiter.admit("203.0.113.7", kStart + seconds(2)), seconds(2));
}

TEST(RateLimiter, ForgivesAfterARest) {
  RateLimiter limiter({3, seconds(2)}, kGenerous);
  for (int i = 0; i < 4; ++i) limiter.admit("203.0.113.7", kStart);
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(limiter.admit("203.0.113.7", kStart + seconds(60)), milliseconds(0));
  }
}

TEST(RateLimiter, TakesAHomesIpv6AddressesForOne) {
  RateLimiter limiter({1, seconds(2)}, kGenerous);
  EXPECT_EQ(limiter.admit("2001:db8:1:2::1", kStart), milliseconds(0));
  EXPECT_EQ(limiter.admit("2001:db8:1:2:ffff::9", kStart), seconds(2));
}

TEST(RateLimiter, CountsEachNetworkByItselfSaveForAFewThatShareAPlace) {
  RateLimiter limiter({1, seconds(2)}, kGenerous);
  int passed = 0;
  for (int i = 0; i < 200; ++i) {
    passed += limiter.admit("198.51.100." + std::to_string(i), kStart) == milliseconds(0) ? 1 : 0;
  }
  EXPECT_GT(passed, 150);  // of 200 in 4,096 places about five share one
}

TEST(RateLimiter, HoldsAllTogetherToTheOverallRate) {
  RateLimiter limiter(kGenerous, {2, seconds(1)});
  EXPECT_EQ(limiter.admit("192.0.2.1", kStart), milliseconds(0));
  EXPECT_EQ(limiter.admit("192.0.2.2", kStart), milliseconds(0));
  EXPECT_EQ(limiter.admit("192.0.2.3", kStart), seconds(1));
  // One that was turned away took nothing.
  EXPECT_EQ(limiter.admit("192.0.2.3", kStart + seconds(1)), milliseconds(0));
}

}  // namespace
}  // namespace hailong::district::http
