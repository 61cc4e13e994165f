#include <gtest/gtest.h>

#include <random>

#include "district/access/invitation.h"
#include "district/ingest/stream_clock.h"
#include "district/storage/invitations.h"
#include "tests/district/sample.h"
#include "wire/enrolment.h"

/// Kiosks whose clocks say what they like.

namespace hailong::district {
namespace {

constexpr std::int64_t kHour = 3'600'000;
constexpr std::int64_t kBack = 1'000'000'000;  // 1970: what a clock says that nobody set

core::Stamp lost(char boot, std::int64_t mono_ms) {
  return {kBack + mono_ms, std::string(32, boot), mono_ms, core::ClockState::kUnsynced};
}
core::Stamp synced(char boot, std::int64_t mono_ms, std::int64_t wall_ms) {
  return {wall_ms, std::string(32, boot), mono_ms, core::ClockState::kSynced};
}
/// It was `true_ms` at `stamp`.
core::BootTime learnt(const core::Stamp& stamp, std::int64_t true_ms) {
  return {stamp.boot_id, true_ms - stamp.mono_ms, 500, stamp.mono_ms, core::TimeSource::kDistrict};
}

class TrueTime : public testing::Test {
 protected:
  TrueTime() { register_kiosk(reception_.store(), kiosk_); }
  ~TrueTime() override {
    auto peek = reception_.peek();
    const std::string before = peek.projections();
    must(reception_.receiver().rebuild());
    EXPECT_EQ(peek.projections(), before);
  }

  core::Seq rate(const core::Stamp& stamp, int score = 5) {
    return kiosk_.append(stamp, core::Rating{core::VisitId{"v"},
                                             core::Score::from(score).value(),
                                             core::CounterId{"q1"},
                                             core::FieldId{"ho-tich"},
                                             {}});
  }
  void send(std::int64_t now_ms) {
    accepted(reception_.take(kiosk_, kiosk_.sealed(sent_ + 1, kiosk_.last()), now_ms));
    sent_ = kiosk_.last();
  }
  [[nodiscard]] std::string days() {
    return reception_.peek().dump(
        "SELECT day, sum(n1 + n2 + n3 + n4 + n5) FROM cell GROUP BY day "
        "HAVING sum(n1 + n2 + n3 + n4 + n5) <> 0 ORDER BY day");
  }

  Reception reception_;
  FakeKiosk kiosk_{"kt-1"};
  core::Seq sent_ = 0;
};

TEST_F(TrueTime, OfABootIsLearntAfterItsRatingsWereCounted) {
  const core::Seq rating = rate(lost('a', kHour));
  kiosk_.append(lost('a', kHour), core::Answers{rating, {{"reasons", {"slow"}}}, false});
  kiosk_.append(lost('a', kHour), core::Feedback{rating, core::FeedbackKind::kWords, {}});
  send(kNoon);
  EXPECT_EQ(days(), "|1\n") << "nobody knows how long it has lain there";
  EXPECT_EQ(reception_.peek().number("SELECT given_at FROM feedback_case"), kNoon);

  kiosk_.append(lost('a', 3 * kHour), learnt(lost('a', 3 * kHour), kNoon - kDay));
  send(kNoon);
  EXPECT_EQ(days(), "2026-11-23|1\n");
  auto peek = reception_.peek();
  EXPECT_EQ(peek.dump("SELECT hour, n5 FROM hour_cell WHERE n5 <> 0"), "10|1\n");
  EXPECT_EQ(peek.dump("SELECT day, choice FROM answer_cell WHERE n <> 0"), "2026-11-23|slow\n");
  EXPECT_EQ(peek.dump("SELECT month, n5 FROM unit_month WHERE n5 <> 0"), "2026-11|1\n");
  EXPECT_EQ(peek.dump("SELECT day, given_at FROM feedback_case"),
            "2026-11-23|" + std::to_string(kNoon - kDay - 2 * kHour) + "\n");
}

TEST_F(TrueTime, OfABootThatNeverLearntItLiesBetweenItsNeighbours) {
  rate(synced('a', kHour, kNoon - 2 * kDay));
  rate(lost('b', kHour));
  send(kNoon);
  EXPECT_EQ(days(), "|1\n2026-11-22|1\n");
  rate(synced('c', kHour, kNoon - 2 * kDay + 5 * kHour));
  send(kNoon);
  EXPECT_EQ(days(), "2026-11-22|3\n");
}

TEST_F(TrueTime, OfWhatComesAtOnceIsTheDayOnWhichItCame) {
  rate(synced('a', kHour, kNoon - kHour));
  rate(lost('b', kHour));
  send(kNoon);
  EXPECT_EQ(days(), "2026-11-24|2\n");
}

TEST_F(TrueTime, IsNeverAheadOfTheDistrict) {
  rate(synced('a', kHour, kNoon - 5 * kHour));
  rate(synced('b', kHour, kNoon + 40 * kDay));
  rate(synced('b', 2 * kHour, kNoon + 41 * kDay));
  send(kNoon);
  EXPECT_EQ(days(), "2026-11-24|3\n");
  kiosk_.append(lost('c', kHour), learnt(lost('c', kHour), kNoon + 40 * kDay));
  rate(lost('c', 2 * kHour));
  send(kNoon);
  EXPECT_EQ(days(), "2026-11-24|4\n");
}

TEST_F(TrueTime, DoesNotGoBackToAMonthThatIsOver) {
  rate(synced('a', kHour, kNoon - kHour));
  rate(synced('b', kHour, kNoon - 40 * kDay));
  send(kNoon);
  EXPECT_EQ(days(), "2026-11-24|2\n");
}

constexpr std::int64_t kDecember = kNoon + 7 * kDay;  // 2026-12-01 12:00

// Somebody on the kiosk's network gives out a false time while the district cannot be reached.
TEST_F(TrueTime, OfAMonthThatIsOverIsNotTheClocksToDecide) {
  kiosk_.append(lost('a', kHour), learnt(lost('a', kHour), kNoon));
  send(kNoon);
  rate(synced('b', kHour, kNoon + kDay));
  rate(synced('b', 2 * kHour, kNoon + kDay + kHour));
  send(kDecember);
  EXPECT_EQ(days(), "|2\n") << "they may as well be of December";
  rate(synced('c', kHour, kDecember));
  send(kDecember);
  EXPECT_EQ(days(), "|3\n") << "and this one of November";
}

// The same kiosk, whose clock was right all the time.
TEST_F(TrueTime, OfABootWithoutNetworkOverTheMonthsEndIsKnownOnceTheDistrictTellsIt) {
  kiosk_.append(synced('a', kHour, kNoon), learnt(synced('a', kHour, kNoon), kNoon));
  send(kNoon);
  rate(synced('b', kHour, kDecember - 2 * kDay));
  rate(synced('b', 49 * kHour, kDecember));
  send(kDecember);
  EXPECT_EQ(days(), "|1\n2026-11-29|1\n") << "the first is two days older than its arrival";
  const core::Stamp now = synced('b', 49 * kHour, kDecember);
  kiosk_.append(now, learnt(now, kDecember));
  rate(synced('b', 50 * kHour, kDecember + kHour));
  send(kDecember + kHour);
  EXPECT_EQ(days(), "2026-11-29|1\n2026-12-01|2\n");
}

// A kiosk hears the district when it is switched on, and sends every half hour.
TEST_F(TrueTime, OfAKioskInTouchIsNeverUncertain) {
  std::int64_t now_ms = kNoon + 5 * kDay;
  for (const char boot : {'a', 'b', 'c'}) {
    const std::int64_t began = now_ms - 60'000;
    kiosk_.append(synced(boot, 60'000, now_ms), learnt(synced(boot, 60'000, now_ms), now_ms));
    for (int half_hour = 0; half_hour < 4; ++half_hour) {
      rate(synced(boot, now_ms - began, now_ms));
      now_ms += kHour / 2;
      send(now_ms);
    }
    now_ms += kDay - 2 * kHour;
  }
  EXPECT_EQ(days(), "2026-11-29|4\n2026-11-30|4\n2026-12-01|4\n");
}

// The district never told it the time, but knows when it began.
TEST_F(TrueTime, OfAnEnrolledCardIsNeverTheClocksAlone) {
  access::InvitationForm form;
  form.device = kiosk_.device().value;
  const auto invited = std::get<access::Invited>(must(
      access::invite(reception_.store(), reception_.config().rules.units, form, {"test", kNoon})));
  const auto key = wire::SigningKey::generate();
  const wire::EnrolmentRequest request{
      invited.code.invitation(), key.public_key(), wire::random_bytes32(), {}, {}};
  const auto received = must(wire::receive_enrolment_request(
      wire::seal_enrolment_request(request, invited.code.secret(), key)));
  must(storage::Invitations(reception_.store()).enrol(received, kNoon));
  kiosk_ = kiosk_.reimaged("e2");
  kiosk_.set_key(key);
  rate(synced('a', kHour, kNoon + kDay));
  send(kDecember);
  EXPECT_EQ(days(), "|1\n");
}

TEST_F(TrueTime, OfABootIsNotTheClocksWhereTheDistrictToldIt) {
  rate(synced('a', kHour, kNoon - 9 * kDay));
  send(kNoon - kHour);
  EXPECT_EQ(days(), "2026-11-15|1\n");
  const core::Stamp now = synced('a', 2 * kHour, kNoon - 9 * kDay + kHour);
  kiosk_.append(now, learnt(now, kNoon));
  rate(synced('a', 3 * kHour, kNoon - 9 * kDay + 2 * kHour));
  rate(synced('b', kHour, kNoon - 5 * kDay));  // and false again
  send(kNoon + 2 * kHour);
  EXPECT_EQ(days(), "2026-11-24|3\n");
}

TEST_F(TrueTime, DecidesWhichRatingOfADossierCounts) {
  FakeKiosk other("kt-2");
  register_kiosk(reception_.store(), other);
  other.link(other.rate(4, kNoon - kDay), 7);
  accepted(reception_.take(other, other.sealed(), kNoon));
  core::Dossier dossier{rate(lost('a', kHour)), {}, {}, "", {}};
  dossier.key.fill(7);
  kiosk_.append(lost('a', kHour), dossier);
  send(kNoon);
  EXPECT_EQ(days(), "|1\n") << "it may be the later one";
  kiosk_.append(lost('a', 2 * kHour), learnt(lost('a', 2 * kHour), kNoon - 2 * kDay));
  send(kNoon);
  EXPECT_EQ(days(), "2026-11-23|1\n");
}

/// Boot number `i` of a thousand: 32 characters.
std::string boot_id(int i) {
  std::string id = std::to_string(i);
  return std::string(32 - id.size(), '0') + id;
}

/// How many boots are read for one more event; nothing is kept.
std::size_t boots_read_for(Reception& reception, const core::Event& event) {
  std::size_t read = 0;
  const auto undone = storage::Ledger(reception.store())
                          .write([&](storage::Ledger::Transaction& ledger) -> core::Result<void> {
                            ingest::StreamClock clock(ledger, ledger.streams().at(0));
                            clock.look_ahead(event, event.stamp.wall_ms);
                            clock.settle();
                            read = clock.boots_read();
                            return core::fail(core::Fault::kRefused, "only looked");
                          });
  EXPECT_FALSE(undone);
  return read;
}

TEST_F(TrueTime, ReadsOnlyTheBootsThatABatchCanChange) {
  const auto began = [](int i) { return kNoon - 1'000 * kHour + i * kHour; };
  for (int i = 0; i < 1'000; ++i) {
    const core::Stamp stamp{began(i) + 1'000, boot_id(i), 1'000, core::ClockState::kSynced};
    kiosk_.append(stamp, learnt(stamp, stamp.wall_ms));
  }
  send(kNoon);
  const core::Stamp next{kNoon + kHour, boot_id(1'000), 1'000, core::ClockState::kSynced};
  EXPECT_LE(boots_read_for(reception_, {1'001, next, learnt(next, next.wall_ms)}), 5U);

  // As far as what comes tells more of boots that did not know their time, those are read, too.
  for (int i = 1'001; i < 1'021; ++i) {
    rate({kBack, boot_id(i), 1'000, core::ClockState::kUnsynced});
  }
  send(kNoon + 40 * kDay);
  EXPECT_EQ(days().substr(0, 4), "|20\n");
  const core::Stamp last{kBack, boot_id(1'021), 1'000, core::ClockState::kUnsynced};
  EXPECT_GE(boots_read_for(reception_, {1'021, last, learnt(last, kNoon + kHour)}), 20U);
  kiosk_.append(last, learnt(last, kNoon + kHour));
  send(kNoon + 40 * kDay);
  EXPECT_EQ(days(), "2026-11-24|20\n");
}

/// Boots with all kinds of clocks. Whatever the batches, the figures are the same.
class AnyBoots {
 public:
  explicit AnyBoots(unsigned seed) : random_(seed), kiosk_("kt-1") {
    for (int boots = 0; boots < 12; ++boots) live_through(static_cast<char>('a' + boots));
  }

  std::string counted(const std::vector<core::Seq>& ends) {
    Reception reception;
    register_kiosk(reception.store(), kiosk_);
    core::Seq sent = 0;
    for (const core::Seq end : ends) {
      accepted(reception.take(kiosk_, kiosk_.sealed(sent + 1, end), now_ms_));
      sent = end;
    }
    auto peek = reception.peek();
    std::string projections = peek.projections();
    must(reception.receiver().rebuild());
    EXPECT_EQ(peek.projections(), projections);
    return projections;
  }
  [[nodiscard]] core::Seq last() const { return kiosk_.last(); }

 private:
  int below(int most) { return std::uniform_int_distribution<int>(0, most - 1)(random_); }

  void live_through(char boot) {
    now_ms_ += below(30) * kHour;
    const std::int64_t began = now_ms_;
    const bool is_synced = below(3) == 0;
    std::vector<core::Seq> ratings;
    for (int i = 1 + below(5); i > 0; --i) {
      now_ms_ += below(5) * kHour / 2;
      const std::int64_t mono = now_ms_ - began;
      const core::Stamp stamp = is_synced ? synced(boot, mono, now_ms_) : lost(boot, mono);
      if (below(4) == 0) {
        kiosk_.append(stamp, learnt(stamp, now_ms_));
      } else if (below(3) == 0 && !ratings.empty()) {
        kiosk_.append(stamp, core::Answers{ratings.back(), {{"reasons", {"slow"}}}, true});
      } else if (below(3) == 0 && !ratings.empty()) {
        core::Dossier dossier{ratings.back(), {}, {}, "", {}};
        dossier.key.fill(static_cast<std::uint8_t>(below(2)));
        kiosk_.append(stamp, dossier);
      } else {
        ratings.push_back(kiosk_.append(stamp, core::Rating{core::VisitId{"v"},
                                                            core::Score::from(1 + below(5)).value(),
                                                            core::CounterId{"q1"},
                                                            {},
                                                            {}}));
      }
    }
  }

  std::mt19937 random_;
  FakeKiosk kiosk_;
  std::int64_t now_ms_ = kNoon;
};

TEST(TrueTimes, AreTheSameHoweverTheEventsCame) {
  for (unsigned seed = 1; seed <= 5; ++seed) {
    AnyBoots boots(seed);
    std::vector<core::Seq> one_by_one;
    for (core::Seq seq = 1; seq <= boots.last(); ++seq) one_by_one.push_back(seq);
    EXPECT_EQ(boots.counted({boots.last()}), boots.counted(one_by_one)) << seed;
  }
}

}  // namespace
}  // namespace hailong::district
