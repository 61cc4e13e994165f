#include "sync/heartbeat.h"

#include <gtest/gtest.h>

#include "tests/journal/sample.h"
#include "tests/sync/fake_district.h"
#include "tests/temp_folder.h"

namespace hailong::sync {
namespace {

using journal::journal_with;
using journal::must;
using tests::TempFolder;

class BeatTest : public testing::Test {
 protected:
  /// Time goes on by `step_ms` between two looks at the clock.
  core::Result<Heard> beat_once(Transport& transport, const KnownFaults& faults = {}) {
    Source source = must(Source::open(folder_.path()));
    return beat(source, transport, district_.key.public_key(), faults, [this] {
      now_.mono_ms += step_ms_;
      return now_;
    });
  }

  TempFolder folder_;
  FakeDistrict district_;
  core::Stamp now_ = journal::stamp_at(1'795'453'300'000);
  std::int64_t step_ms_ = 30;
};

TEST_F(BeatTest, TellsHowJournalAndMachineAre) {
  const auto journal = journal_with(folder_.path(), 3);
  must(beat_once(district_, {"0123456789abcdef", "no such text", {"disk full"}}));
  ASSERT_EQ(district_.heartbeats.size(), 1U);
  const wire::Heartbeat& told = district_.heartbeats[0];
  EXPECT_EQ(told.device, journal::kDevice);
  EXPECT_EQ(told.epoch, journal.identity().epoch);
  EXPECT_EQ(told.last, 3);
  EXPECT_EQ(told.receipted, 0);
  // The samples' clock runs ten times slower since the boot than on the wall.
  EXPECT_EQ(told.oldest_ms, 10'000 + step_ms_);
  EXPECT_EQ(told.tap_ms, 10'000 + step_ms_);
  EXPECT_TRUE(told.disk.has_value());
  EXPECT_GT(told.disk.value_or(wire::HeartbeatDisk{}).total, 0);
  EXPECT_EQ(told.bundle, "0123456789abcdef");
  EXPECT_EQ(told.bundle_fault, "no such text");
  EXPECT_EQ(told.faults, std::vector<std::string>{"disk full"});
  auto outbox = must(journal::Outbox::open(folder_.path()));
  EXPECT_EQ(told.head, must(outbox.batch(1, 3, 1'000'000)).claim.head);
}

TEST_F(BeatTest, TellsOfAnEmptyJournal) {
  const auto journal = journal_with(folder_.path(), 0);
  must(beat_once(district_));
  EXPECT_EQ(district_.heartbeats.at(0).last, 0);
  EXPECT_EQ(district_.heartbeats[0].head,
            core::chain_start(journal::kDevice, journal.identity().epoch));
  EXPECT_EQ(district_.heartbeats[0].oldest_ms, std::nullopt);
  EXPECT_EQ(district_.heartbeats[0].tap_ms, std::nullopt);
}

TEST_F(BeatTest, HearsTheTrueTimeAsWellAsTheWayAllows) {
  const auto journal = journal_with(folder_.path(), 1);
  step_ms_ = 800;
  const Heard heard = must(beat_once(district_));
  EXPECT_EQ(heard.at, now_);
  EXPECT_EQ(heard.true_ms, district_.now_ms + 400);
  EXPECT_EQ(heard.error_ms, 400);
}

/// Answers what it is told to.
class Liar : public Transport {
 public:
  explicit Liar(Answer answer) : answer_(std::move(answer)) {}
  Answer send(const Request& /*request*/) override { return answer_; }

 private:
  Answer answer_;
};

TEST_F(BeatTest, BelievesNobodyElse) {
  const auto journal = journal_with(folder_.path(), 1);
  const std::string replayed =
      wire::seal_heartbeat_answer({"00112233445566ff", 1, ""}, district_.key);
  for (const Answer& answer : std::vector<Answer>{
           NetworkFailure{"no route"}, HttpAnswer{404, {}, "", ""},
           HttpAnswer{200, {}, "text/html", "<html>log in</html>"},
           HttpAnswer{200, {}, "application/json", replayed}, HttpAnswer{302, {}, "", replayed}}) {
    Liar liar(answer);
    const auto heard = beat_once(liar);
    ASSERT_FALSE(heard);
    EXPECT_EQ(heard.error().message.find("no answer to the heartbeat: "), 0U);
  }
}

}  // namespace
}  // namespace hailong::sync
