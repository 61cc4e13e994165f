#include "core/clock_repair.h"

#include <limits>
#include <random>
#include <string>
#include <vector>

#include "tests/core/times.h"
#include "tests/property.h"

namespace hailong::core {
namespace {

const std::int64_t kMorning = start_of_day_ms(*parse_date("2026-11-24")) + 8 * kHour;

Rating any_rating() { return {VisitId{"v"}, Score::from(5).value(), CounterId{"q1"}, {}, {}}; }

Event tap(Seq seq, const std::string& boot, std::int64_t mono, std::int64_t wall,
          ClockState clock = ClockState::kUnsynced) {
  return {seq, {wall, boot, mono, clock}, any_rating()};
}

Event learnt(Seq seq, const std::string& boot, std::int64_t mono, std::int64_t true_ms,
             std::int64_t error_ms = 500) {
  return {seq,
          {0, boot, mono, ClockState::kUnsynced},
          BootTime{boot, true_ms - mono, error_ms, mono, TimeSource::kDistrict}};
}

TEST(ClockRepair, CorrectsAllOfABootOnceItsTimeIsKnown) {
  const std::vector<Event> events{tap(1, "a", kMinute, 0), tap(2, "a", 2 * kMinute, 17),
                                  learnt(3, "a", 10 * kMinute, kMorning),
                                  tap(4, "a", 20 * kMinute, 23)};
  const auto times = event_times(events);
  EXPECT_EQ(times[0].best_ms, kMorning - 9 * kMinute);
  EXPECT_EQ(times[1].best_ms, kMorning - 8 * kMinute);
  EXPECT_EQ(times[3].best_ms, kMorning + 10 * kMinute);
  EXPECT_EQ(times[3].error_ms(), 500 + 10 * kMinute / 2000);
  EXPECT_TRUE(times[0].is_day_certain());
}

TEST(ClockRepair, BoundsABootWithoutATimeByItsNeighbours) {
  const std::vector<Event> events{tap(1, "a", 0, kMorning, ClockState::kSynced), tap(2, "b", 0, 5),
                                  tap(3, "b", kHour, kHour + 5),
                                  tap(4, "c", 0, kMorning + 5 * kHour, ClockState::kSynced)};
  const std::vector<std::int64_t> received(4, kMorning + 6 * kHour);
  const auto times = event_times(events, received);
  EXPECT_LE(times[1].earliest_ms, kMorning);
  EXPECT_NEAR(static_cast<double>(times[1].latest_ms), static_cast<double>(kMorning + 4 * kHour),
              20'000);
  EXPECT_NEAR(static_cast<double>(times[2].earliest_ms), static_cast<double>(kMorning + kHour),
              20'000);
  EXPECT_TRUE(times[1].is_day_certain());

  std::vector<Event> next_day = events;
  next_day[3].stamp.wall_ms += kDay;
  const std::vector<std::int64_t> later(4, kMorning + kDay + 6 * kHour);
  EXPECT_FALSE(event_times(next_day, later)[1].is_day_certain());
}

TEST(ClockRepair, BelievesNoClockThatIsAheadOfTheDistrict) {
  const std::vector<Event> events{tap(1, "a", 0, kMorning, ClockState::kSynced),
                                  tap(2, "b", 0, kMorning + 40 * kDay, ClockState::kSynced)};
  const std::vector<std::int64_t> received{kMorning + kMinute, kMorning + kHour};
  const auto times = event_times(events, received);
  EXPECT_LE(times[1].best_ms, kMorning + kHour);
  EXPECT_GE(times[1].best_ms, kMorning - kSyncedErrorMs);
}

TEST(ClockRepair, BelievesNoClockThatGoesBackToWhatIsOver) {
  const std::vector<Event> events{tap(1, "a", 0, kMorning, ClockState::kSynced),
                                  tap(2, "b", 0, kMorning - 40 * kDay, ClockState::kSynced)};
  EXPECT_GE(event_times(events)[1].best_ms, kMorning - kSyncedErrorMs);
}

TEST(ClockRepair, BelievesNoClockAgainstWhatTheDistrictToldItsBoot) {
  const std::vector<Event> events{
      tap(1, "a", kMinute, kMorning - 20 * kDay, ClockState::kSynced),
      learnt(2, "a", 10 * kMinute, kMorning),
      tap(3, "a", 20 * kMinute, kMorning - 20 * kDay, ClockState::kSynced)};
  const std::vector<std::int64_t> received(3, kMorning + kHour);
  const auto times = event_times(events, received);
  EXPECT_EQ(times[0].best_ms, kMorning - 9 * kMinute);
  EXPECT_EQ(times[2].best_ms, kMorning + 10 * kMinute);
  EXPECT_TRUE(times[0].is_day_certain());
}

TEST(ClockRepair, BelievesNoneOfTwoClaimsThatContradictEachOther) {
  const std::vector<Event> events{learnt(1, "a", 0, kMorning - 3 * kDay),
                                  tap(2, "b", kMinute, kMorning - kDay, ClockState::kSynced),
                                  tap(3, "b", 2 * kMinute, kMorning, ClockState::kSynced)};
  const std::vector<std::int64_t> received(3, kMorning + kMinute);
  for (const EventTime& time : event_times(events, received)) {
    EXPECT_GE(time.best_ms, kMorning - 3 * kDay - kMinute);
    EXPECT_LE(time.best_ms, kMorning + kMinute);
  }
  EXPECT_FALSE(event_times(events, received)[1].is_day_certain());
  EXPECT_FALSE(event_times(events, received)[2].is_day_certain());
}

/// A kiosk that the district told the time `days` before its next boot's events arrived, whose
/// clock claims the day after.
EventTime claimed_after(std::int64_t days) {
  const std::vector<Event> events{learnt(1, "a", 0, kMorning),
                                  tap(2, "b", kMinute, kMorning + kDay, ClockState::kSynced)};
  const std::vector<std::int64_t> received{kMorning + kHour, kMorning + days * kDay};
  return event_times(events, received)[1];
}

TEST(ClockRepair, LetsAClaimDecideTheDayWithinOneMonthOnly) {
  EXPECT_TRUE(claimed_after(6).is_day_certain()) << "2026-11-30";
  EXPECT_FALSE(claimed_after(7).is_day_certain()) << "2026-12-01";
}

TEST(ClockRepair, WorksWithNothingThatCannotBe) {
  constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
  constexpr std::int64_t kLeast = std::numeric_limits<std::int64_t>::min();
  std::vector<Event> events;
  for (const std::int64_t odd : {kMost, kLeast, kMost / 2, std::int64_t{-1}}) {
    events.push_back(tap(static_cast<Seq>(events.size()) + 1, "a", odd, odd, ClockState::kSynced));
    Event time = learnt(static_cast<Seq>(events.size()) + 1, "a", 0, 0);
    time.body = BootTime{"a", odd, odd, odd, TimeSource::kNtp};
    events.push_back(time);
  }
  for (const EventTime& time : event_times(events)) {
    EXPECT_LE(time.earliest_ms, time.best_ms);
    EXPECT_LE(time.best_ms, time.latest_ms);
  }
}

/// A kiosk's life with its true times: boots of any length and pauses between them, a wall clock
/// that starts anywhere and jumps, a quartz that is off, now and then a clock that is set, a word
/// from the district, and batches that arrive some time later.
struct Life {
  /// Of so many synchronised stamps in a hundred somebody set the clock who lies.
  explicit Life(std::uint32_t seed, int lies = 0) : random_(seed), lies_(lies) {
    for (std::int64_t boots = 1 + below(6); boots > 0; --boots) live_through_a_boot();
    std::int64_t arrival = true_ms.empty() ? 0 : now_ + below(kDay);
    for (std::size_t i = events.size(); i-- > 0;) {
      if (below(3) == 0) arrival = std::min(arrival, true_ms[i] + below(kDay));
      arrival = std::max(arrival, true_ms[i]);
      received.insert(received.begin(), arrival);
    }
    // A batch that arrived proves all before it.
    for (std::size_t i = received.size(); i-- > 1;) {
      received[i - 1] = std::min(received[i - 1], received[i]);
    }
  }

  std::vector<Event> events;
  std::vector<std::int64_t> true_ms;
  std::vector<std::int64_t> received;

 private:
  std::int64_t below(std::int64_t most) {
    return std::uniform_int_distribution<std::int64_t>(0, most - 1)(random_);
  }

  void live_through_a_boot() {
    now_ += below(3) == 0 ? below(3 * kDay) : below(kHour);
    const std::int64_t began = now_;
    const std::int64_t ppm = below(2 * kDriftPpm - 1) - kDriftPpm + 1;
    const std::string boot = "boot " + std::to_string(boots_++);
    std::int64_t wall_off = below(400 * kDay) - now_ % (300 * kDay);
    bool synced = false;
    const std::int64_t lie = below(100 * kDay) - 50 * kDay;  // the same one for all of a boot, or
    for (std::int64_t taps = 1 + below(8); taps > 0; --taps) {
      now_ += below(4) == 0 ? below(20 * kHour) : below(10 * kMinute);
      const std::int64_t since = now_ - began;
      const std::int64_t mono = since + since * ppm / 1'000'000;
      if (below(6) == 0) synced = !synced;
      if (!synced && below(6) == 0) wall_off = below(800 * kDay) - 400 * kDay;
      if (synced) wall_off = below(2 * kSyncedErrorMs) - kSyncedErrorMs;
      const Seq seq = static_cast<Seq>(events.size()) + 1;
      const std::int64_t error = below(5'000);
      Event event = below(5) == 0
                        ? learnt(seq, boot, mono, now_ + below(2 * error + 1) - error, error)
                        : tap(seq, boot, mono, 0);
      event.stamp.wall_ms = std::max<std::int64_t>(0, now_ + wall_off);
      if (synced && below(100) < lies_) {
        event.stamp.wall_ms = now_ + (below(2) == 0 ? lie : below(100 * kDay) - 50 * kDay);
      }
      event.stamp.clock = synced ? ClockState::kSynced : ClockState::kUnsynced;
      events.push_back(event);
      true_ms.push_back(now_);
    }
  }

  std::mt19937 random_;
  int lies_;
  std::int64_t now_ = kMorning;
  int boots_ = 0;
};

void expect_true(const Life& life, const std::vector<EventTime>& times) {
  std::int64_t before = 0;
  for (std::size_t i = 0; i < times.size(); ++i) {
    RC_ASSERT(times[i].earliest_ms <= life.true_ms[i]);
    RC_ASSERT(life.true_ms[i] <= times[i].latest_ms);
    RC_ASSERT(std::abs(times[i].best_ms - life.true_ms[i]) <= times[i].error_ms());
    RC_ASSERT(before <= times[i].best_ms);
    before = times[i].best_ms;
    const bool vague = times[i].error_ms() > kSureWithinMs;
    if (vague && times[i].is_day_certain()) {
      RC_ASSERT(local_date(times[i].best_ms) == local_date(life.true_ms[i]));
    }
  }
}

TEST(ClockRepair, KeepsTheOrderAndTheTrueTimeWithinItsBounds) {
  HAILONG_PROPERTY("of any boots, clocks and words about them", [](std::uint32_t seed) {
    const Life life(seed);
    expect_true(life, event_times(life.events));
    expect_true(life, event_times(life.events, life.received));
  });
}

/// Months since year 0.
int month_of(std::int64_t at_ms) {
  const LocalDate day = local_date(at_ms);
  return static_cast<int>(day.year()) * 12 + static_cast<int>(static_cast<unsigned>(day.month()));
}

/// What holds whoever sets the clock: only the district is believed to say what is true.
void expect_nothing_faked(const Life& life, const std::vector<EventTime>& times) {
  std::int64_t before = 0;
  for (std::size_t i = 0; i < times.size(); ++i) {
    const EventTime& time = times[i];
    const std::int64_t from_ms = time.known_from_ms.value();
    RC_ASSERT(from_ms <= life.true_ms[i]);
    RC_ASSERT(life.true_ms[i] <= time.known_to_ms);
    RC_ASSERT(time.known_to_ms <= life.received[i]);
    RC_ASSERT(from_ms <= time.best_ms);
    RC_ASSERT(time.best_ms <= time.known_to_ms);
    RC_ASSERT(before <= time.best_ms);
    before = time.best_ms;
    const bool is_known = time.known_to_ms - from_ms <= 2 * kSureWithinMs;
    if (is_known) RC_ASSERT(std::abs(time.best_ms - life.true_ms[i]) <= time.error_ms());
    if (is_known || !time.is_day_certain()) continue;
    RC_ASSERT(month_of(time.best_ms) == month_of(life.true_ms[i]));
  }
}

TEST(ClockRepair, LetsNoFalseClockOpenOrCloseAMonth) {
  HAILONG_PROPERTY("of any boots, clocks and lies", [](std::uint32_t seed) {
    for (const int lies : {10, 50, 100}) {
      const Life life(seed, lies);
      expect_nothing_faked(life, event_times(life.events, life.received, kMorning));
      ClockHistory history({}, kMorning);
      for (std::size_t i = 0; i < life.events.size(); ++i) {
        const Noted noted = history.note(life.events[i], life.received[i]);
        if (!noted.settled_ms) continue;
        RC_ASSERT(*noted.settled_ms <= life.received[i]);
        const bool is_close = std::abs(*noted.settled_ms - life.true_ms[i]) <= 2 * kSureWithinMs;
        RC_ASSERT(is_close || month_of(*noted.settled_ms) == month_of(life.true_ms[i]));
      }
    }
  });
}

TEST(ClockRepair, DependsOnNothingButTheEvents) {
  HAILONG_PROPERTY("taken up again after any event", [](std::uint32_t seed) {
    const Life life(seed, 20);
    ClockHistory whole;
    ClockHistory parts;
    for (std::size_t i = 0; i < life.events.size(); ++i) {
      const Noted noted = whole.note(life.events[i], life.received[i]);
      RC_ASSERT(noted == parts.note(life.events[i], life.received[i]));
      RC_ASSERT(whole.boots() == parts.boots());
      parts = ClockHistory(parts.boots());
    }
    RC_ASSERT(whole.clocks() == parts.clocks());
  });
}

}  // namespace
}  // namespace hailong::core
