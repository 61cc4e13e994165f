#include <gtest/gtest.h>

#include <limits>

#include "core/clock_repair.h"
#include "tests/journal/look.h"

/// What a kiosk recorded before anybody told its clock the time.

namespace hailong::journal {
namespace {

using core::TimeSource;
using tests::TempFolder;

constexpr std::int64_t kNoon = 1'795'496'400'000;  // 2026-11-24 12:00 in Vietnam
constexpr std::int64_t kHour = 3'600'000;
const std::string kBoot(32, 'c');

/// `mono_ms` after a boot that believes in 1970 still.
core::Stamp lost_at(std::int64_t mono_ms, const std::string& boot = kBoot) {
  return {mono_ms, boot, mono_ms, core::ClockState::kUnsynced};
}

class TrueTime : public testing::Test {
 protected:
  TrueTime() : journal_(must(Journal::open(folder_.path(), kDevice))) {}
  ~TrueTime() override {
    expect_verifies(folder_);
    const std::string before = shown();
    must(journal_.rebuild_projections());
    EXPECT_EQ(shown(), before);
  }

  core::Seq rate(const core::Stamp& stamp, int score = 5) {
    return must(journal_.append(stamp, rating_of(score, "v" + std::to_string(++visits_)))).seq;
  }
  /// It is `true_ms` at `stamp`.
  bool learn(const core::Stamp& stamp, std::int64_t true_ms, std::int64_t error_ms = 100,
             TimeSource by = TimeSource::kDistrict) {
    return must(journal_.learn_time(stamp, true_ms, error_ms, by)).has_value();
  }
  [[nodiscard]] std::string times() const {
    SQLite::Database database = raw(folder_);
    return dump(database, "SELECT seq, recorded_at, clock_state FROM v_rating ORDER BY seq");
  }
  [[nodiscard]] std::string days(const std::string& table) const {
    return text(folder_,
                "SELECT ifnull(group_concat(day || '/' || hour || ':' || n), '') FROM"
                " (SELECT day, hour, sum(n1 + n2 + n3 + n4 + n5) AS n FROM " +
                    table + " GROUP BY day, hour HAVING n <> 0 ORDER BY day, hour)");
  }
  [[nodiscard]] std::string shown() const {
    SQLite::Database database = raw(folder_);
    return times() + days("cell") + days("five_cell") +
           dump(database, "SELECT seq, recorded_at FROM v_feedback ORDER BY seq");
  }

  TempFolder folder_;
  Journal journal_;
  int visits_ = 0;
};

TEST_F(TrueTime, CorrectsWhatTheBootRecordedBeforeAndAfter) {
  rate(lost_at(kHour));
  must(journal_.append_feedback(lost_at(kHour), 1, core::FeedbackKind::kWords, "Tốt"));
  EXPECT_EQ(times(), "1|1970-01-01T01:00:00.000Z|unsynced\n");
  EXPECT_TRUE(learn(lost_at(2 * kHour), kNoon));
  rate(lost_at(3 * kHour));
  EXPECT_EQ(times(), "1|2026-11-24T04:00:00.000Z|repaired\n4|2026-11-24T06:00:00.000Z|repaired\n");
  EXPECT_EQ(text(folder_, "SELECT recorded_at FROM v_feedback"), "2026-11-24T04:00:00.000Z");
  EXPECT_EQ(days("cell"), "2026-11-24/11:1,2026-11-24/13:1");
}

TEST_F(TrueTime, LeavesOtherBootsAlone) {
  rate(lost_at(kHour, std::string(32, 'a')));
  rate(stamp_at(kNoon));
  EXPECT_TRUE(learn(lost_at(kHour), kNoon + kHour));
  EXPECT_EQ(times(), "1|1970-01-01T01:00:00.000Z|unsynced\n2|2026-11-24T05:00:00.000Z|synced\n");
}

TEST_F(TrueTime, IsNotedOnlyWhenItAddsSomething) {
  core::Stamp synced = lost_at(kHour);
  synced.clock = core::ClockState::kSynced;
  EXPECT_FALSE(learn(synced, kNoon, core::kSyncedErrorMs, TimeSource::kNtp));  // nothing waits
  rate(lost_at(kHour));
  EXPECT_TRUE(learn(synced, kNoon, core::kSyncedErrorMs, TimeSource::kNtp));
  EXPECT_TRUE(learn(lost_at(2 * kHour), kNoon + kHour));  // the district's word counts more
  EXPECT_FALSE(learn(lost_at(2 * kHour), kNoon + kHour));
  EXPECT_FALSE(learn(synced, kNoon + kHour, core::kSyncedErrorMs, TimeSource::kNtp));
  // Clocks drift apart, and nobody stands above the district.
  EXPECT_TRUE(learn(lost_at(90 * kHour), kNoon + 89 * kHour));
  EXPECT_FALSE(learn(lost_at(91 * kHour), kNoon)) << "it goes by what it told first";
  EXPECT_FALSE(learn(lost_at(91 * kHour), kNoon + 90 * kHour, 100, TimeSource::kNtp));
  EXPECT_EQ(text(folder_, "SELECT count(*) FROM event"), "4");
}

// Whoever gives out a false time on the network of the kiosk.
TEST_F(TrueTime, IsTheDistrictsWhereTheClockContradictsIt) {
  core::Stamp false_one = lost_at(2 * kHour);
  false_one.clock = core::ClockState::kSynced;
  false_one.wall_ms = kNoon - 720 * kHour;
  EXPECT_TRUE(learn(false_one, kNoon)) << "also while the clock seems to be right";
  EXPECT_FALSE(learn(false_one, kNoon)) << "once for each boot is enough";
  rate(false_one);
  EXPECT_EQ(times(), "2|2026-11-24T05:00:00.000Z|repaired\n");
  EXPECT_EQ(must(journal_.true_time(false_one)), kNoon);
}

TEST_F(TrueTime, WaitsForABetterWordThanAVagueOne) {
  rate(lost_at(kHour));
  EXPECT_TRUE(learn(lost_at(kHour), kNoon, 12 * kHour));
  EXPECT_EQ(times(), "1|1970-01-01T01:00:00.000Z|unsynced\n");
  EXPECT_TRUE(learn(lost_at(kHour), kNoon, 1'000));
  EXPECT_EQ(times(), "1|2026-11-24T05:00:00.000Z|repaired\n");
}

TEST_F(TrueTime, IsRefusedWhenItIsNone) {
  for (const std::int64_t odd : {std::numeric_limits<std::int64_t>::min(), std::int64_t{-1},
                                 std::numeric_limits<std::int64_t>::max()}) {
    const auto refused = journal_.learn_time(lost_at(5), odd, 100, TimeSource::kDistrict);
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().fault, core::Fault::kInvalid);
  }
  EXPECT_FALSE(journal_.learn_time(lost_at(5), kNoon, -1, TimeSource::kDistrict).has_value());
}

TEST_F(TrueTime, MovesAFiveThatWasSeenAsAWholeOrNotAtAll) {
  // Three of another boot and two of this one make the first five, five of this one the second.
  for (int i = 0; i < 3; ++i) rate(stamp_at(kNoon - 24 * kHour));
  for (int i = 0; i < 7; ++i) rate(lost_at(kHour));
  rate(lost_at(kHour));  // the second five is seen
  ASSERT_EQ(days("five_cell"), "1970-01-01/8:7,1970-01-01/12:3");
  EXPECT_TRUE(learn(lost_at(kHour), kNoon));
  EXPECT_EQ(days("cell"), "2026-11-23/12:3,2026-11-24/12:8");
  EXPECT_EQ(days("five_cell"), "1970-01-01/8:2,1970-01-01/12:3,2026-11-24/12:5");
  // What changes of one that stayed is found where it stands.
  must(journal_.append(lost_at(2 * kHour), core::Correction{4, core::Score::from(1).value()}));
  EXPECT_EQ(text(folder_, "SELECT n1 || n5 FROM five_cell WHERE day = '1970-01-01' AND hour = 8"),
            "11");
}

}  // namespace
}  // namespace hailong::journal
