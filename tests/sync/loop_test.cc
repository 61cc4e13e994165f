#include "sync/loop.h"

#include <algorithm>
#include <deque>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <variant>

#include "journal/salvage.h"
#include "journal/set_aside.h"
#include "program/log.h"
#include "sqlite/database.h"
#include "tests/journal/damage.h"
#include "tests/journal/sample.h"
#include "tests/property.h"
#include "tests/sync/fake_district.h"
#include "tests/temp_folder.h"
#include "wire/event_codec.h"

namespace hailong::sync {
namespace {

using core::Fault;
using journal::journal_with;
using journal::must;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using tests::TempFolder;

/// The daemon's own lines would drown the tests'.
const bool kIsQuiet = program::start_log("off");

constexpr milliseconds kLookAnyway = minutes{5};

/// Notes what the loop wanted to wait for, and lets that time pass. At every sleep for a change the
/// next of `happenings` takes place; with none left the loop is stopped.
class FakeWaiting : public Waiting {
 public:
  std::deque<std::function<Woken()>> happenings;
  std::vector<milliseconds> waits;   // for time
  std::vector<milliseconds> sleeps;  // for a change
  std::size_t most_waits = 1000;     // then it stops

  bool stopped() override { return stopped_; }
  [[nodiscard]] core::Stamp now() const override { return now_; }
  void unsync() { now_.clock = core::ClockState::kUnsynced; }
  void pass(milliseconds time) {
    now_.mono_ms += time.count();
    now_.wall_ms += time.count();
  }
  void watch() override {}
  Woken for_change(milliseconds most) override {
    sleeps.push_back(most);
    if (happenings.empty()) {
      stopped_ = true;
      return Woken::kByStop;
    }
    pass(most);
    const auto happen = happenings.front();
    happenings.pop_front();
    return happen();
  }
  Woken for_time(milliseconds time) override {
    waits.push_back(time);
    pass(time);
    stopped_ = stopped_ || waits.size() >= most_waits;
    return stopped_ ? Woken::kByStop : Woken::kByTime;
  }

 private:
  bool stopped_ = false;
  core::Stamp now_{1'795'453'200'000, std::string(32, 'c'), 50'000, core::ClockState::kSynced};
};

class LoopTest : public testing::Test {
 protected:
  LoopTest() {
    settings_.data_dir = folder_.path();
    settings_.district = district_.key.public_key();
  }

  Loop loop() {
    return {settings_, district_, waiting_, [] { return 0.5; }};
  }

  core::Seq high_water() { return must(must(journal::Outbox::open(folder_.path())).high_water()); }

  /// `count` events, and beside them what the district told of the time.
  void expect_all_delivered(std::size_t count) {
    EXPECT_EQ(district_.events.size() - words_of_time(), count);
    EXPECT_EQ(high_water(), static_cast<core::Seq>(district_.events.size()));
  }

  [[nodiscard]] std::size_t words_of_time() const {
    const auto is_one = [](const std::string& event) {
      return std::holds_alternative<core::BootTime>(must(wire::EventDecoder().decode(event)).body);
    };
    return static_cast<std::size_t>(
        std::count_if(district_.events.begin(), district_.events.end(), is_one));
  }

  TempFolder folder_;
  Settings settings_;
  FakeDistrict district_;
  FakeWaiting waiting_;
};

TEST_F(LoopTest, DrainsTheOutboxBatchAfterBatchThenSleeps) {
  const auto journal = journal_with(folder_.path(), 25);
  settings_.retry.most_events = 10;
  loop().run();
  expect_all_delivered(25);
  EXPECT_EQ(district_.received.size(), 3U);
  EXPECT_TRUE(waiting_.waits.empty());
  EXPECT_EQ(waiting_.sleeps, std::vector<milliseconds>{kLookAnyway});
}

TEST_F(LoopTest, SaysHowItStandsWithTheDistrict) {
  settings_.url = "https://hai-long.example";
  district_.hears = false;
  district_.instead = [](FakeDistrict& self, std::string_view /*bytes*/) -> std::optional<Answer> {
    if (self.received.size() == 1) return NetworkFailure{"no route"};
    return std::nullopt;
  };
  waiting_.happenings = {[this] {
    journal_with(folder_.path(), 4);
    return Waiting::Woken::kByChange;
  }};
  std::vector<std::string> said;
  const auto say = [&said](const std::string& line) {
    if (said.empty() || said.back() != line) said.push_back(line);
  };
  Loop(
      settings_, district_, waiting_, [] { return 0.5; }, say)
      .run();
  const std::vector<std::pair<std::string, std::string>> ends = {
      {"not reached since 2026-", "no journal yet; start the kiosk first"},
      {"not reached yet: asking https://hai-long.example", "; 4 events waiting"},
      {"not reached since 2026-", "; 4 events waiting"},
      {"not reached since 2026-", ": no route; 4 events waiting"},
      {"reached https://hai-long.example at 2026-", "; 0 events waiting"},
  };
  ASSERT_EQ(said.size(), ends.size()) << testing::PrintToString(said);
  for (std::size_t i = 0; i < said.size(); ++i) {
    EXPECT_TRUE(said[i].starts_with(ends[i].first)) << said[i];
    EXPECT_TRUE(said[i].ends_with(ends[i].second)) << said[i];
  }
}

/// `count` ratings that were tapped just now.
void tap(journal::Journal& journal, const FakeWaiting& waiting, int count) {
  static int visit = 0;
  for (int i = 0; i < count; ++i) {
    must(journal.append(waiting.now(), journal::rating_of(5, "tap" + std::to_string(++visit))));
  }
}

TEST_F(LoopTest, LetsEventsGatherUntilTheOldestIsOldEnough) {
  auto journal = journal_with(folder_.path(), 1);
  settings_.age = minutes{2};
  waiting_.happenings.emplace_back([&] {
    tap(journal, waiting_, 1);
    return Waiting::Woken::kByChange;
  });
  waiting_.happenings.emplace_back([&] {  // looked at once more, soon
    tap(journal, waiting_, 3);
    return Waiting::Woken::kByTime;
  });
  waiting_.happenings.emplace_back([] { return Waiting::Woken::kByTime; });
  loop().run();
  expect_all_delivered(5);
  EXPECT_EQ(district_.received.size(), 2U);
  EXPECT_EQ(waiting_.sleeps[1], seconds{5});
  EXPECT_EQ(waiting_.sleeps[2], minutes{2} - seconds{5}) << "by the age of the first of them";
}

TEST_F(LoopTest, SendsAtOnceWhatFillsABatch) {
  auto journal = journal_with(folder_.path(), 1);
  settings_.retry.most_events = 4;
  waiting_.happenings.emplace_back([&] {
    tap(journal, waiting_, 6);
    return Waiting::Woken::kByChange;
  });
  loop().run();
  EXPECT_EQ(district_.events.size() - words_of_time(), 5U) << "the rest waits for others";
}

TEST_F(LoopTest, SendsAtOnceWhatTellsOfMoneyOrMisconduct) {
  auto journal = journal_with(folder_.path(), 1);
  waiting_.happenings.emplace_back([&] {
    tap(journal, waiting_, 1);
    must(journal.append(waiting_.now(), core::Answers{3, {{"extra-payment", {"yes"}}}, true}));
    return Waiting::Woken::kByChange;
  });
  loop().run();
  expect_all_delivered(3);
}

TEST_F(LoopTest, LetsNothingWaitThatIsOfAnEarlierBoot) {
  auto journal = journal_with(folder_.path(), 3);
  loop().run();
  expect_all_delivered(3);
}

TEST_F(LoopTest, BeatsAtTheStartAndWheneverNothingElseTellsThatItLives) {
  const auto journal = journal_with(folder_.path(), 2);
  settings_.heartbeat = minutes{15};
  for (int i = 0; i < 7; ++i) {
    waiting_.happenings.emplace_back([] { return Waiting::Woken::kByTime; });
  }
  loop().run();  // 35 minutes
  ASSERT_EQ(district_.heartbeats.size(), 3U);
  EXPECT_EQ(district_.heartbeats[0].receipted, 0);
  EXPECT_EQ(district_.heartbeats[1].receipted, 3) << "and the time that it was told";
  EXPECT_EQ(district_.heartbeats[1].oldest_ms, std::nullopt);
  EXPECT_NE(district_.heartbeats[0].nonce, district_.heartbeats[1].nonce);
}

TEST_F(LoopTest, KeepsTheDistrictsTimeInTheJournal) {
  const auto journal = journal_with(folder_.path(), 2);
  waiting_.unsync();
  settings_.age = minutes{1};
  for (int i = 0; i < 2; ++i) {
    waiting_.happenings.emplace_back([] { return Waiting::Woken::kByTime; });
  }
  loop().run();
  expect_all_delivered(2);
  const auto learnt = must(wire::EventDecoder().decode(district_.events[2]));
  const auto* time = std::get_if<core::BootTime>(&learnt.body);
  ASSERT_NE(time, nullptr);
  EXPECT_EQ(time->by, core::TimeSource::kDistrict);
  EXPECT_NEAR(static_cast<double>(time->began_ms + learnt.stamp.mono_ms),
              static_cast<double>(district_.now_ms), 10.0);
}

TEST_F(LoopTest, DeliversToADistrictThatKnowsNoHeartbeats) {
  const auto journal = journal_with(folder_.path(), 2);
  district_.hears = false;
  loop().run();
  expect_all_delivered(2);
}

TEST_F(LoopTest, TellsInItsHeartbeatWhatIsWrongHere) {
  const auto journal = journal_with(folder_.path(), 2);
  district_.instead = [](FakeDistrict& district, auto) -> std::optional<Answer> {
    return district.receipt({journal::kDevice, core::EpochId{"another"}, 2, {}, 1});
  };
  waiting_.most_waits = 2;
  settings_.retry.refused = settings_.heartbeat;
  loop().run();
  ASSERT_EQ(district_.heartbeats.size(), 2U);
  EXPECT_TRUE(district_.heartbeats[0].faults.empty());
  ASSERT_EQ(district_.heartbeats[1].faults.size(), 1U);
  EXPECT_NE(district_.heartbeats[1].faults[0].find("epoch another"), std::string::npos);
}

/// A rating with words, then ratings alone.
journal::Journal journal_with_words(const std::filesystem::path& folder, int ratings) {
  auto journal = journal_with(folder, 1);
  must(journal.append_feedback(journal::stamp_at(1'795'453'200'100), 1, core::FeedbackKind::kWords,
                               "chờ lâu"));
  for (int i = 0; i < ratings; ++i) {
    must(journal.append(journal::stamp_at(1'795'453'200'200 + i),
                        journal::rating_of(4, "after" + std::to_string(i))));
  }
  return journal;
}

TEST_F(LoopTest, SendsRatingsBeforeWords) {
  const auto journal = journal_with_words(folder_.path(), 10);
  settings_.retry.most_events = 5;
  std::vector<std::size_t> words_in;
  district_.instead = [&](auto&, std::string_view bytes) -> std::optional<Answer> {
    words_in.push_back(must(wire::open_batch(bytes, 1'000'000)).contents.size());
    return std::nullopt;
  };
  loop().run();
  expect_all_delivered(12);
  EXPECT_EQ(words_in, (std::vector<std::size_t>{0, 0, 1}));
  EXPECT_EQ(district_.contents.at(2), "chờ lâu");
}

TEST_F(LoopTest, SendsWordsByThemselvesWhenNoEventWaits) {
  district_.hears = false;
  auto journal = journal_with_words(folder_.path(), 0);
  must(journal.append_feedback(journal::stamp_at(1'795'453'200'300), 1, core::FeedbackKind::kWords,
                               std::string(2000, 'x')));
  must(journal.append_feedback(journal::stamp_at(1'795'453'200'400), 1, core::FeedbackKind::kWords,
                               std::string(2000, 'y')));
  settings_.most_bytes = 3000;
  loop().run();
  expect_all_delivered(4);
  EXPECT_EQ(district_.contents.size(), 3U);
  EXPECT_EQ(district_.received.size(), 2U);
}

TEST_F(LoopTest, SendsWordsAgainThatARestoredDistrictHasLost) {
  auto journal = journal_with_words(folder_.path(), 2);
  must(loop().run_once());
  ASSERT_EQ(district_.contents.size(), 1U);
  district_.contents.clear();
  district_.contents_mark = 0;  // it has the events, not the words
  must(journal.append(journal::stamp_at(1), journal::rating_of(5, "later")));
  EXPECT_EQ(must(loop().run_once()).unsent, 0);
  EXPECT_EQ(district_.contents.size(), 1U);
}

TEST_F(LoopTest, LosesNoWordsToADistrictThatTakesThemWithTheirEventsOnly) {
  district_.hears = false;
  const auto journal = journal_with_words(folder_.path(), 10);
  settings_.retry.most_events = 5;
  district_.is_old = true;
  EXPECT_EQ(must(loop().run_once()).unsent, 2) << "an alarm, until it is upgraded";
  EXPECT_EQ(must(must(journal::Outbox::open(folder_.path())).confirmed_contents()), 0);
  district_.is_old = false;
  EXPECT_EQ(must(loop().run_once()).unsent, 0);
  EXPECT_EQ(district_.contents.at(2), "chờ lâu");
}

TEST_F(LoopTest, GoesOnWithADistrictThatTakesWordsWithTheirEventsOnly) {
  const auto journal = journal_with_words(folder_.path(), 2);
  district_.is_old = true;
  loop().run();
  expect_all_delivered(4);
  EXPECT_EQ(district_.contents.at(2), "chờ lâu");
  EXPECT_EQ(district_.received.size(), 1U);
  EXPECT_EQ(must(loop().run_once()).sent, 0);
  EXPECT_EQ(district_.received.size(), 1U) << "it is remembered what came";
}

TEST_F(LoopTest, SendsWordsAgainWhereAReceiptWasDamaged) {
  const auto journal = journal_with_words(folder_.path(), 1);
  must(loop().run_once());
  SQLite::Database((folder_.path() / journal::kJournalFile).string(), SQLite::OPEN_READWRITE)
      .exec("UPDATE receipt SET bytes = x'00'");
  district_.contents.clear();
  EXPECT_EQ(must(loop().run_once()).unsent, 0);
  EXPECT_EQ(district_.contents.size(), 1U);
  EXPECT_TRUE(journal::is_damage_reported(folder_.path()));
}

TEST_F(LoopTest, KeepsWordsForTheEveningOnAMeteredLink) {
  const auto journal = journal_with_words(folder_.path(), 1);
  settings_.metered = true;
  waiting_.pass(std::chrono::hours(8));  // in the morning
  std::size_t by_day = 99;
  for (int tick = 1; tick <= 12 * 11; ++tick) {
    waiting_.happenings.emplace_back([&, tick] {
      if (tick == 12 * 9) by_day = district_.contents.size();
      return Waiting::Woken::kByTime;
    });
  }
  loop().run();
  expect_all_delivered(3);
  EXPECT_EQ(by_day, 0U);
  EXPECT_EQ(district_.contents.size(), 1U);
}

TEST_F(LoopTest, LooksByTimeEvenIfNoChangeWasReported) {
  auto journal = journal_with(folder_.path(), 1);
  waiting_.happenings.emplace_back([&] {
    must(journal.append(journal::stamp_at(1), journal::rating_of(5, "later")));
    return Waiting::Woken::kByTime;
  });
  loop().run();
  expect_all_delivered(2);
  EXPECT_TRUE(waiting_.waits.empty());
}

TEST_F(LoopTest, LooksAgainSoonForACommitThatWasNotSeenYet) {
  auto journal = journal_with(folder_.path(), 1);
  waiting_.happenings.emplace_back([] { return Waiting::Woken::kByChange; });
  waiting_.happenings.emplace_back([&] {
    must(journal.append(journal::stamp_at(1), journal::rating_of(5, "slow")));
    return Waiting::Woken::kByTime;
  });
  loop().run();
  expect_all_delivered(2);
  EXPECT_EQ(waiting_.sleeps, (std::vector<milliseconds>{kLookAnyway, seconds{5}, kLookAnyway}));
}

TEST_F(LoopTest, CostsNothingWhileNothingHappens) {
  const auto journal = journal_with(folder_.path(), 1);
  for (int i = 0; i < 5; ++i) {
    waiting_.happenings.emplace_back([] { return Waiting::Woken::kByTime; });
  }
  loop().run();
  EXPECT_EQ(district_.received.size(), 1U);
}

TEST_F(LoopTest, WaitsForTheKiosksFirstStart) {
  std::optional<journal::Journal> journal;
  waiting_.happenings.emplace_back([&] {
    journal = journal_with(folder_.path(), 3);
    return Waiting::Woken::kByChange;
  });
  loop().run();
  expect_all_delivered(3);
}

TEST_F(LoopTest, OutlivesTheDistrictsAbsence) {
  const auto journal = journal_with(folder_.path(), 5);
  district_.instead = [](FakeDistrict& district, auto) -> std::optional<Answer> {
    if (district.received.size() > 6) return std::nullopt;
    return NetworkFailure{"no route"};
  };
  loop().run();
  expect_all_delivered(5);
  const std::vector<milliseconds> expected = {milliseconds{1500},  milliseconds{2500},
                                              milliseconds{4500},  milliseconds{8500},
                                              milliseconds{16500}, milliseconds{32500}};
  EXPECT_EQ(waiting_.waits, expected);
}

TEST_F(LoopTest, ResendsTheSameBytesAfterALostAnswerAndDoublesNothing) {
  const auto journal = journal_with(folder_.path(), 5);
  district_.instead = [](FakeDistrict& district, std::string_view bytes) -> std::optional<Answer> {
    if (district.received.size() > 3) return std::nullopt;
    district.take(bytes);  // committed
    return NetworkFailure{"cut"};
  };
  loop().run();
  expect_all_delivered(5);
  ASSERT_EQ(district_.received.size(), 4U);
  EXPECT_EQ(district_.received[0], district_.received[3]);
}

TEST_F(LoopTest, HalvesOnTooLargeAndReachesSingleEvents) {
  const auto journal = journal_with(folder_.path(), 20);
  district_.instead = [](FakeDistrict&, std::string_view bytes) -> std::optional<Answer> {
    const auto batch = wire::open_batch(bytes, 1'000'000);
    if (batch->events.size() == 1) return std::nullopt;
    return HttpAnswer{413, {}, "", ""};
  };
  loop().run();
  expect_all_delivered(20);
  EXPECT_TRUE(waiting_.waits.empty());
}

TEST_F(LoopTest, KeepsAnEventThatIsTooLargeAlone) {
  const auto journal = journal_with(folder_.path(), 4);
  district_.instead = [](auto&, auto) { return HttpAnswer{413, {}, "", ""}; };
  waiting_.most_waits = 2;
  loop().run();
  EXPECT_EQ(high_water(), 0);
  EXPECT_EQ(waiting_.waits, (std::vector<milliseconds>{seconds{900}, seconds{900}}));
}

TEST_F(LoopTest, SendsAgainWhatARestoredDistrictHasLost) {
  auto journal = journal_with(folder_.path(), 30);
  waiting_.happenings.emplace_back([&] {
    district_.forget_after(12);
    must(journal.append(journal::stamp_at(1), journal::rating_of(5, "later")));
    return Waiting::Woken::kByTime;
  });
  settings_.retry.most_events = 7;
  loop().run();
  expect_all_delivered(31);
  EXPECT_TRUE(waiting_.waits.empty());
}

TEST_F(LoopTest, DoesNotBelieveAPositionThatNobodySigned) {
  const auto journal = journal_with(folder_.path(), 30);
  district_.instead = [](FakeDistrict& district, auto) -> std::optional<Answer> {
    if (district.received.size() > 1) return std::nullopt;
    return HttpAnswer{409, {}, "", R"({"expected_seq":20})"};
  };
  loop().run();
  expect_all_delivered(30);
}

TEST_F(LoopTest, AsksAnewAfterALieThatItCannotFollow) {
  district_.hears = false;
  auto journal = journal_with(folder_.path(), 20);
  must(loop().run_once());
  const auto gone = journal.compact(journal::stamp_at(1'795'453'300'000), 400, settings_.district,
                                    [] { return true; });
  ASSERT_EQ(must(gone), 20);
  district_.received.clear();
  district_.instead = [](FakeDistrict& district, auto) -> std::optional<Answer> {
    if (district.received.size() > 1) return std::nullopt;
    return HttpAnswer{409, {}, "", R"({"expected_seq":1})"};
  };
  waiting_.most_waits = 3;
  loop().run();
  expect_all_delivered(21);
  EXPECT_EQ(waiting_.waits, std::vector<milliseconds>{seconds{900}});
}

TEST_F(LoopTest, DoesNotSpinBetweenTwoGaps) {
  const auto journal = journal_with(folder_.path(), 30);
  district_.instead = [](FakeDistrict& district, auto) {
    const char* where = district.received.size() % 2 == 0 ? "1" : "9";
    return HttpAnswer{409, {}, "", std::string(R"({"expected_seq":)") + where + "}"};
  };
  waiting_.most_waits = 10;
  loop().run();
  EXPECT_LE(district_.received.size(), 11U);
  EXPECT_EQ(high_water(), 0);
}

TEST_F(LoopTest, GoesOnWithAJournalThatWasSetUpAnew) {
  std::optional<journal::Journal> journal = journal_with(folder_.path(), 3);
  waiting_.happenings.emplace_back([&] {
    journal.reset();
    for (const auto& file : std::filesystem::directory_iterator(folder_.path())) {
      if (file.path().filename() != journal::kDeviceKeyFile) std::filesystem::remove(file.path());
    }
    district_.forget_after(0);  // another epoch: the fake holds one at a time
    journal = journal_with(folder_.path(), 2);
    return Waiting::Woken::kByChange;
  });
  loop().run();
  expect_all_delivered(2);
}

TEST_F(LoopTest, OnceSaysWhatWasSentAndWhatIsLeft) {
  district_.hears = false;
  const auto journal = journal_with(folder_.path(), 12);
  settings_.retry.most_events = 5;
  district_.instead = [](FakeDistrict& district, auto) -> std::optional<Answer> {
    if (district.received.size() < 3) return std::nullopt;
    return HttpAnswer{403, {}, "", ""};
  };
  const Drained drained = must(loop().run_once());
  EXPECT_EQ(drained.sent, 10);
  EXPECT_EQ(drained.unsent, 2);
  EXPECT_TRUE(waiting_.waits.empty());
}

TEST_F(LoopTest, OnceHasShortPatience) {
  district_.hears = false;
  const auto journal = journal_with(folder_.path(), 1);
  district_.instead = [](auto&, auto) { return NetworkFailure{"cut"}; };
  settings_.retry.first = milliseconds{10};
  EXPECT_EQ(must(loop().run_once()).unsent, 1);
  EXPECT_EQ(waiting_.waits.size(), 3U);
  EXPECT_EQ(district_.received.size(), 4U);

  waiting_.waits.clear();
  settings_.retry.first = seconds{3};
  EXPECT_EQ(must(loop().run_once()).unsent, 1);
  EXPECT_TRUE(waiting_.waits.empty());
}

TEST_F(LoopTest, OnceCountsWhatARestoredDistrictAsksForAgain) {
  district_.hears = false;
  auto journal = journal_with(folder_.path(), 10);
  EXPECT_EQ(must(loop().run_once()).unsent, 0);
  district_.forget_after(4);
  must(journal.append(journal::stamp_at(1), journal::rating_of(5, "later")));
  const std::size_t before = district_.received.size();
  district_.instead = [=](FakeDistrict& district, auto) -> std::optional<Answer> {
    if (district.received.size() == before + 1) return std::nullopt;  // the gap
    return HttpAnswer{403, {}, "", ""};
  };
  EXPECT_EQ(must(loop().run_once()).unsent, 7);
}

TEST_F(LoopTest, OnceNeedsAJournal) {
  const auto drained = loop().run_once();
  ASSERT_FALSE(drained);
  EXPECT_EQ(drained.error().fault, Fault::kNotFound);
}

TEST_F(LoopTest, OnceHearsTheDistrictsTimeFirst) {
  const auto journal = journal_with(folder_.path(), 2);
  waiting_.unsync();
  EXPECT_EQ(must(loop().run_once()).sent, 3) << "the time goes along";
  expect_all_delivered(2);
  EXPECT_EQ(district_.heartbeats.size(), 1U);
}

TEST_F(LoopTest, OnceSendsAlsoWhenNoHeartbeatIsAnswered) {
  const auto journal = journal_with(folder_.path(), 2);
  waiting_.unsync();
  district_.hears = false;
  EXPECT_EQ(must(loop().run_once()).sent, 2);
}

/// One lie of the network.
Answer any_lie() {
  const int kind = *rc::gen::inRange(0, 6);
  if (kind == 0) return NetworkFailure{"cut"};
  if (kind == 1) return HttpAnswer{200, {}, "text/html", "<html>"};
  if (kind == 2) return HttpAnswer{413, {}, "", ""};
  if (kind == 3) {
    const int seq = *rc::gen::inRange(0, 20);
    return HttpAnswer{409, {}, "", R"({"expected_seq":)" + std::to_string(seq) + "}"};
  }
  return HttpAnswer{*rc::gen::inRange(200, 600), {}, "", ""};
}

struct Lie {
  Answer answer;
  bool stored = false;  // the district got the batch; only the answer was lost
};

TEST(LoopProperty, DeliversExactlyOnceThroughAnyFaults) {
  const TempFolder sample;
  journal_with(sample.path(), 12);
  HAILONG_PROPERTY("after any lies the district holds the journal's events, each once", [&] {
    const TempFolder folder;
    std::filesystem::copy(sample.path(), folder.path());
    FakeDistrict district;
    FakeWaiting waiting;
    Settings settings;
    settings.data_dir = folder.path();
    settings.district = district.key.public_key();
    settings.retry.most_events = *rc::gen::inRange(3, 20);
    std::deque<Lie> lies;
    const int count = *rc::gen::inRange(0, 12);
    for (int i = 0; i < count; ++i) lies.push_back({any_lie(), *rc::gen::arbitrary<bool>()});
    district.instead = [&](FakeDistrict& self, std::string_view bytes) -> std::optional<Answer> {
      auto outbox = must(journal::Outbox::open(folder.path()));
      RC_ASSERT(must(outbox.high_water()) <= static_cast<core::Seq>(self.events.size()));
      if (lies.empty()) return std::nullopt;
      const Lie lie = lies.front();
      lies.pop_front();
      if (lie.stored) self.take(bytes);
      return lie.answer;
    };
    Loop(settings, district, waiting, [] { return 0.5; }).run();

    auto outbox = must(journal::Outbox::open(folder.path()));
    // What the district told of the time is an event, too, and may wait for others.
    RC_ASSERT(must(outbox.high_water()) >= 12);
    const auto came = static_cast<std::int64_t>(district.events.size());
    RC_ASSERT(must(outbox.batch(1, came, 1'000'000)).events == district.events);
  });
}

/// Receipts whatever comes, of any epoch.
class AsideDistrict : public Transport {
 public:
  wire::SigningKey key = wire::SigningKey::from_seed(core::Bytes32{7});
  std::vector<wire::BatchClaim> claims;
  core::EpochId refused;  // an epoch

  Answer send(const Request& request) override {
    if (request.path.ends_with("/heartbeat")) return HttpAnswer{404, {}, "", ""};
    const wire::BatchClaim claim = must(wire::open_batch(request.body, 16'777'216)).claim;
    claims.push_back(claim);
    if (claim.epoch == refused) return HttpAnswer{403, {}, "", ""};
    const wire::Receipt receipt{claim.device, claim.epoch, claim.last, claim.head, 1};
    return HttpAnswer{200, {}, "application/json", wire::seal_receipt(receipt, key)};
  }
};

TEST_F(LoopTest, SendsWhatIsLeftInAJournalThatWasSetAside) {
  const core::EpochId epoch = journal_with(folder_.path(), 90).identity().epoch;
  journal::damage_event(folder_.path() / journal::kJournalFile, "v60");
  const auto salvaged =
      must(journal::salvage(folder_.path(), journal::kDevice, journal::stamp_at(1), 1));
  AsideDistrict district;
  settings_.district = district.key.public_key();
  Loop loop(settings_, district, waiting_, [] { return 0.5; });
  const Drained drained = must(loop.run_once());
  EXPECT_EQ(drained.sent, 1 + salvaged->last);
  EXPECT_EQ(drained.unsent, 0);
  ASSERT_EQ(district.claims.size(), 2U);
  EXPECT_EQ(district.claims[0].first, 91) << "the new journal goes first";
  EXPECT_EQ(district.claims[1].epoch, epoch);
  EXPECT_EQ(district.claims[1].last, salvaged->last);
  EXPECT_EQ(district.claims[1].head, salvaged->head);
  EXPECT_EQ(must(loop.run_once()).sent, 0) << "nothing is sent twice";
  EXPECT_EQ(district.claims.size(), 2U);
}

TEST_F(LoopTest, LetsNoJournalThatIsRefusedHoldUpAnotherOne) {
  AsideDistrict district;
  settings_.district = district.key.public_key();
  for (const std::string visit : {"v", "w"}) {
    {
      auto journal = must(journal::Journal::open(folder_.path(), journal::kDevice));
      for (int i = 0; i < 90; ++i) {
        const auto rating = journal::rating_of(4, visit + std::to_string(i));
        must(journal.append(journal::stamp_at(1 + i), rating));
      }
    }
    journal::damage_event(folder_.path() / journal::kJournalFile, visit + "60");
    must(journal::salvage(folder_.path(), journal::kDevice, journal::stamp_at(1), 1));
  }
  const auto folders = journal::set_aside_journals(folder_.path());
  ASSERT_EQ(folders.size(), 2U);
  district.refused = core::EpochId{folders[0].filename().string()};
  for (int i = 0; i < 4; ++i) {
    waiting_.happenings.emplace_back([] { return Waiting::Woken::kByChange; });
  }
  Loop(settings_, district, waiting_, [] { return 0.5; }).run();
  const auto posts_of = [&](const std::string& epoch) {
    return std::count_if(district.claims.begin(), district.claims.end(),
                         [&](const auto& claim) { return claim.epoch.value == epoch; });
  };
  EXPECT_EQ(posts_of(folders[0].filename().string()), 1) << "woken often, in a quarter of an hour";
  EXPECT_EQ(posts_of(folders[1].filename().string()), 1);
}

// Once it has said something systemd waits for signs of life, which no upgrade of a year gives.
TEST_F(LoopTest, UpgradesWhatWasSetAsideBeforeItSaysAnything) {
  journal_with(folder_.path(), 1);
  const auto aside = folder_.path() / journal::kSetAsideFolder / "old";
  std::filesystem::create_directories(aside);
  SQLite::Database database((aside / journal::kJournalFile).string(),
                            SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  std::ostringstream dump;
  dump << std::ifstream(HAILONG_SOURCE_DIR "/tests/journal/data/journal_001.sql").rdbuf();
  database.exec(dump.str());
  const auto version = [&] { return database.execAndGet("PRAGMA user_version").getInt(); };
  ASSERT_EQ(version(), 1);
  AsideDistrict district;
  settings_.district = district.key.public_key();
  std::vector<int> versions;
  const auto say = [&](const std::string& /*line*/) { versions.push_back(version()); };
  Loop(
      settings_, district, waiting_, [] { return 0.5; }, say)
      .run();
  ASSERT_FALSE(versions.empty());
  EXPECT_GT(versions.front(), 1);
  EXPECT_EQ(versions.front(), versions.back());
}

TEST_F(LoopTest, TellsTheKioskOfDamageThatItMayNeverTouch) {
  journal_with(folder_.path(), 90);
  journal::damage_event(folder_.path() / journal::kJournalFile, "v30");
  waiting_.most_waits = 1;
  loop().run();
  EXPECT_TRUE(journal::is_damage_reported(folder_.path()));
}

}  // namespace
}  // namespace hailong::sync
