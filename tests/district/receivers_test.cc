#include <gtest/gtest.h>

#include <barrier>
#include <thread>
#include <utility>

#include "core/chain.h"
#include "core/token.h"
#include "district/ingest/later_answers.h"
#include "tests/district/sample.h"

/// Several receivers on one store, as behind a load balancer.

namespace hailong::district {
namespace {

struct OtherReceiver {
  explicit OtherReceiver(const Config& config)
      : store(must(storage::Store::open(config.data_dir, config.postgres))),
        receiver(store, config.rules.units, {config.case_limits, config.calendar},
                 config.limits.unpacked_bytes) {}

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

/// Two things that happen at the same moment, over and over, each at a receiver of its own: what
/// they leave is what the events say, in whatever order they were.
class AtTheSameMoment : public ::testing::Test {
 protected:
  static constexpr int kRounds = 40;

  template <typename Here, typename There>
  static void both(const Here& here, const There& there) {
    std::barrier start(2);
    std::jthread beside([&] {
      start.arrive_and_wait();
      there();
    });
    start.arrive_and_wait();
    here();
  }

  /// The next events of a kiosk, to one receiver.
  static void send(ingest::Receiver& receiver, const FakeKiosk& kiosk, core::Seq& sent) {
    const core::Seq first = std::exchange(sent, kiosk.last()) + 1;
    accepted(must(receiver.receive(kiosk.device(), kiosk.sealed(first, sent), kNoon)));
  }

  void expect_what_the_events_say() {
    Peek peek = reception_.peek();
    const std::string counted = peek.projections();
    must(reception_.receiver().rebuild());
    EXPECT_EQ(peek.projections(), counted);
  }

  Reception reception_;
  OtherReceiver other_{reception_.config()};
};

TEST_F(AtTheSameMoment, AVisitIsRatedFromHomeAndItsDossierTurnsUpElsewhere) {
  const core::UnitRegister& units = reception_.config().rules.units;
  ingest::LaterAnswers later(reception_.store(), units, 7);
  FakeKiosk first("kt-1");
  FakeKiosk second("kt-2");
  register_kiosk(reception_.store(), first);
  register_kiosk(reception_.store(), second);
  core::Seq sent_first = 0;
  core::Seq sent_second = 0;
  for (int round = 0; round < kRounds; ++round) {
    const auto dossier = static_cast<std::uint8_t>(round);
    const std::string token =
        core::to_hex(core::content_digest({}, std::to_string(round))).substr(32);
    const core::Seq rating = first.rate(2, kNoon);
    first.append(core::Token{rating, core::token_digest(token)});
    const bool linked_before = round % 2 == 0;
    if (linked_before) first.link(rating, dossier);
    send(reception_.receiver(), first, sent_first);
    // The dossier was rated again at the other kiosk, and counts there from now on.
    second.link(second.rate(4, kNoon + 1), dossier);
    if (!linked_before) first.link(rating, dossier);
    both(
        [&] {
          const auto reply =
              ingest::LaterReply{core::Score::from(5).value(), {"gentle"}, false, ""};
          EXPECT_EQ(must(later.answer(token, reply, kNoon)), ingest::LaterState::kOpen);
        },
        [&] {
          send(other_.receiver, second, sent_second);
          if (!linked_before) send(other_.receiver, first, sent_first);
        });
  }
  EXPECT_EQ(reception_.peek().number("SELECT sum(n4) FROM cell"), kRounds);
  EXPECT_EQ(reception_.peek().number("SELECT sum(n2 + n5) FROM cell"), 0);
  expect_what_the_events_say();
}

TEST_F(AtTheSameMoment, DoubtfulRatingsComeAndAreDecidedOn) {
  FakeKiosk kiosk("kt-1");
  register_kiosk(reception_.store(), kiosk);
  core::Seq sent = 0;
  storage::FlagDecision decision;
  decision.unit_id = "10750@2025-07-01";
  decision.from = decision.to = core::local_date(kNoon);
  decision.reasons = {"burst"};
  decision.why = "Kẹt nút";
  decision.who = "can-bo";
  decision.at_ms = kNoon;
  for (int round = 0; round < kRounds; ++round) {
    decision.leaves_out = round % 2 == 0;
    for (int i = 0; i < 3; ++i) kiosk.rate(1 + i, kNoon, "ho-tich", "q1", {"burst"});
    both([&] { must(reception_.receiver().decide(decision, {})); },
         [&] { send(other_.receiver, kiosk, sent); });
  }
  expect_what_the_events_say();
}

TEST_F(AtTheSameMoment, AKioskMovesAndSends) {
  FakeKiosk kiosk("kt-1");
  register_kiosk(reception_.store(), kiosk);
  core::Seq sent = 0;
  for (int round = 0; round < kRounds; ++round) {
    const std::int64_t at = kNoon + round * kDay;
    const storage::DevicePlace place{
        core::local_date(at), core::UnitCode{round % 2 == 0 ? "10756" : "10750"}, "", {}};
    kiosk.rate(4, at);
    both(
        [&] {
          must(reception_.receiver().move(kiosk.device(), place, true, {"test", kNoon}));
        },
        [&] { send(other_.receiver, kiosk, sent); });
  }
  expect_what_the_events_say();
}

}  // namespace
}  // namespace hailong::district
