#include <gtest/gtest.h>

#include <limits>

#include "tests/journal/look.h"
#include "tests/journal/sample.h"
#include "tests/temp_folder.h"

/// Verification in steps: the next events behind a place that verified before.

namespace hailong::journal {
namespace {

constexpr std::int64_t kAllBehind = std::numeric_limits<std::int64_t>::max();

class VerifyFrom : public testing::Test {
 protected:
  void SetUp() override {
    Journal journal = journal_with(folder_.path(), 10);
    must(journal.append_feedback(stamp_at(1), 3, core::FeedbackKind::kWords, "chờ lâu"));
    must(journal.append(stamp_at(2), core::Correction{5, core::Score::from(1).value()}));
  }

  Verification from(core::Seq seq, const core::Bytes32& head, std::int64_t most = kAllBehind) {
    return must(reader().verify_from(seq, head, most));
  }
  Verification up_to(core::Seq seq) { return from(0, {}, seq); }
  /// What is found behind a place that verified before `sql` was run.
  Verification behind(core::Seq seq, const std::string& sql) {
    const Verification before = up_to(seq);
    EXPECT_FALSE(before.first_bad.has_value()) << before.reason;
    tamper(sql);
    return from(before.last, before.head);
  }

  Reader reader() { return must(Reader::open(folder_.path() / kJournalFile)); }
  void tamper(const std::string& sql) {
    SQLite::Database database = raw(folder_);
    database.exec(
        "DROP TRIGGER IF EXISTS event_is_never_changed;"
        "DROP TRIGGER IF EXISTS event_is_never_deleted; PRAGMA foreign_keys = OFF");
    database.exec(sql);
  }
  Journal journal() { return must(Journal::open(folder_.path(), kDevice)); }

  tests::TempFolder folder_;
};

/// An event that says something else than was chained.
std::string change(core::Seq seq) {
  return "UPDATE event SET bytes = CAST(replace(CAST(bytes AS TEXT), '\"score\":', '\"score\":0')"
         " AS BLOB) WHERE seq = " +
         std::to_string(seq);
}

TEST_F(VerifyFrom, ComesToTheSameHeadInStepsOfAnySize) {
  const Verification whole = verified(folder_);
  for (std::int64_t step = 1; step <= 13; ++step) {
    Verification found = from(0, {}, step);
    for (core::Seq known = -1; found.last > known && !found.first_bad;) {
      known = found.last;
      found = from(found.last, found.head, step);
    }
    EXPECT_FALSE(found.first_bad.has_value()) << found.reason;
    EXPECT_EQ(found.last, whole.last);
    EXPECT_EQ(found.head, whole.head);
  }
}

TEST_F(VerifyFrom, LooksAtNoMoreThanItWasAskedTo) {
  const Verification found = up_to(4);
  EXPECT_EQ(found.last, 4);
  EXPECT_EQ(from(4, found.head, 0).last, 4);
  EXPECT_EQ(from(4, found.head, 3).last, 7);
}

TEST_F(VerifyFrom, GoesOnWithWhatWasAppendedMeanwhile) {
  const Verification before = up_to(12);
  {
    Journal open = journal();
    must(open.append(stamp_at(3), rating_of(2, "later")));
  }
  EXPECT_EQ(from(before.last, before.head).last, 13);
  EXPECT_EQ(from(before.last, before.head).head, verified(folder_).head);
}

TEST_F(VerifyFrom, FindsWhatWasChangedBehindThePlace) {
  const Verification found = behind(5, change(8));
  EXPECT_EQ(found.first_bad, 8);
  EXPECT_EQ(found.last, 7);
}

TEST_F(VerifyFrom, FindsWhatIsMissingBehindThePlace) {
  EXPECT_EQ(behind(5, "DELETE FROM event WHERE seq = 6").first_bad, 7);
}

TEST_F(VerifyFrom, FindsChangedWordsBehindThePlace) {
  EXPECT_EQ(behind(10, "UPDATE content SET text = CAST('rất tốt' AS BLOB)").first_bad, 11);
}

TEST_F(VerifyFrom, DoesNotSeeWhatWasChangedBeforeThePlaceButVerifyDoes) {
  const Verification found = behind(8, change(3));
  EXPECT_FALSE(found.first_bad.has_value()) << found.reason;
  EXPECT_EQ(verified(folder_).first_bad, 3);
}

TEST_F(VerifyFrom, FindsAChainThatWasMadeAnewBeforeThePlace) {
  const Verification found =
      behind(8, "UPDATE event SET hash = zeroblob(32) WHERE seq BETWEEN 3 AND 8");
  EXPECT_EQ(found.first_bad, 8);
  EXPECT_EQ(found.last, 0);
}

TEST_F(VerifyFrom, FindsAJournalThatWasCutBeforeThePlace) {
  const Verification found = behind(8, "DELETE FROM event WHERE seq > 6");
  EXPECT_EQ(found.first_bad, 8);
  EXPECT_EQ(found.last, 0);
  EXPECT_EQ(found.reason, "it verified before and is missing now");
}

TEST_F(VerifyFrom, FindsEventsThatStandBeforeTheFirst) {
  tamper("INSERT INTO event SELECT -1, hash, bytes FROM event WHERE seq = 1");
  EXPECT_EQ(up_to(5).first_bad, -1);
}

TEST_F(VerifyFrom, TakesAnErasureThatTheChainTellsOfFurtherOn) {
  {
    Journal open = journal();
    must(open.erase(stamp_at(3), 11, "theo yêu cầu"));
  }
  const Verification found = up_to(11);  // the erasure is event 13
  EXPECT_FALSE(found.first_bad.has_value()) << found.reason;
  EXPECT_EQ(from(11, found.head).last, 13);
}

TEST_F(VerifyFrom, FindsAnErasureThatAnotherEventIsToTellOf) {
  const Verification found =
      behind(10, "UPDATE content SET text = NULL, salt = NULL, erased_by = 12");
  EXPECT_EQ(found.first_bad, 11);
}

}  // namespace
}  // namespace hailong::journal
