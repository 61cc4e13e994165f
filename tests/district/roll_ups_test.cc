#include <gtest/gtest.h>

#include "tests/district/sample.h"
#include "tests/property.h"

/// Roll-ups against a plain recount of the events, and against a rebuild.

namespace hailong::district {
namespace {

using Move = std::tuple<int, int, int, int>;  // kind, score, day, field or rating

/// What the events of one kiosk amount to, counted in the plainest way.
class Recount {
 public:
  void rate(core::Seq seq, int score, int day, int field) { ratings_[seq] = {day, field, score}; }
  void correct(core::Seq seq, int score) { std::get<2>(ratings_[seq]) = score; }
  [[nodiscard]] std::vector<core::Seq> seqs() const {
    std::vector<core::Seq> seqs;
    for (const auto& [seq, rating] : ratings_) seqs.push_back(seq);
    return seqs;
  }
  [[nodiscard]] std::map<std::tuple<int, int, int>, std::int64_t> counts() const {
    std::map<std::tuple<int, int, int>, std::int64_t> counts;
    for (const auto& [seq, rating] : ratings_) ++counts[rating];
    return counts;
  }

 private:
  std::map<core::Seq, std::tuple<int, int, int>> ratings_;
};

std::map<std::tuple<int, int, int>, std::int64_t> stored_counts(Peek& peek) {
  std::map<std::tuple<int, int, int>, std::int64_t> counts;
  const int first_day = static_cast<int>(peek.number("SELECT julianday('2026-11-24')"));
  SQLite::Statement query(peek.database(),
                          "SELECT CAST(julianday(day) AS INTEGER), field_id, n1, n2, n3, n4, n5 "
                          "FROM cell");
  while (query.executeStep()) {
    const std::string field = query.getColumn(1).getString();
    for (int score = 1; score <= 5; ++score) {
      const std::int64_t n = query.getColumn(1 + score).getInt64();
      if (n != 0) {
        counts[{query.getColumn(0).getInt() - first_day, std::stoi(field.substr(1)), score}] = n;
      }
    }
  }
  return counts;
}

TEST(RollUps, EqualARecountAfterAnyEventsInAnyBatches) {
  HAILONG_PROPERTY("recount and rebuild", [](const std::vector<std::uint16_t>& moves,
                                             const std::vector<std::uint8_t>& cuts) {
    Reception reception;
    FakeKiosk kiosk("kt-1");
    register_kiosk(reception.store(), kiosk);
    Recount recount;
    for (const std::uint16_t move : moves) {
      const int score = move % 5 + 1;
      const auto seqs = recount.seqs();
      if (move % 3 == 0 && !seqs.empty()) {
        const core::Seq rating = seqs[(move / 16U) % seqs.size()];
        kiosk.append(core::Correction{rating, *core::Score::from(score)});
        recount.correct(rating, score);
      } else if (move % 7 == 0) {
        kiosk.append(core::Correction{kiosk.last() + 5, *core::Score::from(score)});  // to nothing
      } else {
        const int day = (move / 8) % 4;
        const int field = (move / 64) % 3;
        const core::Seq seq = kiosk.rate(
            score, kNoon + day * kDay, "f" + std::to_string(field), "q1",
            move % 2 == 0 ? std::vector<std::string>{"burst"} : std::vector<std::string>{});
        recount.rate(seq, score, day, field);
      }
    }
    // Any cutting into batches, each sent from somewhere at or before the stored end.
    core::Seq stored = 0;
    for (std::size_t i = 0; stored < kiosk.last(); ++i) {
      const core::Seq cut = cuts.empty() ? 7 : cuts[i % cuts.size()];
      const core::Seq first = std::max<core::Seq>(1, stored + 1 - cut % 3);
      const core::Seq last = std::min(kiosk.last(), stored + 1 + cut % 11);
      RC_ASSERT(std::holds_alternative<ingest::Accepted>(
          reception.take(kiosk, kiosk.sealed(first, last))));
      stored = last;
    }
    auto peek = reception.peek();
    RC_ASSERT(stored_counts(peek) == recount.counts());
    const std::string projections = peek.projections();
    must(reception.receiver().rebuild());
    RC_ASSERT(peek.projections() == projections);
  });
}

TEST(RollUps, AreMadeAnewForSeveralKiosksWithErasedWords) {
  Reception reception;
  FakeKiosk first("kt-1");
  FakeKiosk second("kt-2");
  for (FakeKiosk* kiosk : {&first, &second}) {
    register_kiosk(reception.store(), *kiosk, kiosk == &first ? "10750" : "10804");
    const core::Seq rating = kiosk->rate(2);
    kiosk->say(rating, "bí mật");
    const wire::Content content = kiosk->batch(1, 2).contents[0];
    kiosk->append(core::Erasure{core::content_digest(content.salt, content.text), "asked for"});
    kiosk->append(core::Correction{rating, *core::Score::from(5)});
    accepted(reception.take(*kiosk));
  }
  auto peek = reception.peek();
  const std::string projections = peek.projections();
  const std::string contents =
      peek.dump("SELECT stream_id, seq, hex(digest), erased_by FROM content");
  peek.database().exec("UPDATE cell SET n1 = n1 + 7; DELETE FROM rating WHERE seq > 1");
  must(reception.receiver().rebuild());
  EXPECT_EQ(peek.projections(), projections);
  EXPECT_EQ(peek.dump("SELECT stream_id, seq, hex(digest), erased_by FROM content"), contents);
}

}  // namespace
}  // namespace hailong::district
