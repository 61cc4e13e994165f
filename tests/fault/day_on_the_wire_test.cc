#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <utility>

#include "district/clock.h"
#include "district/http/watchdog.h"
#include "district/kiosks/publisher.h"
#include "district/storage/devices.h"
#include "sync/loop.h"
#include "tests/district/running_district.h"
#include "tests/e2e/process.h"
#include "tests/fault/byte_counter.h"
#include "tests/journal/sample.h"
#include "wire/bundle_file.h"
#include "wire/key_file.h"

/// What a kiosk's day costs on the wire: 500 ratings, 20 comments, signs of life, a configuration
/// and every look whether there is another, TLS included, counted on the socket. The day passes in
/// no time; where the daemon is silent for longer than the district keeps an idle connection, it is
/// cut.

namespace hailong::tests {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;

constexpr int kRatings = 500;
constexpr int kCommentEvery = 25;  // ratings
constexpr int kReasonsEvery = 4;
constexpr std::int64_t kMostBytes = 100'000;

/// A day from midnight on, in which residents come between 7:30 and 17:00.
class Day final : public sync::Waiting {
 public:
  Day(const std::filesystem::path& data_dir, std::int64_t midnight_ms)
      : midnight_ms_(midnight_ms),
        journal_(journal::must(journal::Journal::open(data_dir, core::DeviceId{"kt-10750-q1"}))) {
    std::uniform_int_distribution<std::int64_t> any(milliseconds(minutes(450)).count(),
                                                    milliseconds(hours(17)).count());
    visits_.reserve(kRatings);
    for (int i = 0; i < kRatings; ++i) visits_.emplace_back(any(random_));
    std::sort(visits_.begin(), visits_.end());
  }

  [[nodiscard]] const journal::Identity& identity() const { return journal_.identity(); }
  void cut_idle_connections_of(ByteCounter& counter) { counter_ = &counter; }

  bool stopped() override { return time_ >= hours(24); }
  [[nodiscard]] core::Stamp now() const override {
    return {midnight_ms_ + time_.count(), boot_, kUptime.count() + time_.count(),
            core::ClockState::kSynced};
  }
  void watch() override {}

  Woken for_change(milliseconds most) override {
    const bool somebody_comes = came_ < visits_.size() && visits_[came_] <= time_ + most;
    pass(somebody_comes ? std::max(visits_[came_] - time_, milliseconds{0}) : most);
    if (somebody_comes) visit();
    return woken(somebody_comes ? Woken::kByChange : Woken::kByTime);
  }
  Woken for_time(milliseconds time) override {
    pass(time);
    while (came_ < visits_.size() && visits_[came_] <= time_) visit();
    return woken(Woken::kByTime);
  }

 private:
  static constexpr milliseconds kUptime = hours(50);

  void pass(milliseconds time) {
    const std::int64_t bytes = counter_->bytes();
    if (std::exchange(seen_, bytes) != bytes) idle_ = milliseconds{0};
    idle_ += time;
    if (idle_ > district::http::Watchdog::kKioskRest) counter_->cut();
    time_ += time;
  }
  Woken woken(Woken why) { return stopped() ? Woken::kByStop : why; }

  void visit() {
    const auto number = static_cast<int>(++came_);
    core::Rating rating = journal::rating_of(number % 5 + 1, any_name());
    const core::Seq seq = journal::must(journal_.append(now(), rating)).seq;
    if (number % kReasonsEvery == 0) {
      journal::must(journal_.append(now(), core::Answers{seq, {{"reasons", {"waiting"}}}, false}));
    }
    if (number % kCommentEvery == 0) {
      journal::must(journal_.append_feedback(
          now(), seq, core::FeedbackKind::kWords,
          "Tôi chờ " + std::to_string(number) + " phút mà không ai gọi số, ghế thì thiếu."));
    }
  }

  std::string any_name() {
    core::Bytes32 bytes{};
    for (auto& byte : bytes) byte = static_cast<std::uint8_t>(random_());
    return core::to_hex(bytes).substr(0, 16);
  }

  const std::int64_t midnight_ms_;
  const std::string boot_ = "6f1c0e5ab3d94c0f8e7a2b1c9d3e4f50";
  std::mt19937 random_{1};
  journal::Journal journal_;
  ByteCounter* counter_ = nullptr;
  std::int64_t seen_ = 0;  // bytes so far
  milliseconds idle_{0};   // since there were others
  std::vector<milliseconds> visits_;
  std::size_t came_ = 0;
  milliseconds time_{0};
};

TEST(ADayOnTheWire, CostsAtMostAHundredKilobytesWithTls) {
  const TempFolder folder;
  const std::string key = (folder.path() / "key.pem").string();
  const std::string certificate = (folder.path() / "certificate.pem").string();
  const auto made =
      run({"openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
           "-nodes", "-days", "2", "-subj", "/CN=district", "-addext",
           "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", certificate});
  ASSERT_EQ(made.code, 0) << made.output;
  district::Setting setting;
  setting.more = "[tls]\ncertificate = \"" + certificate + "\"\nkey = \"" + key +
                 "\"\n[kiosks]\nfolder = \"" HAILONG_SAMPLE_CONFIG "/kiosks\"\n";
  district::RunningDistrict district(setting);

  const std::int64_t yesterday_ms =
      core::start_of_day_ms(core::local_date(district::now_ms() - district::kDay));
  Day day(folder.path() / "data", yesterday_ms);
  district::must(district::storage::Devices(district.store())
                     .add({day.identity().device, core::UnitCode{"10750"}, core::CounterId{"q1"},
                           "", day.identity().public_key},
                          {"test", yesterday_ms}));
  const auto published = district::must(
      district::kiosks::publish(district.store(), district.config(), {}, {"test", yesterday_ms}));
  ASSERT_EQ(published.size(), 1U);
  sync::Settings settings;
  settings.data_dir = folder.path() / "data";
  settings.district =
      district::must(wire::read_key(district.config().data_dir / district::kDistrictKeyFile))
          .public_key();

  std::string url = district.url();
  url.pop_back();
  ByteCounter counter(std::stoi(url.substr(url.rfind(':') + 1)));
  day.cut_idle_connections_of(counter);
  {
    const std::string seen = counter.url();  // http://127.0.0.1:port
    sync::HttpTransport transport("https" + seen.substr(4), {certificate}, [] { return false; },
                                  {});
    sync::Loop(settings, transport, day, [] { return 0.5; }).run();
  }
  auto outbox = journal::must(journal::Outbox::open(settings.data_dir));
  EXPECT_EQ(journal::must(outbox.high_water()), journal::must(outbox.last()));
  EXPECT_EQ(district.peek().number("SELECT count(*) FROM rating"), kRatings);
  EXPECT_EQ(district.peek().number("SELECT count(*) FROM content WHERE text IS NOT NULL"),
            kRatings / kCommentEvery);
  EXPECT_TRUE(std::filesystem::exists(settings.data_dir / wire::kBundleFile));
  EXPECT_LE(counter.bytes(), kMostBytes) << counter.connections() << " connections";
  RecordProperty("bytes", std::to_string(counter.bytes()));
  RecordProperty("connections", counter.connections());
}

}  // namespace
}  // namespace hailong::tests
