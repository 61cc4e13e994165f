#include "core/doubts.h"

#include <gtest/gtest.h>

#include "core/ids.h"
#include "core/local_date.h"

namespace hailong::core {
namespace {

using Doubts = std::vector<std::string>;

constexpr std::int64_t kTuesdayNoon = 1795496400000;  // 2026-11-24 12:00 +07:00

Score score(int value) { return Score::from(value).value(); }

/// A rating `seconds` after noon of the first boot, with a synced clock.
PastRating rated(int value, std::int64_t seconds) {
  return {score(value),
          {kTuesdayNoon + seconds * 1000, "first", 1000 + seconds * 1000, ClockState::kSynced}};
}

/// The same after a restart, when the monotonic clock began anew.
PastRating after_restart(int value, std::int64_t seconds, ClockState clock) {
  return {score(value), {kTuesdayNoon + seconds * 1000, "second", seconds * 10, clock}};
}

/// Different scores one after the other, `gap` seconds apart.
std::vector<PastRating> varied(int count, std::int64_t gap) {
  std::vector<PastRating> past;
  past.reserve(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) past.push_back(rated(1 + i % 5, i * gap));
  return past;
}

Doubts about(const std::vector<PastRating>& past, const PastRating& now,
             const DoubtRules& rules = {}) {
  return doubts(past, now, rules, false);
}

TEST(Doubts, AreNoneForOrdinaryRatings) {
  EXPECT_EQ(about({}, rated(5, 0)), Doubts{});
  EXPECT_EQ(about(varied(100, 60), rated(3, 6000)), Doubts{});
  EXPECT_EQ(kTuesdayNoon,
            start_of_day_ms(parse_date("2026-11-24").value()) + std::int64_t{12} * 3'600'000);
}

TEST(Doubts, SeeABurstFromItsFifthRatingOn) {
  EXPECT_EQ(about(varied(3, 10), rated(1, 30)), Doubts{});
  EXPECT_EQ(about(varied(4, 10), rated(1, 40)), Doubts{"burst"});
  EXPECT_EQ(about(varied(5, 10), rated(1, 50)), Doubts{"burst"});
}

TEST(Doubts, CountABurstInLessThanTheWindow) {
  EXPECT_EQ(about(varied(4, 1), rated(1, 59)), Doubts{"burst"});
  EXPECT_EQ(about(varied(4, 1), rated(1, 60)), Doubts{});
}

TEST(Doubts, MeasureABurstAcrossARestartOnlyByTrueClocks) {
  const std::vector<PastRating> past = varied(4, 1);
  EXPECT_EQ(about(past, after_restart(1, 30, ClockState::kSynced)), Doubts{"burst"});
  EXPECT_EQ(about(past, after_restart(1, 90, ClockState::kSynced)), Doubts{});
  EXPECT_EQ(about(past, after_restart(1, 30, ClockState::kUnsynced)), Doubts{});
  EXPECT_EQ(about(past, after_restart(1, -30, ClockState::kSynced)), Doubts{});
}

TEST(Doubts, MeasureABurstWithinABootWhateverTheWallClock) {
  std::vector<PastRating> past = varied(4, 1);
  for (PastRating& rating : past) {
    rating.stamp.wall_ms = 0;
    rating.stamp.clock = ClockState::kUnsynced;
  }
  EXPECT_EQ(about(past, rated(1, 30)), Doubts{"burst"});
}

TEST(Doubts, SeeARunOfEqualScores) {
  std::vector<PastRating> past;
  past.reserve(19);
  for (std::int64_t i = 0; i < 18; ++i) past.push_back(rated(5, i * 100));
  EXPECT_EQ(about(past, rated(5, 1800)), Doubts{});
  past.push_back(rated(5, 1800));
  EXPECT_EQ(about(past, rated(5, 1900)), Doubts{"identical"});
  EXPECT_EQ(about(past, rated(4, 1900)), Doubts{});
  past.push_back(rated(5, 1900));
  EXPECT_EQ(about(past, rated(5, 2000)), Doubts{"identical"});
  past.push_back(rated(4, 2000));
  EXPECT_EQ(about(past, rated(5, 2100)), Doubts{});
}

TEST(Doubts, SeeRatingsOutsideTheHoursByATrueClock) {
  const std::vector<OpeningHours::Entry> entries = {{"mon-fri", "07:30", "11:30"}};
  DoubtRules rules;
  rules.hours = OpeningHours::parse(entries).value();
  EXPECT_EQ(about({}, rated(5, 0), rules), Doubts{"out-of-hours"});
  EXPECT_EQ(about({}, rated(5, -3600), rules), Doubts{});
  EXPECT_EQ(about({}, after_restart(5, 0, ClockState::kUnsynced), rules), Doubts{});
}

TEST(Doubts, SeeThatStaffWereThere) {
  EXPECT_EQ(doubts({}, rated(5, 0), {}, true), Doubts{"staff-mode"});
}

TEST(Doubts, CanBeTurnedOff) {
  DoubtRules rules;
  rules.burst_count = 0;
  rules.identical_run = 0;
  const std::vector<PastRating> past(50, rated(5, 0));
  EXPECT_EQ(about(past, rated(5, 0), rules), Doubts{});
}

TEST(Doubts, AreNamedForFilesAndComeInOneOrder) {
  const std::vector<OpeningHours::Entry> entries = {{"sun", "00:00", "01:00"}};
  DoubtRules rules;
  rules.hours = OpeningHours::parse(entries).value();
  const std::vector<PastRating> past(50, rated(5, 0));
  const Doubts all = doubts(past, rated(5, 0), rules, true);
  EXPECT_EQ(all, (Doubts{"burst", "identical", "out-of-hours", "staff-mode"}));
  for (const std::string& name : all) EXPECT_TRUE(is_plain_name(name)) << name;
}

}  // namespace
}  // namespace hailong::core
