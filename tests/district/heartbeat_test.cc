#include <gtest/gtest.h>

#include "district/ingest/heartbeats.h"
#include "district/storage/device_states.h"
#include "tests/district/running_district.h"
#include "wire/key_file.h"

namespace hailong::district {
namespace {

using ingest::Refusal;

constexpr std::int64_t kMinute = 60'000;

class HeartbeatTest : public testing::Test {
 protected:
  HeartbeatTest() {
    register_kiosk(reception_.store(), kiosk_);
    for (int i = 0; i < 6; ++i) kiosk_.rate(5, kNoon + i);
    accepted(reception_.take(kiosk_, kiosk_.sealed(), kNoon + kMinute));
  }

  ingest::HeartbeatOutcome take(const std::string& body, std::int64_t now_ms = kNoon) {
    return must(heartbeats_.take(kiosk_.device(), body, now_ms));
  }
  /// What was found against it; "refused" when it was not taken at all.
  std::string contradiction(const std::string& body) {
    const auto outcome = take(body);
    const auto* taken = std::get_if<ingest::TakenHeartbeat>(&outcome);
    return taken == nullptr ? "refused" : taken->contradiction;
  }
  storage::DeviceState state() {
    return must(storage::DeviceStates(reception_.store()).read()).at(0);
  }

  Reception reception_;
  ingest::Heartbeats heartbeats_{reception_.store()};
  FakeKiosk kiosk_{"kt-1"};
};

TEST_F(HeartbeatTest, KeepsWhatTheKioskToldLast) {
  EXPECT_EQ(contradiction(kiosk_.beat(kNoon + kMinute)), "");
  kiosk_.rate(4, kNoon + 2 * kMinute);
  EXPECT_EQ(contradiction(kiosk_.beat(kNoon + 3 * kMinute)), "");
  const auto states = state();
  ASSERT_EQ(states.heartbeats.size(), 1U);
  EXPECT_EQ(states.heartbeats[0].told.last, 7);
  EXPECT_EQ(states.heartbeats[0].most, 7);
  EXPECT_EQ(states.heartbeats[0].told.now.wall_ms, kNoon + 3 * kMinute);
  EXPECT_TRUE(states.conflicts.empty());
}

TEST_F(HeartbeatTest, FindsAJournalThatWasRolledBackBeforeItSendsAnything) {
  kiosk_.roll_back_to(4);
  EXPECT_EQ(contradiction(kiosk_.beat(kNoon + kMinute)),
            "the kiosk's journal ends at event 4, but it had event 6 before: rolled back or cut");
  const auto conflicts = state().conflicts;
  ASSERT_EQ(conflicts.size(), 1U);
  EXPECT_EQ(conflicts[0].last, 4);
  EXPECT_NE(contradiction(kiosk_.beat(kNoon + 2 * kMinute)), "");
  EXPECT_EQ(state().conflicts.size(), 1U) << "the same finding is kept once";
}

TEST_F(HeartbeatTest, FindsThatEventsAreGoneWhichOnlyAHeartbeatToldOf) {
  kiosk_.rate(1, kNoon + kMinute);
  kiosk_.rate(1, kNoon + kMinute);
  EXPECT_EQ(contradiction(kiosk_.beat(kNoon + 2 * kMinute)), "");
  kiosk_.roll_back_to(6);
  EXPECT_EQ(contradiction(kiosk_.beat(kNoon + 3 * kMinute)),
            "the kiosk's journal ends at event 6, but it had event 8 before: rolled back or cut");
}

TEST_F(HeartbeatTest, FindsAnotherEventUnderAKnownNumber) {
  kiosk_.roll_back_to(5);
  kiosk_.rate(1, kNoon + kMinute);
  EXPECT_EQ(contradiction(kiosk_.beat(kNoon + 2 * kMinute)),
            "the kiosk's event 6 is another one than it had before");
}

// The heartbeat's signed head is remembered, so that a batch which contradicts it is refused.
TEST_F(HeartbeatTest, HoldsLaterBatchesAgainstWhatWasTold) {
  kiosk_.rate(1, kNoon + kMinute);
  EXPECT_EQ(contradiction(kiosk_.beat(kNoon + 2 * kMinute)), "");
  kiosk_.roll_back_to(6);
  kiosk_.rate(5, kNoon + 3 * kMinute);
  EXPECT_EQ(refused(reception_.take(kiosk_)).why, Refusal::kConflict);
}

TEST_F(HeartbeatTest, AccusesNobodyByAnOldHeartbeatThatComesLate) {
  FakeKiosk before = kiosk_;
  before.roll_back_to(3);
  const std::string old = before.beat(kNoon + 2);  // made before event 4
  EXPECT_EQ(contradiction(kiosk_.beat(kNoon + kMinute)), "");
  EXPECT_EQ(contradiction(old), "");
  EXPECT_EQ(contradiction(old), "");
  EXPECT_EQ(state().heartbeats.at(0).told.last, 6) << "nor does it replace the newer one";
  EXPECT_TRUE(state().conflicts.empty());
}

core::Stamp unset(char boot, std::int64_t mono_ms, std::int64_t wall_ms) {
  return {wall_ms, std::string(32, boot), mono_ms, core::ClockState::kUnsynced};
}

// A card without a battery clock starts in the past, and its copy, too.
TEST_F(HeartbeatTest, FindsARolledBackJournalAlsoWhereTheClockIsBehind) {
  const auto beat = [&](const core::Stamp& now) {
    wire::Heartbeat told = kiosk_.heartbeat();
    told.now = now;
    return contradiction(wire::seal_heartbeat(told, kiosk_.key()));
  };
  FakeKiosk copy = kiosk_;
  kiosk_.append(unset('2', 1000, 1000), core::Correction{1, core::Score::from(1).value()});
  accepted(reception_.take(kiosk_, kiosk_.sealed(7, 7), kNoon + kMinute));
  kiosk_.append(unset('3', 1000, 500), core::Correction{1, core::Score::from(2).value()});
  accepted(reception_.take(kiosk_, kiosk_.sealed(8, 8), kNoon + kMinute));
  kiosk_.roll_back_to(6);
  EXPECT_NE(beat(unset('3', 500, 400)), "") << "event 7 was of an earlier boot";

  // Of a boot of which nothing is known it may be an old one that was held up.
  kiosk_ = copy;
  EXPECT_EQ(beat(unset('4', 1000, 700)), "");
  // But a kiosk that had an answer notes the time.
  kiosk_.append(unset('4', 1100, 800),
                core::BootTime{std::string(32, '4'), kNoon, 5, 1100, core::TimeSource::kDistrict});
  EXPECT_EQ(beat(unset('4', 2000, 1700)), "the kiosk's event 7 is another one than it had before");
}

TEST_F(HeartbeatTest, AccusesNobodyByAClockThatWasAhead) {
  wire::Heartbeat old = kiosk_.heartbeat();
  old.last = 3;
  old.head = kiosk_.hash(3);
  old.now = unset('1', 1000, kNoon + 9 * kDay);
  EXPECT_EQ(contradiction(wire::seal_heartbeat(old, kiosk_.key())), "");
  EXPECT_TRUE(state().conflicts.empty());
}

// Whoever cuts a kiosk off cannot hide that by what it said before.
TEST_F(HeartbeatTest, PlayedAgainIsNoSignOfLife) {
  const auto beat_of = [&](char boot, std::int64_t mono_ms) {
    wire::Heartbeat told = kiosk_.heartbeat(kNoon + kMinute);
    told.now.boot_id = std::string(32, boot);
    told.now.mono_ms = mono_ms;
    return wire::seal_heartbeat(told, kiosk_.key());
  };
  const auto seen_at = [&](const std::string& body, std::int64_t now_ms) {
    EXPECT_TRUE(std::holds_alternative<ingest::TakenHeartbeat>(take(body, now_ms)));
    return state().heartbeats.at(0).received_at;
  };
  const std::string first = beat_of('1', 1000);
  EXPECT_EQ(seen_at(first, kNoon + 1), kNoon + 1);
  EXPECT_EQ(seen_at(first, kNoon + 2), kNoon + 1);
  EXPECT_EQ(seen_at(beat_of('1', 1001), kNoon + 3), kNoon + 3);
  EXPECT_EQ(seen_at(first, kNoon + 4), kNoon + 3);
  EXPECT_EQ(seen_at(beat_of('2', 500), kNoon + 5), kNoon + 5) << "it was started anew";
  EXPECT_EQ(seen_at(beat_of('1', 2000), kNoon + 6), kNoon + 5) << "of a boot that is over";
  EXPECT_EQ(seen_at(beat_of('2', 501), kNoon + 7), kNoon + 7);
}

// Heartbeats go on for years; what they told beyond the batches must not all be kept.
TEST_F(HeartbeatTest, KeepsNoEvidenceThatLaterBatchesBear) {
  const auto heads = [&](const std::string& which) {
    return reception_.peek().number("SELECT count(*) FROM pinned_head WHERE heartbeat = 1 AND " +
                                    which);
  };
  for (int i = 1; i <= 3; ++i) {
    kiosk_.rate(4, kNoon + i * kMinute);
    EXPECT_EQ(contradiction(kiosk_.beat(kNoon + i * kMinute)), "");
  }
  EXPECT_EQ(heads("claim <> ''"), 3);
  kiosk_.rate(4, kNoon + 4 * kMinute);
  accepted(reception_.take(kiosk_, kiosk_.sealed(7, 10), kNoon + 5 * kMinute));
  EXPECT_EQ(heads("claim <> ''"), 0);
  EXPECT_EQ(heads("seen_at > 0"), 3) << "they say since when the events were there";
  kiosk_.roll_back_to(8);
  EXPECT_NE(contradiction(kiosk_.beat(kNoon + 6 * kMinute)), "");
}

TEST_F(HeartbeatTest, KnowsANewLifeOfTheCard) {
  EXPECT_EQ(contradiction(kiosk_.beat(kNoon + kMinute)), "");
  const FakeKiosk again = kiosk_.reimaged("e2");
  const auto outcome = take(again.beat(kNoon + 2 * kMinute), kNoon + kDay);
  EXPECT_TRUE(std::get<ingest::TakenHeartbeat>(outcome).new_epoch);
  EXPECT_EQ(std::get<ingest::TakenHeartbeat>(outcome).contradiction, "");
  const auto states = state();
  ASSERT_EQ(states.heartbeats.size(), 2U);
  EXPECT_EQ(states.heartbeats[0].told.epoch.value, "e2");
}

TEST_F(HeartbeatTest, TakesNothingFromWhoMayNotSpeak) {
  const auto why = [&](const std::string& body) {
    return std::get<ingest::Refused>(take(body)).why;
  };
  EXPECT_EQ(why("no heartbeat"), Refusal::kMalformed);
  std::string forged = kiosk_.beat();
  forged.replace(forged.find("1.2.3"), 5, "1.2.4");
  EXPECT_EQ(why(forged), Refusal::kForged);
  EXPECT_EQ(why(wire::seal_heartbeat(kiosk_.heartbeat(), wire::SigningKey::generate())),
            Refusal::kUnknownKey);
  EXPECT_EQ(why(FakeKiosk("kt-2").beat()), Refusal::kWrongDevice);
  must(storage::Devices(reception_.store()).suspend(kiosk_.device(), {"test", kNoon}));
  EXPECT_EQ(why(kiosk_.beat()), Refusal::kSuspended);
  EXPECT_TRUE(state().heartbeats.empty());
}

TEST(HeartbeatHttp, AnswersWithTheDistrictsSignedTimeAndShowsTheKiosk) {
  RunningDistrict district;
  FakeKiosk kiosk("kt-1");
  district.know(kiosk);
  kiosk.rate(5, now_ms());
  const wire::Heartbeat told = kiosk.heartbeat(now_ms());
  const auto post = [&](const std::string& device, const std::string& body) {
    return district.client().post("api/v1/devices/" + device + "/heartbeat", body);
  };
  const std::int64_t before = now_ms();
  const Reply reply = post("kt-1", wire::seal_heartbeat(told, kiosk.key()));
  ASSERT_EQ(reply.status, 200) << reply.body;
  const auto key = must(wire::read_or_make_key(district.config().data_dir / kDistrictKeyFile));
  const auto answer = must(wire::open_heartbeat_answer(reply.body, key.public_key(), told.nonce));
  EXPECT_GE(answer.now_ms, before);
  EXPECT_LE(answer.now_ms, now_ms());

  expect_problem(post("kt-2", wire::seal_heartbeat(told, kiosk.key())), 400, "wrong-device");
  expect_problem(post("kt-1", "x"), 400, "malformed");
  expect_problem(post("kt-1", std::string(wire::kMostHeartbeatBytes + 1, 'x')), 413, "too-large");

  const auto devices =
      json_of(district.client().get("api/v1/devices", {district.log_in()}))["devices"];
  ASSERT_EQ(devices.size(), 1U);
  EXPECT_EQ(devices[0]["heartbeat"]["unsent"], 1);
  EXPECT_EQ(devices[0]["silent"], false);
  const Reply metrics = district.client().get("metrics");
  EXPECT_NE(metrics.body.find("hailong_district_devices_silent 0\n"), std::string::npos);
}

}  // namespace
}  // namespace hailong::district
