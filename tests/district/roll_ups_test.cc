#include <gtest/gtest.h>

#include <array>

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
  const auto first_day = std::chrono::sys_days(core::parse_date("2026-11-24").value());
  for (const sql::Row row : peek.rows("SELECT day, field_id, n1, n2, n3, n4, n5 FROM cell")) {
    const auto day = std::chrono::sys_days(core::parse_date(row.text(0)).value());
    for (int score = 1; score <= 5; ++score) {
      const std::int64_t n = row.integer(static_cast<std::size_t>(score) + 1);
      if (n == 0) continue;
      const int days = static_cast<int>((day - first_day).count());
      counts[{days, std::stoi(row.text(1).substr(1)), score}] = n;
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
  const std::string contents = peek.dump("SELECT stream_id, seq, digest, erased_by FROM content");
  must(peek.execute("UPDATE cell SET n1 = n1 + 7"));
  must(peek.execute("DELETE FROM rating WHERE seq > 1"));
  must(reception.receiver().rebuild());
  EXPECT_EQ(peek.projections(), projections);
  EXPECT_EQ(peek.dump("SELECT stream_id, seq, digest, erased_by FROM content"), contents);
}

/// Two kiosks of one unit whose ratings are linked to dossiers, answered and corrected, counted in
/// the plainest way.
class RecountOfTwo {
 public:
  struct Rating {
    int score = 0;
    std::int64_t at_ms = 0;
    std::string own_field;
    std::string answered_field;
    std::string dossier_field;
    int dossier = -1;
  };
  std::map<core::Seq, Rating>& of(std::size_t kiosk) { return ratings_[kiosk]; }

  /// By field and score; superseded ones under 0.
  [[nodiscard]] std::map<std::pair<std::string, int>, std::int64_t> counts() const {
    std::map<std::pair<std::string, int>, std::int64_t> counts;
    for (std::size_t kiosk = 0; kiosk < 2; ++kiosk) {
      for (const auto& [seq, rating] : ratings_[kiosk]) {
        const std::string& field = !rating.answered_field.empty()  ? rating.answered_field
                                   : !rating.dossier_field.empty() ? rating.dossier_field
                                                                   : rating.own_field;
        ++counts[{field, is_counted(kiosk, seq) ? rating.score : 0}];
      }
    }
    return counts;
  }

 private:
  [[nodiscard]] core::Seq last_of(std::size_t kiosk, int dossier) const {
    core::Seq last = 0;
    for (const auto& [seq, rating] : ratings_[kiosk]) {
      if (rating.dossier == dossier) last = seq;
    }
    return last;
  }
  [[nodiscard]] bool is_counted(std::size_t kiosk, core::Seq seq) const {
    const Rating& rating = ratings_[kiosk].at(seq);
    if (rating.dossier < 0) return true;
    if (seq != last_of(kiosk, rating.dossier)) return false;
    const core::Seq rival = last_of(1 - kiosk, rating.dossier);
    if (rival == 0) return true;
    const std::int64_t rivals = ratings_[1 - kiosk].at(rival).at_ms;
    return rating.at_ms > rivals || (rating.at_ms == rivals && kiosk == 1);
  }

  std::array<std::map<core::Seq, Rating>, 2> ratings_;
};

std::map<std::pair<std::string, int>, std::int64_t> stored_by_field(Peek& peek) {
  std::map<std::pair<std::string, int>, std::int64_t> counts;
  for (const sql::Row row :
       peek.rows("SELECT field_id, sum(left_out), sum(n1), sum(n2), sum(n3), sum(n4), sum(n5) "
                 "FROM cell GROUP BY 1")) {
    for (int score = 0; score <= 5; ++score) {
      const std::int64_t n = row.integer(static_cast<std::size_t>(score) + 1);
      if (n != 0) counts[{row.text(0), score}] = n;
    }
  }
  return counts;
}

/// One event of one kiosk, and what it means.
void take(FakeKiosk& kiosk, std::map<core::Seq, RecountOfTwo::Rating>& ratings, unsigned move) {
  const std::string field = "f" + std::to_string(move / 8 % 3);
  const int score = static_cast<int>(move % 5) + 1;
  if (ratings.empty() || move % 4 == 0) {
    const std::int64_t at_ms =
        kNoon + std::int64_t{move / 16 % 5} * 1000;  // clocks jump back and forth
    ratings[kiosk.rate(score, at_ms, field)] = {score, at_ms, field, "", "", -1};
    return;
  }
  auto chosen = ratings.begin();
  std::advance(chosen, move / 32 % ratings.size());
  auto& [seq, rating] = *chosen;
  if (move % 4 == 1) {
    rating.dossier = static_cast<int>(move / 16 % 3);
    rating.dossier_field = move % 3 == 0 ? field : "";
    kiosk.link(seq, static_cast<std::uint8_t>(rating.dossier), rating.dossier_field);
  } else if (move % 4 == 2) {
    kiosk.answer(seq, "field", field, move % 7 == 0);
    rating.answered_field = field;
  } else {
    kiosk.append(core::Correction{seq, *core::Score::from(score)});
    rating.score = score;
  }
}

TEST(RollUps, CountOneRatingOfADossierWhateverOrderKiosksSendIn) {
  HAILONG_PROPERTY("recount and rebuild", [](const std::vector<std::uint16_t>& moves) {
    Reception reception;
    std::array kiosks = {FakeKiosk("kt-1"), FakeKiosk("kt-2")};
    std::array<core::Seq, 2> sent{};
    RecountOfTwo recount;
    for (FakeKiosk& kiosk : kiosks) {
      register_kiosk(reception.store(), kiosk);
      kiosk.append(core::Token{1, {}});  // of no rating; opens the streams in this order
      accepted(reception.take(kiosk));
    }
    sent = {1, 1};
    const auto send = [&](std::size_t i) {
      if (sent[i] == kiosks[i].last()) return;
      accepted(reception.take(kiosks[i], kiosks[i].sealed(sent[i] + 1, kiosks[i].last())));
      sent[i] = kiosks[i].last();
    };
    for (const unsigned move : moves) {
      const std::size_t i = move / 512 % 2;
      take(kiosks[i], recount.of(i), move);
      if (move % 3 == 0) send(move / 1024 % 2);
    }
    send(1);
    send(0);
    auto peek = reception.peek();
    RC_ASSERT(stored_by_field(peek) == recount.counts());
    const std::string projections = peek.projections();
    must(reception.receiver().rebuild());
    RC_ASSERT(peek.projections() == projections);
  });
}

}  // namespace
}  // namespace hailong::district
