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

}  // namespace
}  // namespace hailong::journal
