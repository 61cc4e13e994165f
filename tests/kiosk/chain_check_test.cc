#include "kiosk/machine/chain_check.h"

#include <gtest/gtest.h>

#include <fstream>

#include "program/config.h"
#include "tests/journal/look.h"
#include "tests/journal/sample.h"
#include "tests/temp_folder.h"

namespace hailong::kiosk::machine {
namespace {

using journal::must;

class ChainCheckTest : public testing::Test {
 protected:
  void SetUp() override { journal::journal_with(folder_.path(), 10); }

  ChainCheck check() { return must(ChainCheck::open(folder_.path())); }
  /// Steps to the end.
  void finish(ChainCheck& check, std::int64_t at_ms, std::int64_t most = 3) {
    while (must(check.step(journal::stamp_at(at_ms), most))) {
    }
  }
  /// What is known after everything was verified once, and `sql` was run then.
  void finish_then(const std::string& sql) {
    ChainCheck first = check();
    finish(first, 1000);
    tamper(sql);
  }

  void tamper(const std::string& sql) {
    SQLite::Database database = journal::raw(folder_);
    database.exec(
        "DROP TRIGGER IF EXISTS event_is_never_changed;"
        "DROP TRIGGER IF EXISTS event_is_never_deleted; PRAGMA foreign_keys = OFF");
    database.exec(sql);
  }
  void append(const std::string& visit) {
    auto journal = must(journal::Journal::open(folder_.path(), journal::kDevice));
    must(journal.append(journal::stamp_at(1), journal::rating_of(2, visit)));
  }
  std::filesystem::path memory() { return folder_.path() / "verified.json"; }

  tests::TempFolder folder_;
};

std::string change_event(int seq) {
  return "UPDATE event SET bytes = CAST(CAST(bytes AS TEXT) || ' ' AS BLOB) WHERE seq = " +
         std::to_string(seq);
}

TEST_F(ChainCheckTest, ClaimsNothingBeforeItsFirstStep) {
  EXPECT_EQ(check().state(), (ChainState{0, 10, {}, {}, {}, ""}));
}

TEST_F(ChainCheckTest, GoesAStepAtATime) {
  ChainCheck steps = check();
  EXPECT_TRUE(must(steps.step(journal::stamp_at(1000), 4)));
  EXPECT_EQ(steps.state(), (ChainState{4, 10, 1000, 1000, {}, ""}));
  EXPECT_TRUE(must(steps.step(journal::stamp_at(2000), 4)));
  EXPECT_EQ(steps.state(), (ChainState{8, 10, 1000, 2000, {}, ""}));
  EXPECT_FALSE(must(steps.step(journal::stamp_at(3000), 4)));
  EXPECT_EQ(steps.state(), (ChainState{10, 10, 1000, 3000, {}, ""}));
}

TEST_F(ChainCheckTest, GoesOnWhereItStoppedAfterARestart) {
  {
    ChainCheck before = check();
    must(before.step(journal::stamp_at(1000), 4));
  }
  ChainCheck after = check();
  EXPECT_EQ(after.state(), (ChainState{4, 10, 1000, 1000, {}, ""}));
  finish(after, 2000);
  EXPECT_EQ(after.state(), (ChainState{10, 10, 1000, 2000, {}, ""}));
}

TEST_F(ChainCheckTest, VerifiesWhatCameMeanwhileAndKeepsTheOldTimeWhereNothingCame) {
  ChainCheck steps = check();
  finish(steps, 1000);
  finish(steps, 2000);
  EXPECT_EQ(steps.state(), (ChainState{10, 10, 1000, 1000, {}, ""}));
  append("later");
  finish(steps, 3000);
  EXPECT_EQ(steps.state(), (ChainState{11, 11, 1000, 3000, {}, ""}));
}

TEST_F(ChainCheckTest, ClaimsNoTimeByAClockThatMayBeWrong) {
  core::Stamp unsynced = journal::stamp_at(1000);
  unsynced.clock = core::ClockState::kUnsynced;
  {
    ChainCheck steps = check();
    must(steps.step(unsynced));
    EXPECT_EQ(steps.state(), (ChainState{10, 10, {}, {}, {}, ""}));
  }
  EXPECT_EQ(check().state(), (ChainState{10, 10, {}, {}, {}, ""}));
}

TEST_F(ChainCheckTest, StopsAtTheFirstBadEventAndRemembersIt) {
  tamper(change_event(6));
  ChainCheck steps = check();
  finish(steps, 1000);
  const ChainState found{5, 10, 1000, 1000, 6, "its hash does not follow the chain"};
  EXPECT_EQ(steps.state(), found);
  ChainCheck again = check();
  EXPECT_EQ(again.state(), found);
  EXPECT_FALSE(must(again.step(journal::stamp_at(2000))));
  EXPECT_EQ(again.state(), found);
}

TEST_F(ChainCheckTest, RemembersThatNotEvenTheFirstEventVerifies) {
  tamper(change_event(1));
  ChainCheck steps = check();
  finish(steps, 1000);
  EXPECT_EQ(check().state(), (ChainState{0, 10, {}, {}, 1, "its hash does not follow the chain"}));
}

TEST_F(ChainCheckTest, TakesAnEventForGoodOnceItVerifiesAgain) {
  tamper("CREATE TABLE kept AS SELECT * FROM event WHERE seq = 6");
  tamper(change_event(6));
  ChainCheck steps = check();
  finish(steps, 1000);
  tamper("UPDATE event SET bytes = (SELECT bytes FROM kept) WHERE seq = 6");
  finish(steps, 2000);
  EXPECT_EQ(check().state(), (ChainState{10, 10, 1000, 2000, {}, ""}));
}

TEST_F(ChainCheckTest, FindsWhatWasChangedSinceWhenEverythingIsVerifiedAnew) {
  finish_then(change_event(6));
  ChainCheck steps = check();
  finish(steps, 2000);
  EXPECT_FALSE(steps.state().first_bad.has_value());
  EXPECT_EQ(steps.state().verified_ms, 1000);
  must(steps.restart());
  EXPECT_EQ(steps.state(), (ChainState{0, 10, {}, {}, {}, ""}));
  finish(steps, 3000);
  EXPECT_EQ(steps.state().first_bad, 6);
  EXPECT_EQ(steps.state().verified, 5);
  EXPECT_EQ(steps.state().verified_ms, 3000);
}

TEST_F(ChainCheckTest, SeesAtOnceThatAJournalWasCut) {
  finish_then("DELETE FROM event WHERE seq > 7");
  const ChainState found{0, 7, 1000, 1000, 10, "it verified before and is missing now"};
  EXPECT_EQ(check().state(), found);
}

TEST_F(ChainCheckTest, DoesNotForgetACutByBeginningAnew) {
  finish_then("DELETE FROM event WHERE seq > 7");
  ChainCheck steps = check();
  must(steps.restart());
  finish(steps, 2000);
  EXPECT_EQ(steps.state().first_bad, 10);
  EXPECT_EQ(check().state().first_bad, 10);
}

TEST_F(ChainCheckTest, BeginsAnewWithAnotherJournal) {
  {
    ChainCheck steps = check();
    finish(steps, 1000);
  }
  const std::string memory_of_old = must(program::read_text_file(memory()));
  const tests::TempFolder other;
  journal::journal_with(other.path(), 3);
  std::ofstream(other.path() / "verified.json") << memory_of_old;
  EXPECT_EQ(must(ChainCheck::open(other.path())).state(), (ChainState{0, 3, {}, {}, {}, ""}));
}

TEST_F(ChainCheckTest, BeginsAnewInAnotherVersion) {
  {
    ChainCheck steps = check();
    finish(steps, 1000);
  }
  std::string text = must(program::read_text_file(memory()));
  const std::string version = std::string("\"") + HAILONG_VERSION + "\"";
  ASSERT_NE(text.find(version), std::string::npos);
  text.replace(text.find(version), version.size(), "\"0.0.1\"");
  std::ofstream(memory()) << text;
  ChainCheck steps = check();
  EXPECT_EQ(steps.state(), (ChainState{0, 10, {}, {}, {}, ""}));
  finish(steps, 2000);
  EXPECT_EQ(check().state(), (ChainState{10, 10, 2000, 2000, {}, ""}));
}

TEST_F(ChainCheckTest, TakesADamagedMemoryForNone) {
  for (const char* text : {"", "{", "[]", "{\"seq\":5}"}) {
    std::ofstream(memory()) << text;
    EXPECT_EQ(check().state(), (ChainState{0, 10, {}, {}, {}, ""})) << text;
  }
}

TEST_F(ChainCheckTest, SaysWhenItCannotKeepThePlace) {
  ChainCheck steps = check();
  create_directory(folder_.path() / "verified.json.new");
  const auto stepped = steps.step(journal::stamp_at(1000));
  ASSERT_FALSE(stepped);
  EXPECT_EQ(stepped.error().fault, core::Fault::kIo);
}

TEST_F(ChainCheckTest, NeedsAJournal) {
  const tests::TempFolder empty;
  const auto none = ChainCheck::open(empty.path());
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().fault, core::Fault::kNotFound);
}

}  // namespace
}  // namespace hailong::kiosk::machine
