#include <gtest/gtest.h>

#include "district/clock.h"
#include "sync/loop.h"
#include "tests/district/running_district.h"
#include "tests/fault/backlog.h"
#include "tests/fault/fault_proxy.h"
#include "tests/fault/thin_link.h"
#include "tests/fault/virtual_waiting.h"
#include "tests/journal/sample.h"
#include "wire/key_file.h"

/// A kiosk that was offline for a month, and then a link of 64 kbit/s that loses every twentieth
/// packet. Such a drain takes minutes; here the daemon, the sockets and the district are real, and
/// the link's time and losses are reckoned from the bytes that passed.

namespace hailong::tests {
namespace {

using std::chrono::milliseconds;

constexpr core::Seq kEvents = HAILONG_BACKLOG_EVENTS;
constexpr std::int64_t kBatches = 200;

/// What the link had to carry.
class Account {
 public:
  void note(const Message& request, std::size_t up, std::size_t down) {
    const ThinLink::Carried sent = link_.carry(static_cast<std::int64_t>(up));
    const ThinLink::Carried answered = link_.carry(static_cast<std::int64_t>(down));
    time_ += sent.time + answered.time;
    slowest_ = std::max(slowest_, sent.time);
    if (const auto batch = wire::open_batch(request.body, 8U << 20U)) {
      const auto events = static_cast<double>(batch->claim.last - batch->claim.first + 1);
      const auto whole = static_cast<double>(request.bytes().size());
      sendings_ += events * static_cast<double>(sent.bytes) / whole;
    }
  }

  [[nodiscard]] milliseconds time() const { return time_; }
  [[nodiscard]] milliseconds slowest() const { return slowest_; }
  /// How often each event's bytes were sent, on average.
  [[nodiscard]] double sendings() const { return sendings_ / static_cast<double>(kEvents); }

 private:
  ThinLink link_{1};
  milliseconds time_{0};
  milliseconds slowest_{0};
  double sendings_ = 0;
};

TEST(AMonthOffline, DrainsOverAThinLinkThatIsCutThreeTimes) {
  district::RunningDistrict district;
  const TempFolder folder;
  const std::int64_t now_ms = district::now_ms();
  write_backlog(folder.path(), core::DeviceId{"kt-1"}, kEvents, now_ms - 30 * district::kDay,
                now_ms);
  auto outbox = journal::must(journal::Outbox::open(folder.path()));
  district::must(district::storage::Devices(district.store())
                     .add({outbox.identity().device, core::UnitCode{"10750"}, core::CounterId{"q1"},
                           "", outbox.identity().public_key},
                          {"test", now_ms}));
  sync::Settings settings;
  settings.data_dir = folder.path();
  settings.district =
      district::must(wire::read_key(district.config().data_dir / district::kDistrictKeyFile))
          .public_key();
  settings.retry.most_events = kEvents / kBatches;

  Account account;
  VirtualWaiting waiting([&](VirtualWaiting& self) {
    const core::Seq confirmed = journal::must(outbox.confirmed_contents());
    const bool is_drained = journal::must(outbox.high_water()) == journal::must(outbox.last()) &&
                            !journal::must(outbox.oldest_content(confirmed));
    if (is_drained || self.waits() > 100) self.stop();
  });
  {
    const std::string url = district.url();
    FaultProxy proxy(std::stoi(url.substr(url.rfind(':') + 1)),
                     {Passage::kWhole, Passage::kRequestCut, Passage::kWhole, Passage::kAnswerLost,
                      Passage::kWhole, Passage::kAnswerCut},
                     1, [&](const Message& request, std::size_t up, std::size_t down) {
                       account.note(request, up, down);
                     });
    sync::HttpTransport transport(proxy.url(), {}, [] { return false; }, {});
    sync::Loop(settings, transport, waiting, [] { return 0.5; }).run();
  }

  // The daemon may have noted the true time meanwhile, which is an event, too.
  const core::Seq end = journal::must(outbox.last());
  ASSERT_EQ(journal::must(outbox.high_water()), end);
  auto peek = district.peek();
  EXPECT_EQ(peek.number("SELECT count(*) FROM event"), end);
  const wire::Batch tail = journal::must(outbox.batch(end, 1, 1));
  // The chain's hash covers every byte before it.
  EXPECT_EQ(peek.text("SELECT head FROM stream WHERE position = " + std::to_string(end)),
            core::to_hex(tail.claim.head));
  EXPECT_EQ(peek.number("SELECT count(*) FROM content WHERE text IS NULL"), 0);
  EXPECT_LE(account.sendings(), 1.1);
  EXPECT_LT(account.slowest(), district.config().limits.request_deadline);
  EXPECT_LT(account.time() + waiting.waited(), std::chrono::hours(10)) << "not in one night";
  RecordProperty("link_seconds", std::to_string(account.time().count() / 1000));
  RecordProperty("sendings", std::to_string(account.sendings()));
}

}  // namespace
}  // namespace hailong::tests
