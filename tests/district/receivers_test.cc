#include <gtest/gtest.h>

#include <thread>

#include "tests/district/sample.h"

/// Several receivers on one store, as behind a load balancer.

namespace hailong::district {
namespace {

struct OtherReceiver {
  explicit OtherReceiver(const Config& config)
      : store(must(storage::Store::open(config.data_dir, config.postgres))),
        receiver(store, config.rules.units, config.limits.unpacked_bytes) {}

  storage::Store store;
  ingest::Receiver receiver;
};

/// What a kiosk sees in a day: ratings of dossiers that the kiosk beside it knows, too, answered
/// and corrected.
FakeKiosk busy_kiosk(const std::string& name, unsigned seed) {
  FakeKiosk kiosk(name);
  for (unsigned i = 0; i < 60; ++i) {
    const core::Seq rating =
        kiosk.rate(static_cast<int>((seed + i * 7) % 5) + 1,
                   kNoon + static_cast<std::int64_t>((seed + i) % 9), "f" + std::to_string(i % 3));
    if (i % 2 == 0) kiosk.link(rating, static_cast<std::uint8_t>(i % 5));
    if (i % 3 == 0) kiosk.append(core::Correction{rating, *core::Score::from((i + seed) % 5 + 1)});
    if (i % 4 == 0) kiosk.answer(rating, "field", "f" + std::to_string((i + seed) % 3));
  }
  return kiosk;
}

TEST(Receivers, OfOneStoreCountWhatOneAloneWouldCount) {
  Reception reception;
  OtherReceiver other(reception.config());
  std::vector<FakeKiosk> kiosks;
  for (unsigned i = 0; i < 4; ++i) {
    kiosks.push_back(busy_kiosk("kt-" + std::to_string(i), i));
    register_kiosk(reception.store(), kiosks.back());
  }
  // Each kiosk's batches go to both, as a load balancer would spread repeated attempts.
  const auto send_all = [&](ingest::Receiver& receiver, std::size_t first) {
    for (std::size_t i = 0; i < kiosks.size(); ++i) {
      const FakeKiosk& kiosk = kiosks[(first + i) % kiosks.size()];
      for (core::Seq from = 1; from <= kiosk.last(); from += 20) {
        const auto answer = must(receiver.receive(
            kiosk.device(), kiosk.sealed(from, std::min(from + 19, kiosk.last())), kNoon));
        EXPECT_EQ(accepted(answer).receipt.device, kiosk.device());
      }
    }
  };
  std::thread beside([&] { send_all(other.receiver, 2); });
  send_all(reception.receiver(), 0);
  beside.join();

  auto peek = reception.peek();
  std::int64_t events = 0;
  for (const FakeKiosk& kiosk : kiosks) events += kiosk.last();
  EXPECT_EQ(peek.number("SELECT count(*) FROM event"), events);
  EXPECT_EQ(peek.number("SELECT sum(position) FROM stream"), events);
  const std::string counted = peek.projections();
  must(reception.receiver().rebuild());
  EXPECT_EQ(peek.projections(), counted);
}

TEST(Receivers, StoreABatchOnceThatArrivesAtBothAtTheSameTime) {
  Reception reception;
  OtherReceiver other(reception.config());
  FakeKiosk kiosk("kt-1");
  for (int i = 0; i < 20; ++i) kiosk.rate(4);
  register_kiosk(reception.store(), kiosk);
  const std::string batch = kiosk.sealed();
  std::int64_t added = 0;
  std::thread beside(
      [&] { added = accepted(must(other.receiver.receive(kiosk.device(), batch, kNoon))).added; });
  const auto here = accepted(reception.take(kiosk, batch)).added;
  beside.join();
  EXPECT_EQ(here + added, 20);
  EXPECT_EQ(reception.peek().number("SELECT sum(n4) FROM cell"), 20);
}

}  // namespace
}  // namespace hailong::district
