#include <gtest/gtest.h>

#include "journal/outbox.h"
#include "journal/review.h"
#include "journal/staff_book.h"
#include "tests/journal/look.h"

/// What the district confirmed long ago may go from the kiosk, and nobody notices.

namespace hailong::journal {
namespace {

using core::Fault;
using tests::TempFolder;

constexpr std::int64_t kDayMs = 86'400'000;
constexpr std::int64_t kBegin = 1'795'453'200'000;
constexpr int kKeepDays = 90;

core::Stamp on_day(int day) { return stamp_at(kBegin + day * kDayMs); }
bool always() { return true; }

class Compacting : public testing::Test {
 protected:
  void SetUp() override {
    days(0, 8);
    confirm(8);
    days(8, 12);
    confirm(12);
    days(12, 16);
  }

  /// Four ratings a day, with all that may follow one.
  void days(int from, int to) {
    Journal journal = open();
    for (int day = from; day < to; ++day) {
      const std::string name = "d" + std::to_string(day);
      const auto rate = [&](int nth) {
        const Beside beside{core::Bytes32{static_cast<std::uint8_t>(day)}, std::nullopt};
        return must(journal.append(on_day(day),
                                   rating_of((day + nth) % 5 + 1, name + "-" + std::to_string(nth)),
                                   beside))
            .seq;
      };
      const core::Seq first = rate(1);
      const core::Seq second = rate(2);
      rate(3);
      rate(4);
      must(journal.append(on_day(day), core::Correction{first, core::Score::from(2).value()}));
      must(journal.append(on_day(day), core::Answers{first, {{"field", {"dat-dai"}}}, day == 3}));
      must(journal.append_feedback(on_day(day), second, core::FeedbackKind::kWords,
                                   "chờ lâu, ngày " + std::to_string(day)));
      // Every third day the dossier of the days before: those gave way.
      must(journal.append_dossier(on_day(day), second,
                                  dossier_ref("H24", static_cast<std::uint8_t>(day % 3))));
      first_words_ = first_words_ == 0 ? second : first_words_;
    }
  }

  /// The district confirms everything, on that day; contents up to `contents` where it says so.
  void confirm(int day, std::optional<core::Seq> contents = std::nullopt) {
    Outbox outbox = must(Outbox::open(folder_.path()));
    const core::Seq last = must(outbox.last());
    const wire::Receipt receipt{
        outbox.identity().device,
        outbox.identity().epoch,
        last,
        must(outbox.batch(must(outbox.high_water()) + 1, kMany, kMany * 100)).claim.head,
        kBegin + day * kDayMs,
        contents};
    must(outbox.keep(receipt, wire::seal_receipt(receipt, district_)));
    confirmed_.push_back(receipt);
  }

  core::Result<std::int64_t> compact(int day, const GoOn& go_on = always) {
    return open().compact(on_day(day), kKeepDays, district_.public_key(), go_on);
  }

  Journal open() { return must(Journal::open(folder_.path(), kDevice)); }

  /// All that anybody is shown.
  std::string shown() {
    SQLite::Database database = raw(folder_);
    std::string all = dump(database, "SELECT * FROM v_rating ORDER BY seq") +
                      dump(database, "SELECT * FROM v_feedback ORDER BY seq");
    for (const char* table :
         {"consent", "token", "dossier", "answer", "feedback", "rating", "cell", "five_cell",
          "sign_off", "served", "case_step", "feedback_case", "staff_act", "person", "boot_time"}) {
      all += dump(database, std::string("SELECT * FROM ") + table);
    }
    Journal journal = open();
    Review review(journal);
    CaseFilter filter;
    filter.scope.with_restricted = true;
    filter.search = "cho lau";
    for (const CaseHead& head : must(review.cases(filter))) {
      const CaseFile file = must(review.case_file(head.rating));
      all += std::to_string(head.rating) + *file.words.at(0);
      for (const core::CaseStep& step : file.steps) all += step.who + step.note + step.answer;
    }
    return all;
  }

  core::Seq held_from() { return raw(folder_).execAndGet("SELECT min(seq) FROM event").getInt64(); }
  Verification verify() {
    return must(must(Reader::open(folder_.path() / kJournalFile)).verify(district_.public_key()));
  }
  void expect_ok() {
    const Verification found = verify();
    EXPECT_FALSE(found.first_bad.has_value()) << *found.first_bad << ": " << found.reason;
  }
  /// What is found after somebody changed the file.
  Verification after(const std::string& sql) {
    SQLite::Database database = raw(folder_);
    database.exec(
        "DROP TRIGGER IF EXISTS event_is_never_changed; DROP TRIGGER IF EXISTS "
        "event_is_never_deleted;"
        "DROP TRIGGER IF EXISTS anchor_only_moves_on; PRAGMA foreign_keys = OFF");
    database.exec(sql);
    return verify();
  }

  TempFolder folder_;
  wire::SigningKey district_ = wire::SigningKey::generate();
  std::vector<wire::Receipt> confirmed_;
  core::Seq first_words_ = 0;
};

TEST_F(Compacting, LeavesEverythingThatIsShownAsItWas) {
  {
    Journal journal = open();
    core::CaseStep step;
    step.action = core::CaseAction::kSee;
    step.who = "lan";
    step.role = "head";
    step.note = "đã xem";
    step.seen = must(Review(journal).last_event());
    must(StaffBook(journal).append(on_day(7), first_words_, step, 0));
  }
  confirm(20);
  const std::string before = shown();
  EXPECT_EQ(must(compact(20 + kKeepDays)), confirmed_.back().last);
  EXPECT_EQ(held_from(), confirmed_.back().last + 1);
  EXPECT_EQ(shown(), before);
  expect_ok();
  must(open().rebuild_projections());
  EXPECT_EQ(shown(), before);
  expect_ok();
}

TEST_F(Compacting, GoesOnFromWhereItStopped) {
  EXPECT_EQ(must(compact(8 + kKeepDays)), confirmed_[0].last);
  EXPECT_EQ(must(compact(8 + kKeepDays)), 0);
  days(16, 18);
  // Four days more are not worth a copy of all sums.
  EXPECT_EQ(must(compact(12 + kKeepDays)), 0);
  confirm(18);
  const std::string before = shown();
  EXPECT_EQ(must(compact(18 + kKeepDays)), confirmed_[2].last - confirmed_[0].last);
  EXPECT_EQ(shown(), before);
  EXPECT_EQ(text(folder_, "SELECT count(DISTINCT anchor) FROM snapshot"), "1");
  expect_ok();
  days(18, 20);
  expect_ok();
  must(open().rebuild_projections());
  expect_ok();
}

TEST_F(Compacting, ChangesWhatIsOldAsIfItWereHeld) {
  must(compact(8 + kKeepDays));
  {
    Journal journal = open();
    must(journal.append(on_day(16), core::Correction{1, core::Score::from(5).value()}));
    must(journal.append(on_day(16), core::Answers{3, {{"field", {"ho-tich"}}}, true}));
    must(journal.erase(on_day(16), 11, "theo yêu cầu"));
  }
  expect_ok();
  const std::string before = shown();
  must(open().rebuild_projections());
  EXPECT_EQ(shown(), before);
  confirm(20);
  must(compact(20 + kKeepDays));  // the erasure, too, is gone now
  EXPECT_EQ(shown(), before);
  expect_ok();
}

TEST_F(Compacting, NeedsTimeATrueClockAndTheDistrictsKey) {
  EXPECT_EQ(must(compact(7 + kKeepDays)), 0);
  core::Stamp unsynced = on_day(8 + kKeepDays);
  unsynced.clock = core::ClockState::kUnsynced;
  EXPECT_EQ(must(open().compact(unsynced, kKeepDays, district_.public_key(), always)), 0);
  const auto other = wire::SigningKey::generate().public_key();
  const auto refused = open().compact(on_day(8 + kKeepDays), kKeepDays, other, always);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().fault, Fault::kRefused);
  EXPECT_EQ(held_from(), 1);
}

TEST_F(Compacting, GoesByTheDistrictsTimeWhereTheClockIsNeverSet) {
  core::Stamp lost{1000, std::string(32, 'c'), 1000, core::ClockState::kUnsynced};
  const std::int64_t now_ms = on_day(8 + kKeepDays).wall_ms;
  must(open().learn_time(lost, now_ms, 1000, core::TimeSource::kDistrict));
  EXPECT_EQ(must(open().compact(lost, kKeepDays, district_.public_key(), always)),
            confirmed_.at(0).last);
  expect_ok();
}

TEST_F(Compacting, NeedsAReceipt) {
  raw(folder_).exec("DELETE FROM receipt");
  EXPECT_EQ(must(compact(1000)), 0);
  EXPECT_EQ(held_from(), 1);
}

TEST_F(Compacting, StopsBeforeContactDataThatAreStillToBeErased) {
  const core::Seq words =
      must(open().append_contact(on_day(16), consent_for(first_words_), "0912345678")).seq;
  days(16, 17);
  confirm(17);
  EXPECT_EQ(must(compact(17 + kKeepDays)), confirmed_[1].last);
  EXPECT_EQ(must(open().erase_contacts_before(on_day(200), kBegin + 100 * kDayMs, "cũ")), 1);
  confirm(20);
  EXPECT_GT(must(compact(20 + kKeepDays)), 0);
  EXPECT_GT(held_from(), words);
  expect_ok();
}

TEST_F(Compacting, WaitsForWordsThatTheDistrictHasNotGot) {
  confirm(16, 100);
  EXPECT_EQ(must(compact(16 + kKeepDays)), confirmed_[0].last);
  ASSERT_LT(confirmed_[0].last, 100);
  ASSERT_GT(confirmed_[1].last, 100);
}

TEST_F(Compacting, KeepsWhatDoesNotVerify) {
  raw(folder_).exec(
      "DROP TRIGGER IF EXISTS event_is_never_changed; UPDATE event SET bytes = CAST(replace("
      "CAST(bytes AS TEXT), '\"score\":', '\"score\":0') AS BLOB) WHERE seq = 9");
  const auto refused = compact(8 + kKeepDays);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().fault, Fault::kCorrupt);
  EXPECT_EQ(refused.error().message.rfind("event 9 does not verify", 0), 0U)
      << refused.error().message;
  EXPECT_EQ(held_from(), 1);
}

/// Cut off at each place where it may stop, which is between any two of its transactions.
TEST_F(Compacting, LeavesTheOldStateOrTheNewWhereverItIsCutOff) {
  const std::string before = shown();
  const core::Seq cut = confirmed_[0].last;
  const int steps = static_cast<int>(cut) + 20;
  for (int most = 0; most < steps; most += most < cut - 29 ? 29 : 1) {
    int asked = 0;
    const auto done = must(compact(8 + kKeepDays, [&] { return asked++ < most; }));
    ASSERT_EQ(shown(), before) << most;
    const Verification found = verify();
    ASSERT_FALSE(found.first_bad.has_value()) << most << ": " << found.reason;
    if (done > 0) break;
  }
  EXPECT_EQ(text(folder_, "SELECT seq FROM anchor"), std::to_string(cut));
  must(compact(8 + kKeepDays));
  EXPECT_EQ(held_from(), cut + 1);
  expect_ok();
}

TEST_F(Compacting, IsAnAlarmWhereTheDistrictAsksForWhatIsGone) {
  must(compact(8 + kKeepDays));
  Outbox outbox = must(Outbox::open(folder_.path()));
  const core::Seq gone = confirmed_[0].last;
  EXPECT_EQ(must(outbox.batch(gone + 1, 5, kMany)).claim.previous, confirmed_[0].head);
  EXPECT_EQ(outbox.batch(gone, 5, kMany).error().fault, Fault::kConflict);
  EXPECT_EQ(outbox.batch(1, 5, kMany).error().fault, Fault::kConflict);
  wire::Receipt older = confirmed_[0];
  older.last = gone - 3;
  const auto refused = outbox.keep(older, "an older one");
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().message.find("restore a newer backup"), std::string::npos);
}

TEST_F(Compacting, IsVerifiedFromInSteps) {
  Reader reader = must(Reader::open(folder_.path() / kJournalFile));
  const Verification before = must(reader.verify_from(0, {}, 5));
  must(compact(8 + kKeepDays));
  const Verification after_it = must(reader.verify_from(before.last, before.head, 10));
  EXPECT_FALSE(after_it.first_bad.has_value()) << after_it.reason;
  EXPECT_EQ(after_it.last, confirmed_[0].last + 10);
  EXPECT_EQ(must(reader.verify_from(confirmed_[0].last, confirmed_[0].head, 1)).last,
            confirmed_[0].last + 1);
}

class TamperingBehindTheAnchor : public Compacting {
 protected:
  void SetUp() override {
    Compacting::SetUp();
    must(compact(8 + kKeepDays));
  }
};

TEST_F(TamperingBehindTheAnchor, WithARatingIsFound) {
  EXPECT_EQ(after("UPDATE rating SET score = 5 WHERE seq = 1").first_bad, 1);
}

TEST_F(TamperingBehindTheAnchor, WithWordsIsFound) {
  EXPECT_EQ(after("UPDATE content SET text = CAST('rất tốt' AS BLOB) WHERE seq = 11").first_bad,
            11);
}

TEST_F(TamperingBehindTheAnchor, ByLosingWordsIsFound) {
  EXPECT_EQ(after("DELETE FROM content WHERE seq = 11").first_bad, 11);
}

TEST_F(TamperingBehindTheAnchor, ByErasingWordsIsFound) {
  EXPECT_EQ(after("UPDATE content SET text = NULL, salt = NULL, erased_by = 150 WHERE seq = 11")
                .first_bad,
            11);
}

TEST_F(TamperingBehindTheAnchor, WithTheSnapshotIsFound) {
  EXPECT_EQ(after("UPDATE snapshot SET bytes = CAST(bytes || x'00' AS BLOB)").first_bad,
            confirmed_[0].last);
  EXPECT_EQ(after("DELETE FROM snapshot").first_bad, confirmed_[0].last);
}

TEST_F(TamperingBehindTheAnchor, WithTheReceiptIsFound) {
  EXPECT_EQ(after("UPDATE anchor SET receipt = CAST(replace(CAST(receipt AS TEXT), 'last',"
                  " 'lost') AS BLOB)")
                .first_bad,
            confirmed_[0].last);
}

TEST_F(TamperingBehindTheAnchor, ByForgingTheReceiptIsFoundWithTheDistrictsKey) {
  const std::string forged = wire::seal_receipt(confirmed_[0], wire::SigningKey::generate());
  SQLite::Database database = raw(folder_);
  database.exec("DROP TRIGGER anchor_only_moves_on");
  SQLite::Statement update(database, "UPDATE anchor SET receipt = CAST(? AS BLOB)");
  update.bind(1, forged);
  update.exec();
  EXPECT_FALSE(verified(folder_).first_bad.has_value());
  EXPECT_EQ(verify().first_bad, confirmed_[0].last);
}

TEST_F(TamperingBehindTheAnchor, ByMovingTheAnchorIsFound) {
  EXPECT_TRUE(after("UPDATE anchor SET seq = seq + 1").first_bad.has_value());
}

TEST_F(TamperingBehindTheAnchor, WithAnEventThatIsHeldIsFound) {
  const core::Seq held = confirmed_[0].last + 3;
  EXPECT_EQ(after("UPDATE event SET bytes = CAST(bytes || x'20' AS BLOB) WHERE seq = " +
                  std::to_string(held))
                .first_bad,
            held);
}

TEST_F(TamperingBehindTheAnchor, IsRefusedByTheFileItself) {
  SQLite::Database database = raw(folder_);
  EXPECT_THROW(database.exec("UPDATE anchor SET seq = 3"), SQLite::Exception);
  EXPECT_THROW(database.exec("DELETE FROM anchor"), SQLite::Exception);
  EXPECT_THROW(
      database.exec("DELETE FROM event WHERE seq = " + std::to_string(confirmed_[0].last + 1)),
      SQLite::Exception);
}

}  // namespace
}  // namespace hailong::journal
