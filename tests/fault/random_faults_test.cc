#include <gtest/gtest.h>

#include <random>

#include "district/clock.h"
#include "district/storage/devices.h"
#include "sync/loop.h"
#include "tests/district/running_district.h"
#include "tests/fault/fault_proxy.h"
#include "tests/fault/virtual_waiting.h"
#include "tests/journal/sample.h"
#include "wire/key_file.h"

/// The daemon's loop and transport, a real journal and a real district, and between them a network
/// that does anything, a thousand times. Waits cost no time, only a daemon's patience with silence
/// does, so few runs have to wait for it.

namespace hailong::tests {
namespace {

using district::RunningDistrict;
using journal::must;

constexpr int kGroups = 8;
constexpr int kRuns = HAILONG_FAULT_RUNS / kGroups;
constexpr std::uint32_t kHangEvery = 40;  // runs
constexpr int kMostWaits = 2000;
constexpr std::int64_t kMany = 1'000'000;

/// libcurl takes the mean of five seconds, in which a request of some bytes is no silence: so all
/// that is slower than a line of this machine is.
constexpr sync::HttpTransport::Patience kLittlePatience{std::chrono::seconds{1},
                                                        std::chrono::seconds{1}, 1'000'000};

class Random {
 public:
  explicit Random(std::uint32_t seed) : generator_(seed) {}
  int below(int limit) { return std::uniform_int_distribution<int>(0, limit - 1)(generator_); }
  double chance() { return std::uniform_real_distribution<double>(0, 1)(generator_); }

 private:
  std::mt19937 generator_;
};

/// A kiosk in use: residents tap, correct themselves and leave words; some words are erased.
class BusyKiosk {
 public:
  BusyKiosk(const std::string& name, Random& random)
      : random_(random), journal_(must(journal::Journal::open(data_dir(), core::DeviceId{name}))) {}

  [[nodiscard]] const std::filesystem::path& data_dir() const { return folder_.path(); }
  [[nodiscard]] const journal::Identity& identity() const { return journal_.identity(); }
  [[nodiscard]] std::int64_t ratings() const { return ratings_; }

  void happen() {
    const std::int64_t mono_ms = 1000 * ++moments_;
    const core::Stamp stamp{began_ms_ + mono_ms, std::string(32, 'b'), mono_ms,
                            core::ClockState::kSynced};
    const int kind = rating_ == 0 ? 0 : random_.below(8);
    if (kind == 5) {
      must(journal_.append(stamp, core::Correction{rating_, any_score()}));
    } else if (kind == 6) {
      words_ = must(journal_.append_feedback(stamp, rating_, core::FeedbackKind::kWords,
                                             "Chờ lâu " + std::to_string(moments_)))
                   .seq;
    } else if (kind == 7 && words_ != 0) {
      must(journal_.erase(stamp, std::exchange(words_, 0), "xin rút"));
    } else {
      auto rating = journal::rating_of(1, "v" + std::to_string(++ratings_));
      rating.score = any_score();
      rating_ = must(journal_.append(stamp, rating)).seq;
    }
  }

 private:
  core::Score any_score() { return core::Score::from(random_.below(5) + 1).value(); }

  Random& random_;
  TempFolder folder_;
  journal::Journal journal_;
  const std::int64_t began_ms_ = district::now_ms() - district::kDay;
  std::int64_t moments_ = 0;
  std::int64_t ratings_ = 0;
  core::Seq rating_ = 0;  // the newest
  core::Seq words_ = 0;   // the newest that were not erased
};

std::vector<Passage> any_passages(Random& random, bool hangs) {
  std::vector<Passage> passages(static_cast<std::size_t>(1 + random.below(16)));
  for (Passage& passage : passages) {
    passage = static_cast<Passage>(random.below(static_cast<int>(Passage::kHang)));
  }
  if (hangs) passages.front() = Passage::kHang;
  return passages;
}

int port_of(const std::string& url) { return std::stoi(url.substr(url.rfind(':') + 1)); }

/// The daemon of one kiosk, until every fault has happened and everything is receipted.
class Journey {
 public:
  Journey(const RunningDistrict& district, const wire::PublicKey& key, BusyKiosk& kiosk,
          Random& random, std::uint32_t seed)
      : kiosk_(kiosk),
        random_(random),
        passages_(any_passages(random, seed % kHangEvery == 0)),
        proxy_(port_of(district.url()), passages_, seed),
        outbox_(must(journal::Outbox::open(kiosk.data_dir()))) {
    settings_.data_dir = kiosk.data_dir();
    settings_.district = key;
    settings_.retry.most_events = 1 + random.below(20);
    settings_.most_bytes = 500 + random.below(20'000);
  }

  /// False when the daemon did not come to an end.
  bool finish() {
    while (!is_done() && waiting_.waits() < kMostWaits) run_daemon();
    // What was held back is still on its way: it comes after something newer.
    kiosk_.happen();
    run_daemon();
    return is_done();
  }

  wire::Batch all() { return must(outbox_.batch(1, kMany, kMany)); }

 private:
  bool is_done() {
    return proxy_.requests() >= passages_.size() &&
           must(outbox_.high_water()) == must(outbox_.last()) &&
           !must(outbox_.oldest_content(must(outbox_.confirmed_contents())));
  }

  /// From one start to the next: what the daemon had in memory is gone then.
  void run_daemon() {
    waiting_.go_on();
    sync::HttpTransport transport(
        proxy_.url(), {}, [] { return false; }, kLittlePatience);
    sync::Loop(settings_, transport, waiting_, [this] { return random_.chance(); }).run();
  }

  void happen_meanwhile() {
    if (is_done() || waiting_.waits() >= kMostWaits || random_.below(20) == 0) {
      return waiting_.stop();
    }
    if (proxy_.requests() < passages_.size() && random_.below(2) == 0) kiosk_.happen();
  }

  BusyKiosk& kiosk_;
  Random& random_;
  sync::Settings settings_;
  const std::vector<Passage> passages_;
  FaultProxy proxy_;
  journal::Outbox outbox_;
  VirtualWaiting waiting_{[this](auto&) { happen_meanwhile(); }};
};

/// As RandomFaults::stored() gives the same of the district.
std::string events_of(const wire::Batch& all) {
  std::string text;
  core::Seq seq = all.claim.first;
  for (const std::string& event : all.events) {
    text.append(std::to_string(seq++))
        .append("|")
        .append(core::to_hex(district::sql::bytes(event)));
    text.append("\n");
  }
  return text;
}

std::string contents_of(const wire::Batch& all) {
  std::string text;
  for (const wire::Content& content : all.contents) {
    text.append(std::to_string(content.seq)).append("|");
    text.append(core::to_hex(district::sql::bytes(content.text))).append("\n");
  }
  return text;
}

class RandomFaults : public testing::TestWithParam<int> {
 protected:
  RandomFaults()
      : peek_(district_.peek()),
        key_(must(wire::read_key(district_.config().data_dir / district::kDistrictKeyFile))
                 .public_key()) {}

  void know(const BusyKiosk& kiosk) {
    must(storage_.add({kiosk.identity().device, core::UnitCode{"10750"}, core::CounterId{"q1"}, "",
                       kiosk.identity().public_key},
                      {"test", district::kNoon}));
  }

  /// Of the kiosk's stream: a line for each row.
  std::string stored(const BusyKiosk& kiosk, const std::string& what, const std::string& table,
                     const std::string& which = "true") {
    return peek_.dump("SELECT " + what + " FROM " + table +
                      " JOIN stream ON id = stream_id WHERE " + which + " AND device_id = '" +
                      kiosk.identity().device.value + "' ORDER BY 1");
  }

  void break_everything(std::uint32_t seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    BusyKiosk kiosk("kt-" + std::to_string(seed), random);
    for (int i = random.below(40); i >= 0; --i) kiosk.happen();
    know(kiosk);
    Journey journey(district_, key_, kiosk, random, seed);
    ASSERT_TRUE(journey.finish());
    const wire::Batch all = journey.all();
    ASSERT_EQ(stored(kiosk, "seq, bytes", "event"), events_of(all));
    ASSERT_EQ(stored(kiosk, "seq, text", "content", "text IS NOT NULL"), contents_of(all));
    ASSERT_EQ(stored(kiosk, "count(*)", "rating"), std::to_string(kiosk.ratings()) + "\n");
  }

  RunningDistrict district_;
  district::storage::Devices storage_{district_.store()};
  district::Peek peek_;
  const wire::PublicKey key_;
};

TEST_P(RandomFaults, LoseDoubleAndChangeNothing) {
  for (int run = 0; run < kRuns && !HasFatalFailure(); ++run) {
    break_everything(static_cast<std::uint32_t>(GetParam() * kRuns + run));
  }
  EXPECT_EQ(peek_.number("SELECT count(*) FROM conflict"), 0);
  EXPECT_EQ(peek_.number("SELECT count(*) FROM quarantine"), 0);
  EXPECT_EQ(peek_.number("SELECT sum(n1 + n2 + n3 + n4 + n5) FROM cell"),
            peek_.number("SELECT count(*) FROM rating"));
}

INSTANTIATE_TEST_SUITE_P(Runs, RandomFaults, testing::Range(0, kGroups));

}  // namespace
}  // namespace hailong::tests
