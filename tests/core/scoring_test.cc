#include "core/scoring.h"

#include <gtest/gtest.h>

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

Programme programme() { return {2026, 200, {80, 85, 90, 95}, 10, false, "placeholder"}; }

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
  EXPECT_FALSE(reaches(shown_as_80, 80));
  EXPECT_TRUE(reaches(counts_of(20, 0, 0, 80, 0), 80));
  EXPECT_FALSE(reaches(Counts{}, 0));
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

TEST(Appraisal, GivesNothingBelowTheMinimumSample) {
  const Appraisal appraisal = appraise(counts_of(0, 0, 0, 0, 199), programme());
  EXPECT_FALSE(appraisal.enough);
  EXPECT_FALSE(appraisal.level.has_value());
  EXPECT_FALSE(appraisal.points_x100.has_value());
  EXPECT_FALSE(appraise(Counts{}, Programme{}).enough);
}

TEST(Appraisal, NamesTheHighestLevelReached) {
  EXPECT_EQ(appraise(counts_of(201, 0, 0, 799, 0), programme()).level, 0);
  EXPECT_EQ(appraise(counts_of(200, 0, 0, 800, 0), programme()).level, 1);
  EXPECT_EQ(appraise(counts_of(149, 0, 0, 851, 0), programme()).level, 2);
  EXPECT_EQ(appraise(counts_of(0, 0, 50, 450, 500), programme()).level, 4);
}

TEST(Appraisal, GivesPointsInHundredths) {
  EXPECT_EQ(appraise(counts_of(0, 0, 100, 0, 200), programme()).points_x100, 667);
  EXPECT_EQ(appraise(counts_of(0, 0, 0, 0, 200), programme()).points_x100, 1000);
}

TEST(Appraisal, SaysWhetherTheLevelIsCertain) {
  // 91 % of 200: the interval goes down to 86 %, below level 3's 90 %.
  const Appraisal few = appraise(counts_of(18, 0, 0, 182, 0), programme());
  EXPECT_EQ(few.level, 3);
  EXPECT_FALSE(few.certain);
  const Appraisal many = appraise(counts_of(900, 0, 0, 9'100, 0), programme());
  EXPECT_EQ(many.level, 3);
  EXPECT_TRUE(many.certain);
}

}  // namespace
}  // namespace hailong::core
