#include <gtest/gtest.h>

#include <fstream>

#include "journal/outbox.h"
#include "sqlite/database.h"
#include "tests/e2e/real_district.h"
#include "tests/fault/fault_proxy.h"
#include "tests/journal/sample.h"

/// The real daemon, the real receiver, and a network between them that breaks.

namespace hailong::tests {
namespace {

using journal::must;

constexpr int kEvents = 25;
constexpr std::int64_t kMany = 1'000'000;

class BrokenNetwork : public testing::Test {
 protected:
  BrokenNetwork() {
    std::string key = district_.admin({"key"});
    key.erase(key.find_last_not_of(" \n") + 1);
    district_key_ = key.substr(key.find_last_of(" \n") + 1);
    const journal::Identity identity = outbox().identity();
    district_.admin({"device", "add", "--id", identity.device.value, "--unit", "10750", "--counter",
                     "q1", "--public-key", core::to_hex(identity.public_key)});
    district_.serve();
  }

  journal::Outbox outbox() { return must(journal::Outbox::open(folder_.path() / "data")); }

  /// Drains through the proxy, in batches of five.
  Outcome sync_once(const std::string& url) {
    const std::string file = (folder_.path() / "sync.toml").string();
    std::ofstream(file) << "data_dir = \"data\"\n[district]\nurl = \"" << url
                        << "\"\npublic_key = \"" << district_key_
                        << "\"\n[batch]\nmost_events = 5\n[retry]\nfirst_ms = 1\nmost_ms = 20\n";
    return run({HAILONG_SYNCD, "--config", file, "--once"});
  }

  /// Every event that the district holds, of all devices and epochs.
  std::vector<std::string> stored() {
    const auto database = must(sqlite::open_read_only(district_.store()));
    SQLite::Statement query(*database, "SELECT bytes FROM event ORDER BY stream_id, seq");
    std::vector<std::string> events;
    while (query.executeStep()) events.emplace_back(sqlite::view_of(query.getColumn(0)));
    return events;
  }

  /// Ratings in the roll-ups that scores are answered from.
  std::int64_t counted() {
    const auto database = must(sqlite::open_read_only(district_.store()));
    return database->execAndGet("SELECT coalesce(sum(n1 + n2 + n3 + n4 + n5), 0) FROM cell")
        .getInt64();
  }

  /// The ratings, and the time where the machine's clock is not kept by another one.
  std::vector<std::string> everything() {
    return must(outbox().batch(1, kEvents + 3, kMany)).events;
  }

  void expect_each_event_once() {
    EXPECT_EQ(stored(), everything());
    EXPECT_EQ(counted(), kEvents);
    EXPECT_EQ(must(outbox().high_water()), must(outbox().last()));
  }

  TempFolder folder_;
  journal::Journal journal_ = journal::journal_with(folder_.path() / "data", kEvents);
  RealDistrict district_;
  std::string district_key_;
};

TEST_F(BrokenNetwork, LostAnswersDoubleNothing) {
  // The first passage is the heartbeat's.
  FaultProxy proxy(district_.port(),
                   {Passage::kAnswerLost, Passage::kAnswerLost, Passage::kAnswerLost,
                    Passage::kWhole, Passage::kAnswerLost, Passage::kWhole, Passage::kAnswerLost});
  const Outcome outcome = sync_once(proxy.url());
  EXPECT_EQ(outcome.code, 0) << outcome.output;
  EXPECT_EQ(proxy.requests(), 10U);
  EXPECT_EQ(proxy.answered(), 5U);
  expect_each_event_once();
}

TEST_F(BrokenNetwork, AnAnswerThatIsLostForGoodLeavesTheOutboxFull) {
  FaultProxy proxy(district_.port(), std::vector<Passage>(20, Passage::kAnswerLost));
  EXPECT_EQ(sync_once(proxy.url()).code, 3);
  EXPECT_EQ(must(outbox().high_water()), 0);
  EXPECT_EQ(stored().size(), 5U);  // it committed, but nobody here knows

  FaultProxy mended(district_.port(), {});
  EXPECT_EQ(sync_once(mended.url()).code, 0);
  expect_each_event_once();
}

TEST_F(BrokenNetwork, CutAnswersAndRequestsDoubleAndLoseNothing) {
  FaultProxy proxy(district_.port(),
                   {Passage::kRequestCut, Passage::kAnswerCut, Passage::kWhole, Passage::kAnswerCut,
                    Passage::kRequestCut, Passage::kWhole, Passage::kRequestCut});
  const Outcome outcome = sync_once(proxy.url());
  EXPECT_EQ(outcome.code, 0) << outcome.output;
  expect_each_event_once();
}

TEST_F(BrokenNetwork, AStutteringMiddleBoxDoublesNothing) {
  FaultProxy proxy(district_.port(), std::vector<Passage>(kEvents, Passage::kSentTwice));
  EXPECT_EQ(sync_once(proxy.url()).code, 0);
  expect_each_event_once();
}

TEST_F(BrokenNetwork, APowerCutOfTheDistrictAfterItsCommitDoublesNothing) {
  {
    FaultProxy proxy(district_.port(), std::vector<Passage>(20, Passage::kAnswerLost));
    EXPECT_EQ(sync_once(proxy.url()).code, 3);
  }
  district_.kill();
  district_.serve();
  FaultProxy mended(district_.port(), {});
  EXPECT_EQ(sync_once(mended.url()).code, 0);
  expect_each_event_once();
}

TEST_F(BrokenNetwork, ADistrictRestoredFromABackupGetsEverythingAgain) {
  const auto backup = folder_.path() / "backup";
  std::vector<Passage> two_batches(20, Passage::kRequestCut);
  two_batches[1] = two_batches[2] = Passage::kWhole;  // behind a heartbeat
  FaultProxy first(district_.port(), two_batches);
  EXPECT_EQ(sync_once(first.url()).code, 3);
  district_.kill();
  std::filesystem::copy(district_.store().parent_path(), backup);
  district_.serve();
  FaultProxy second(district_.port(), {});
  EXPECT_EQ(sync_once(second.url()).code, 0);

  district_.kill();
  std::filesystem::remove_all(district_.store().parent_path());
  std::filesystem::copy(backup, district_.store().parent_path());
  district_.serve();
  EXPECT_EQ(stored().size(), 10U);
  must(journal_.append(journal::stamp_at(1'795'453'300'000), journal::rating_of(5, "one more")));
  FaultProxy third(district_.port(), {});
  EXPECT_EQ(sync_once(third.url()).code, 0);
  EXPECT_EQ(stored(), everything());
}

}  // namespace
}  // namespace hailong::tests
