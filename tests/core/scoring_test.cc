#include "core/scoring.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "tests/property.h"

namespace hailong::core {
namespace {

Counts counts_of(std::int64_t n1, std::int64_t n2, std::int64_t n3, std::int64_t n4,
                 std::int64_t n5) {
  return Counts{{n1, n2, n3, n4, n5}};
}

Counts arbitrary_counts() {
  Counts counts;
  for (std::int64_t& count : counts.by_score) count = *rc::gen::inRange<std::int64_t>(0, 100'000);
  return counts;
}

double tenths(double share) { return std::round(share * 1000) / 10; }

TEST(Score, HoldsOnlyTheFiveSteps) {
  EXPECT_FALSE(Score::from(0).has_value());
  EXPECT_FALSE(Score::from(6).has_value());
  EXPECT_EQ(Score::from(5)->value(), 5);
  EXPECT_FALSE(Score::from(3)->is_satisfied());
  EXPECT_TRUE(Score::from(4)->is_satisfied());
}

// measurement-rules.md 1 and peers-second-pass.md 3 print these intervals.
TEST(Wilson, GivesThePublishedIntervals) {
  const struct {
    std::int64_t successes, n;
    double low, high;
  } published[] = {{16, 20, 58.4, 91.9},   {18, 20, 69.9, 97.2},   {20, 20, 83.9, 100.0},
                   {160, 200, 73.9, 85.0}, {180, 200, 85.1, 93.4}, {190, 200, 91.0, 97.3},
                   {9, 10, 59.6, 98.2},    {900, 1000, 88.0, 91.7}};
  for (const auto& row : published) {
    const Interval interval = wilson95(row.successes, row.n);
    EXPECT_DOUBLE_EQ(tenths(interval.low), row.low) << row.successes << "/" << row.n;
    EXPECT_DOUBLE_EQ(tenths(interval.high), row.high) << row.successes << "/" << row.n;
  }
}

TEST(Wilson, HoldsTheShareAndStaysWithinZeroAndOne) {
  HAILONG_PROPERTY("0 <= low <= share <= high <= 1", [] {
    const auto n = *rc::gen::inRange<std::int64_t>(1, 10'000'000);
    const auto successes = *rc::gen::inRange<std::int64_t>(0, n + 1);
    const Interval interval = wilson95(successes, n);
    const double share = static_cast<double>(successes) / static_cast<double>(n);
    RC_ASSERT(0 <= interval.low && interval.low <= share);
    RC_ASSERT(share <= interval.high && interval.high <= 1);
  });
}

TEST(Wilson, NarrowsWithMoreRatings) {
  const Interval few = wilson95(9, 10);
  const Interval many = wilson95(9'000, 10'000);
  EXPECT_GT(few.high - few.low, many.high - many.low);
}

TEST(Counts, AddUp) {
  HAILONG_PROPERTY("n is the sum, satisfied the two highest", [] {
    const Counts a = arbitrary_counts();
    Counts both = arbitrary_counts();
    const std::int64_t n = both.n();
    const std::int64_t satisfied = both.satisfied();
    both += a;
    RC_ASSERT(both.n() == n + a.n());
    RC_ASSERT(both.satisfied() == satisfied + a.satisfied());
  });
}

TEST(Mean, IsThatOfTheScores) {
  EXPECT_FALSE(mean(Counts{}).has_value());
  EXPECT_DOUBLE_EQ(mean(counts_of(1, 0, 0, 0, 1)).value_or(0), 3.0);
  HAILONG_PROPERTY("between 1 and 5", [] {
    const Counts counts = arbitrary_counts();
    RC_PRE(counts.n() > 0);
    const double value = mean(counts).value_or(0);
    RC_ASSERT(1 <= value && value <= 5);
  });
}

TEST(SatisfiedShare, RoundsHalfUp) {
  EXPECT_FALSE(satisfied_basis_points(Counts{}).has_value());
  EXPECT_EQ(satisfied_basis_points(counts_of(1, 0, 0, 0, 2)), 6667);
  EXPECT_EQ(satisfied_basis_points(counts_of(2, 0, 0, 0, 1)), 3333);
  // 12 345 of 20 000 000 is 6.1725 basis points.
  EXPECT_EQ(satisfied_basis_points(counts_of(19'987'655, 0, 0, 0, 12'345)), 6);
  // 1 of 20 000 is exactly half a basis point.
  EXPECT_EQ(satisfied_basis_points(counts_of(19'999, 0, 0, 1, 0)), 1);
}

TEST(Threshold, IsComparedExactly) {
  // 79.995 % is shown as 80.00 % and does not pass 80 %.
  const Counts shown_as_80 = counts_of(4'001, 0, 0, 15'999, 0);
  EXPECT_EQ(satisfied_basis_points(shown_as_80), 8000);
  EXPECT_FALSE(reaches(shown_as_80.satisfied(), shown_as_80.n(), 80));
  EXPECT_TRUE(reaches(80, 100, 80));
  EXPECT_FALSE(reaches(0, 0, 0));
}

TEST(MinimumSample, IsTheOfficialTable) {
  const std::pair<std::int64_t, std::int64_t> table[] = {
      {60, 53},     {100, 80},    {200, 134},   {300, 172},   {350, 187},   {400, 200}, {500, 223},
      {1'000, 286}, {2'600, 347}, {3'000, 353}, {4'200, 366}, {5'000, 371}, {0, 0},     {1, 1}};
  for (const auto& [population, sample] : table) {
    EXPECT_EQ(minimum_sample(population), sample) << population;
  }
}

TEST(MinimumSample, NeverAsksForMoreThanThereIs) {
  HAILONG_PROPERTY("0 < n <= min(N, 400)", [] {
    const auto population = *rc::gen::inRange<std::int64_t>(1, 1'000'000'000);
    const std::int64_t sample = minimum_sample(population);
    RC_ASSERT(0 < sample && sample <= population && sample <= 400);
  });
}

TEST(LowerEnd, IsComparedLikeTheIntervalItself) {
  HAILONG_PROPERTY("the integers decide what long double decides away from ties", [] {
    const auto n = *rc::gen::inRange<std::int64_t>(1, 2'000'000);
    const auto percent = *rc::gen::inRange(1, 100);
    // Mostly near the threshold, where the decision is hard.
    const auto offset = *rc::gen::inRange<std::int64_t>(-2'000, 6'000);
    const std::int64_t successes = std::clamp<std::int64_t>(n * percent / 100 + offset, 0, n);
    const long double z2 = 3.841458820694124L;
    const long double count = static_cast<long double>(n);
    const long double share = static_cast<long double>(successes) / count;
    const long double low =
        (share + z2 / (2 * count) -
         std::sqrt(z2 * (share * (1 - share) / count + z2 / (4 * count * count)))) /
        (1 + z2 / count);
    const long double threshold = static_cast<long double>(percent) / 100;
    if (std::fabs(low - threshold) < 1e-13L) return;
    RC_ASSERT(lower_end_reaches(successes, n, percent) == (low > threshold));
  });
}

TEST(LowerEnd, IsDecidedAtTheSmallestSampleThatReaches) {
  // All of n satisfied: the lower end is n / (n + z²), which reaches 95 % at n >= 19 z² = 72.99.
  EXPECT_FALSE(lower_end_reaches(72, 72, 95));
  EXPECT_TRUE(lower_end_reaches(73, 73, 95));
  EXPECT_FALSE(lower_end_reaches(15, 15, 80));  // 4 z² = 15.37
  EXPECT_TRUE(lower_end_reaches(16, 16, 80));
}

TEST(LowerEnd, MayTieAtZeroAndNeverReachesAHundred) {
  EXPECT_TRUE(lower_end_reaches(0, 5, 0));
  EXPECT_FALSE(lower_end_reaches(4, 5, 100));
  EXPECT_FALSE(lower_end_reaches(5, 5, 100));
  EXPECT_TRUE(lower_end_reaches(5, 5, 56));  // 5 / (5 + z²) = 56.55 %
  EXPECT_FALSE(lower_end_reaches(5, 5, 57));
  EXPECT_FALSE(lower_end_reaches(0, 0, 0));
}

TEST(LowerEnd, NeverGivesWhatTheShareDoesNot) {
  HAILONG_PROPERTY("lower end passes => share passes; more satisfied never hurts", [] {
    const auto n = *rc::gen::inRange<std::int64_t>(1, 999'999'999);
    const auto successes = *rc::gen::inRange<std::int64_t>(0, n + 1);
    const auto percent = *rc::gen::inRange(1, 100);
    if (!lower_end_reaches(successes, n, percent)) return;
    RC_ASSERT(reaches(successes, n, percent));
    RC_ASSERT(lower_end_reaches(std::min(successes + 1, n), n, percent));
    RC_ASSERT(lower_end_reaches(successes, n, percent - 1));
  });
}

// Newcombe 1998, table II, case 56/70 - 48/80: method 10 gives 0.0524 to 0.3339.
TEST(Difference, GivesThePublishedInterval) {
  const Interval interval = difference95(48, 80, 56, 70);
  EXPECT_NEAR(interval.low, 0.0524, 0.00005);
  EXPECT_NEAR(interval.high, 0.3339, 0.00005);
}

TEST(Difference, TurnsItsSignWithItsSamples) {
  HAILONG_PROPERTY("difference(a, b) == -difference(b, a), within -1 and 1", [] {
    const auto n1 = *rc::gen::inRange<std::int64_t>(1, 100'000);
    const auto n2 = *rc::gen::inRange<std::int64_t>(1, 100'000);
    const auto s1 = *rc::gen::inRange<std::int64_t>(0, n1 + 1);
    const auto s2 = *rc::gen::inRange<std::int64_t>(0, n2 + 1);
    const Interval there = difference95(s1, n1, s2, n2);
    const Interval back = difference95(s2, n2, s1, n1);
    RC_ASSERT(std::fabs(there.low + back.high) < 1e-12);
    RC_ASSERT(-1 <= there.low && there.low <= there.high && there.high <= 1);
  });
}

TEST(Drop, IsToldFromNoise) {
  EXPECT_FALSE(dropped_beyond_noise(counts_of(5, 0, 0, 0, 45), counts_of(8, 0, 0, 0, 42)));
  EXPECT_TRUE(dropped_beyond_noise(counts_of(50, 0, 0, 0, 450), counts_of(100, 0, 0, 0, 400)));
  EXPECT_FALSE(dropped_beyond_noise(counts_of(100, 0, 0, 0, 400), counts_of(50, 0, 0, 0, 450)));
  EXPECT_FALSE(dropped_beyond_noise(Counts{}, counts_of(9, 0, 0, 0, 0)));
}

}  // namespace
}  // namespace hailong::core
