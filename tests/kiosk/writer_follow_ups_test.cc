#include <gtest/gtest.h>

#include "journal/reader.h"
#include "kiosk/writer.h"
#include "tests/kiosk/disk.h"
#include "tests/kiosk/outcomes.h"
#include "tests/temp_folder.h"

/// What the writer does beside ratings and corrections: follow-ups, doubts, old contact data.

namespace hailong::tests {
namespace {

using journal::RecentRating;
using kiosk::NewContact;
using kiosk::NewDossier;
using kiosk::NewRating;
using kiosk::NewWords;
using kiosk::Writer;
using kiosk::WriterRules;

const core::DeviceId kKiosk{"kt-10750-q1"};
constexpr std::int64_t kNow = 1'795'453'200'000;
constexpr std::int64_t kDay = 86'400'000;

core::Stamp synced_at(std::int64_t wall_ms) {
  return {wall_ms, std::string(32, 'b'), 1, core::ClockState::kSynced};
}

Writer::Job rating_at(std::int64_t wall_ms, const std::string& visit, int score) {
  Writer::Job job = rating_job(visit, score);
  job.stamp = synced_at(wall_ms);
  return job;
}

/// A clock that counts how often the writer looks at it, which is once for each look at old contact
/// data.
class WatchedClock {
 public:
  explicit WatchedClock(core::Stamp stamp) : stamp_(std::move(stamp)) {}

  std::function<core::Stamp()> clock() {
    return [this] {
      const std::lock_guard lock(mutex_);
      ++looks_;
      changed_.notify_all();
      return stamp_;
    };
  }
  void set(const core::Stamp& stamp) {
    const std::lock_guard lock(mutex_);
    stamp_ = stamp;
  }
  int looks() {
    const std::lock_guard lock(mutex_);
    return looks_;
  }
  void wait_for_look(int number) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return looks_ >= number; });
  }
  /// Until the writer has looked and has acted on it.
  void wait_for_one_more() { wait_for_look(looks() + 2); }

 private:
  std::mutex mutex_;  // guards stamp_ and looks_
  std::condition_variable changed_;
  core::Stamp stamp_;
  int looks_ = 0;
};

class WriterFollowUpsTest : public testing::Test {
 protected:
  WriterFollowUpsTest() {
    watch_disk();
    mend_disk();
  }
  ~WriterFollowUpsTest() override { mend_disk(); }

  [[nodiscard]] journal::Statistics statistics() const {
    auto reader = journal::Reader::open(data_dir_ / journal::kJournalFile);
    EXPECT_TRUE(reader);
    EXPECT_EQ(reader->verify()->reason, "");
    return *reader->statistics();
  }
  /// Event `seq` as it was chained.
  [[nodiscard]] std::string event(core::Seq seq) const {
    std::string found;
    EXPECT_TRUE(journal::Reader::open(data_dir_ / journal::kJournalFile)
                    ->each_event([&](std::string_view line) {
                      if (--seq == 0) found = line;
                    }));
    return found;
  }
  core::Seq appended(std::size_t index) {
    const auto outcome = outcomes_.wait_for(index);
    EXPECT_TRUE(outcome) << outcome.error().message;
    return outcome.value_or(0);
  }

  TempFolder folder_;
  std::filesystem::path data_dir_ = folder_.path() / "data";
  Outcomes outcomes_;
};

/// One of each, all about rating 1.
std::vector<Writer::Job> follow_ups() {
  const core::Stamp stamp = synced_at(kNow);
  journal::DossierRef dossier;
  dossier.code = "H24-261120-0001";
  std::vector<Writer::Job> jobs;
  jobs.push_back({stamp, core::Answers{1, {{"reasons", {"extra-money"}}}, true}, 11});
  jobs.push_back({stamp, NewDossier{1, dossier}, 12});
  jobs.push_back({stamp, NewWords{1, "chờ lâu"}, 13});
  jobs.push_back({stamp, NewContact{{1, "contact-1", 90}, "0912345678"}, 14});
  return jobs;
}

TEST_F(WriterFollowUpsTest, RecordsEachKindAndReportsItsTicket) {
  Writer writer(data_dir_, kKiosk, outcomes_.collector());
  writer.append(rating_job("0000000000000001", 2));
  for (Writer::Job& job : follow_ups()) writer.append(std::move(job));
  const std::vector<core::Seq> places = {1, 2, 3, 4, 6};
  for (std::size_t i = 0; i < places.size(); ++i) {
    EXPECT_EQ(appended(i), places[i]);
    EXPECT_EQ(outcomes_.ticket_of(i), i == 0 ? 0 : 10 + i);
  }
  writer.stop();
  const journal::Statistics found = statistics();
  EXPECT_EQ(found.answers, 1);
  EXPECT_EQ(found.alerts, 1);
  EXPECT_EQ(found.dossiers, 1);
  EXPECT_EQ(found.feedback, 2);
  EXPECT_EQ(found.contacts, 1);
}

TEST_F(WriterFollowUpsTest, RecordsOnceWhatReachedTheDiskDespiteAnError) {
  Writer writer(data_dir_, kKiosk, outcomes_.collector());
  writer.append(rating_job("0000000000000001", 2));
  ASSERT_EQ(appended(0), 1);
  std::size_t index = 1;
  for (Writer::Job& job : follow_ups()) {
    break_disk(DiskFault::kBrokenSync, 1);
    writer.append(std::move(job));
    appended(index++);
    mend_disk();
  }
  writer.stop();
  EXPECT_EQ(statistics().last, 6);
}

TEST_F(WriterFollowUpsTest, SaysAtOnceWhatCannotBeRecorded) {
  Writer writer(data_dir_, kKiosk, outcomes_.collector());
  for (Writer::Job& job : follow_ups()) writer.append(std::move(job));  // without a rating
  for (std::size_t i = 0; i < 4; ++i) {
    const auto outcome = outcomes_.wait_for(i);
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().fault, core::Fault::kInvalid);
    EXPECT_EQ(outcomes_.ticket_of(i), 11 + i);
  }
}

TEST_F(WriterFollowUpsTest, RecordsWhatStandsBesideARating) {
  Writer writer(data_dir_, kKiosk, outcomes_.collector());
  Writer::Job job = rating_job("0000000000000001", 5);
  std::get<NewRating>(job.body).beside.token_digest = core::Bytes32{7};
  writer.append(std::move(job));
  EXPECT_EQ(appended(0), 1);
  writer.stop();
  EXPECT_NE(event(2).find(R"("kind":"token")"), std::string::npos);
}

TEST_F(WriterFollowUpsTest, FlagsDoubtfulRatingsByTheLastOnesOfThisStartAndBefore) {
  std::vector<std::vector<RecentRating>> pasts;
  const auto suspicious = [&] {
    WriterRules rules;
    rules.doubts = [&](std::span<const RecentRating> past, const RecentRating& now) {
      EXPECT_EQ(now.seq, 0);
      pasts.emplace_back(past.begin(), past.end());
      return now.score.value() == 1 ? std::vector<std::string>{"burst", "identical"}
                                    : std::vector<std::string>{};
    };
    return rules;
  };
  {
    Writer writer(data_dir_, kKiosk, outcomes_.collector(), suspicious());
    writer.append(rating_at(kNow, "0000000000000001", 5));
    writer.append({synced_at(kNow), core::Correction{1, *core::Score::from(4)}, 0});
  }
  Writer writer(data_dir_, kKiosk, outcomes_.collector(), suspicious());
  Writer::Job flagged = rating_at(kNow + 1, "0000000000000002", 1);
  std::get<NewRating>(flagged.body).rating.flags = {"burst"};
  writer.append(flagged);
  writer.append(flagged);  // the same visit is remembered once
  writer.append(rating_at(kNow + 2, "0000000000000003", 5));
  writer.stop();

  const RecentRating first{*core::Score::from(5), synced_at(kNow), 1};
  const RecentRating second{*core::Score::from(1), synced_at(kNow + 1), 3};
  ASSERT_EQ(pasts.size(), 4U);
  EXPECT_TRUE(pasts[0].empty());
  EXPECT_EQ(pasts[1], std::vector{first});
  EXPECT_EQ(pasts[3], (std::vector{first, second}));
  EXPECT_NE(event(3).find(R"("flags":["burst","identical"])"), std::string::npos) << event(3);
  EXPECT_EQ(event(4).find("flags"), std::string::npos);
}

TEST_F(WriterFollowUpsTest, LooksBackNoFurtherThanThirtyTwoRatings) {
  std::size_t most = 0;
  WriterRules rules;
  rules.doubts = [&](std::span<const RecentRating> past, const RecentRating& /*now*/) {
    most = std::max(most, past.size());
    return std::vector<std::string>{};
  };
  Writer writer(data_dir_, kKiosk, outcomes_.collector(), rules);
  for (int i = 0; i < 40; ++i) writer.append(rating_job("v" + std::to_string(i), 3));
  writer.stop();
  EXPECT_EQ(most, 32U);
}

TEST_F(WriterFollowUpsTest, GoesByOtherRulesFromTheNextJobOn) {
  const auto flagging = [](const std::string& flag) {
    WriterRules rules;
    rules.doubts = [flag](std::span<const RecentRating>, const RecentRating&) {
      return std::vector{flag};
    };
    return rules;
  };
  Writer writer(data_dir_, kKiosk, outcomes_.collector(), flagging("burst"));
  writer.append(rating_job("0000000000000001", 5));
  EXPECT_EQ(appended(0), 1);
  writer.change_rules(flagging("out-of-hours"));
  writer.append(rating_job("0000000000000002", 5));
  EXPECT_EQ(appended(1), 2);
  writer.stop();
  EXPECT_NE(event(1).find(R"("flags":["burst"])"), std::string::npos) << event(1);
  EXPECT_NE(event(2).find(R"("flags":["out-of-hours"])"), std::string::npos) << event(2);
}

class WriterErasureTest : public WriterFollowUpsTest {
 protected:
  WriterErasureTest() {
    auto opened = journal::Journal::open(data_dir_, kKiosk);
    EXPECT_TRUE(opened);
    const auto rating = std::get<NewRating>(rating_job("0000000000000001", 2).body).rating;
    EXPECT_TRUE(opened->append(synced_at(kNow), rating));
    EXPECT_TRUE(opened->append_contact(synced_at(kNow), {1, "contact-1", 3650}, "0912345678"));
    EXPECT_TRUE(
        opened->append_contact(synced_at(kNow + 10 * kDay), {1, "contact-1", 3650}, "0987654321"));
  }

  [[nodiscard]] WriterRules rules() {
    WriterRules rules;
    rules.contact_keep_days = 30;
    rules.erase_every = std::chrono::milliseconds{1};
    rules.now = clock_.clock();
    return rules;
  }

  WatchedClock clock_{synced_at(kNow + 30 * kDay)};
};

TEST_F(WriterErasureTest, ErasesContactDataOnceTheyAreOld) {
  Writer writer(data_dir_, kKiosk, outcomes_.collector(), rules());
  clock_.wait_for_one_more();
  EXPECT_EQ(statistics().contacts_erased, 0);
  clock_.set(synced_at(kNow + 30 * kDay + 1));  // while it idles
  clock_.wait_for_one_more();
  EXPECT_EQ(statistics().contacts_erased, 1);
  writer.append(rating_job("0000000000000002", 4));
  EXPECT_TRUE(outcomes_.wait_for(0));
  clock_.set(synced_at(kNow + 41 * kDay));
  clock_.wait_for_one_more();
  writer.stop();
  EXPECT_EQ(statistics().contacts_erased, 2);
}

TEST_F(WriterErasureTest, WaitsForASyncedClock) {
  core::Stamp unsynced = synced_at(kNow + 4000 * kDay);
  unsynced.clock = core::ClockState::kUnsynced;
  clock_.set(unsynced);
  Writer writer(data_dir_, kKiosk, outcomes_.collector(), rules());
  clock_.wait_for_one_more();
  EXPECT_EQ(statistics().contacts_erased, 0);
  clock_.set(synced_at(kNow + 41 * kDay));
  clock_.wait_for_one_more();
  writer.stop();
  EXPECT_EQ(statistics().contacts_erased, 2);
}

TEST_F(WriterErasureTest, TakesTheDistrictsTimeWhereTheClockIsNeverSet) {
  const core::Stamp lost{1000, std::string(32, 'c'), 1000, core::ClockState::kUnsynced};
  {
    auto opened = journal::Journal::open(data_dir_, kKiosk);
    ASSERT_TRUE(opened);
    ASSERT_TRUE(opened->learn_time(lost, kNow + 41 * kDay, 1000, core::TimeSource::kDistrict));
  }
  clock_.set(lost);
  Writer writer(data_dir_, kKiosk, outcomes_.collector(), rules());
  clock_.wait_for_one_more();
  writer.stop();
  EXPECT_EQ(statistics().contacts_erased, 2);
}

TEST_F(WriterErasureTest, TriesAgainWhenTheDiskWasFull) {
  Writer writer(data_dir_, kKiosk, outcomes_.collector(), rules());
  clock_.wait_for_one_more();
  const int looks = clock_.looks();
  break_disk(DiskFault::kFull, 1'000'000);
  clock_.set(synced_at(kNow + 41 * kDay));
  clock_.wait_for_look(looks + 1);
  writer.append(rating_job("0000000000000002", 4));
  EXPECT_FALSE(outcomes_.wait_for(0));  // so the erasure has failed before
  EXPECT_EQ(statistics().contacts_erased, 0);
  mend_disk();
  writer.append(rating_job("0000000000000002", 4));  // opens the journal anew
  EXPECT_TRUE(outcomes_.wait_for(1));
  clock_.wait_for_one_more();
  writer.stop();
  EXPECT_EQ(statistics().contacts_erased, 2);
}

}  // namespace
}  // namespace hailong::tests
