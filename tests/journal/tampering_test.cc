#include <gtest/gtest.h>

#include "core/chain.h"
#include "journal/reader.h"
#include "sqlite/database.h"
#include "tests/journal/sample.h"
#include "tests/temp_folder.h"

/// Somebody with the card and SQLite's own tools: what they can change, and what verify says of it.

namespace hailong::journal {
namespace {

using tests::TempFolder;

class Tampering : public testing::Test {
 protected:
  void SetUp() override {
    Journal journal = journal_with(folder_.path(), 10);
    must(journal.append_feedback(stamp_at(1), 3, core::FeedbackKind::kWords, "chờ lâu"));
    must(journal.append(stamp_at(2), core::Correction{5, core::Score::from(1).value()}));
  }

  Verification after(const std::string& sql) {
    SQLite::Database database((folder_.path() / kJournalFile).string(), SQLite::OPEN_READWRITE);
    database.exec(
        "DROP TRIGGER IF EXISTS event_is_never_changed;"
        "DROP TRIGGER IF EXISTS event_is_never_deleted; PRAGMA foreign_keys = OFF");
    database.exec(sql);
    return must(must(Reader::open(folder_.path() / kJournalFile)).verify());
  }

  TempFolder folder_;
};

TEST_F(Tampering, IsNotSeenWhereThereIsNone) {
  const Verification found = after("SELECT 1");
  EXPECT_FALSE(found.first_bad.has_value()) << found.reason;
  EXPECT_EQ(found.events, 12);
}

TEST_F(Tampering, OfAScoreIsFoundAtItsEvent) {
  EXPECT_EQ(after("UPDATE event SET bytes = CAST(replace(CAST(bytes AS TEXT),"
                  " '\"score\":1', '\"score\":5') AS BLOB)"
                  " WHERE seq = 6")
                .first_bad,
            6);
}

TEST_F(Tampering, ByDeletionIsFoundAtTheNextEvent) {
  EXPECT_EQ(after("DELETE FROM event WHERE seq = 4").first_bad, 5);
}

TEST_F(Tampering, ByDeletionAndRenumberingIsFound) {
  EXPECT_EQ(
      after("DELETE FROM event WHERE seq = 4; UPDATE event SET seq = -(seq - 1) WHERE seq > 4;"
            "UPDATE event SET seq = -seq WHERE seq < 0")
          .first_bad,
      4);
}

TEST_F(Tampering, BySwappingIsFound) {
  EXPECT_EQ(after("UPDATE event SET seq = 99 WHERE seq = 2; UPDATE event SET seq = 2 WHERE seq = 3;"
                  "UPDATE event SET seq = 3 WHERE seq = 99")
                .first_bad,
            2);
}

TEST_F(Tampering, ByInsertingIsFound) {
  EXPECT_EQ(
      after("UPDATE event SET seq = -(seq + 1) WHERE seq > 4; UPDATE event SET seq = -seq WHERE"
            " seq < 0; INSERT INTO event (seq, hash, bytes) SELECT 5, hash, bytes FROM event"
            " WHERE seq = 2")
          .first_bad,
      5);
}

TEST_F(Tampering, WithTheWordsIsFound) {
  EXPECT_EQ(after("UPDATE content SET text = CAST('rất tốt' AS BLOB)").first_bad, 11);
}

TEST_F(Tampering, ByLosingTheWordsWithoutAnErasureIsFound) {
  EXPECT_EQ(after("DELETE FROM content").first_bad, 11);
}

TEST_F(Tampering, WithTheProjectionIsFound) {
  EXPECT_EQ(after("UPDATE rating SET score = 5 WHERE seq = 2").first_bad, 2);
  EXPECT_EQ(after("UPDATE rating SET score = 2 WHERE seq = 2; DELETE FROM rating WHERE seq = 7")
                .first_bad,
            7);
}

TEST_F(Tampering, WithTheFeedbackViewIsFound) {
  EXPECT_EQ(after("UPDATE feedback SET rating_seq = 1").first_bad, 11);
}

TEST_F(Tampering, ByMovingTheCardToAnotherDeviceIsFound) {
  EXPECT_EQ(after("UPDATE identity SET device_id = 'kt-10756-q1'").first_bad, 1);
}

TEST_F(Tampering, WithAnErasureThatIsNotInTheChainIsFound) {
  EXPECT_EQ(after("UPDATE content SET text = NULL, salt = NULL, erased_by = 1").first_bad, 11);
}

TEST_F(Tampering, WithARatingsFlagsIsFound) {
  EXPECT_EQ(after("UPDATE rating SET flags = 'burst' WHERE seq = 4").first_bad, 4);
}

TEST_F(Tampering, WithAViewIsFound) {
  const Verification found =
      after("DROP VIEW v_rating; CREATE VIEW v_rating AS SELECT seq, 5 AS score FROM rating");
  EXPECT_EQ(found.first_bad, 0);
  EXPECT_EQ(found.reason, "a view was changed");
}

/// The same, where answers, a dossier, a token and contact data follow a rating.
class TamperingWithFollowUps : public Tampering {
 protected:
  void SetUp() override {
    Tampering::SetUp();  // events 1 to 12
    Journal journal = must(Journal::open(folder_.path(), kDevice));
    must(journal.append(stamp_at(3), core::Answers{2, {{"reasons", {"extra-money"}}}, true}));
    must(journal.append_dossier(stamp_at(4), 2, dossier_ref("H24-261120-0001", 7)));
    must(journal.append_contact(stamp_at(5), consent_for(2), "0912345678"));
    core::Rating rating = rating_of(4, "with a token");
    must(journal.append(stamp_at(6), rating, {core::Bytes32{1}, std::nullopt}));
  }
};

TEST_F(TamperingWithFollowUps, IsNotSeenWhereThereIsNone) {
  const Verification found = after("SELECT 1");
  EXPECT_FALSE(found.first_bad.has_value()) << found.reason;
  EXPECT_EQ(found.events, 18);
}

TEST_F(TamperingWithFollowUps, WithTheDossierCodeIsFound) {
  EXPECT_EQ(
      after("UPDATE content SET text = CAST('H24-261120-0002' AS BLOB) WHERE seq = 14").first_bad,
      14);
}

TEST_F(TamperingWithFollowUps, ByLosingTheDossierCodeWithoutAnErasureIsFound) {
  EXPECT_EQ(after("DELETE FROM content WHERE seq = 14").first_bad, 14);
}

TEST_F(TamperingWithFollowUps, WithAnAnswerIsFound) {
  EXPECT_EQ(after("UPDATE answer SET choices = '[]'").first_bad, 2);
  EXPECT_EQ(after("DELETE FROM answer").first_bad, 2);
}

TEST_F(TamperingWithFollowUps, ByTakingBackAnAlertIsFound) {
  EXPECT_EQ(after("UPDATE answer SET alert = 0").first_bad, 2);
}

TEST_F(TamperingWithFollowUps, WithADossierLinkIsFound) {
  EXPECT_EQ(after("UPDATE dossier SET rating_seq = 3").first_bad, 2);
}

TEST_F(TamperingWithFollowUps, BySupersedingWithAnInventedLinkIsFound) {
  const Verification found =
      after("INSERT INTO dossier SELECT 5, 14, key, NULL, NULL FROM dossier");
  EXPECT_EQ(found.first_bad, 5);
  EXPECT_EQ(found.reason, "dossier shows a row that the chain does not hold");
}

TEST_F(TamperingWithFollowUps, WithAConsentIsFound) {
  EXPECT_EQ(after("UPDATE consent SET keep_days = 9999").first_bad, 15);
}

TEST_F(TamperingWithFollowUps, WithATokenIsFound) {
  EXPECT_EQ(after("UPDATE token SET digest = zeroblob(32)").first_bad, 18);
}

}  // namespace
}  // namespace hailong::journal
