#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "journal/outbox.h"
#include "tests/journal/look.h"

/// Journals that older programs left, as they lie on cards in the communes.

namespace hailong::journal {
namespace {

using tests::TempFolder;

/// As tests/journal/data holds them.
void restore(const TempFolder& folder, const std::string& name) {
  std::ostringstream dump;
  dump << std::ifstream(std::string(HAILONG_JOURNAL_DATA) + "/" + name).rdbuf();
  ASSERT_FALSE(dump.str().empty());
  SQLite::Database((folder.path() / kJournalFile).string(),
                   SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE)
      .exec(dump.str());
}

std::string views(const TempFolder& folder) {
  SQLite::Database database = raw(folder);
  return dump(database, "SELECT * FROM v_rating ORDER BY seq") +
         dump(database, "SELECT * FROM v_feedback ORDER BY seq");
}

TEST(Upgrade, KeepsAllThatTheFirstVersionShowed) {
  const TempFolder folder;
  restore(folder, "journal_001.sql");
  const std::string before = views(folder);
  ASSERT_NE(before.find("|burst,out-of-hours\n"), std::string::npos);
  { must(Journal::open(folder.path(), kDevice)); }
  EXPECT_EQ(views(folder), before);
  EXPECT_GE(std::stoi(text(folder, "PRAGMA user_version")), 5);
  expect_verifies(folder);
}

TEST(Upgrade, LetsTheOldJournalGoOn) {
  const TempFolder folder;
  restore(folder, "journal_001.sql");
  Journal journal = must(Journal::open(folder.path(), kDevice));
  must(journal.append(stamp_at(1), core::Answers{1, {{"field", {"dat-dai"}}}, false}));
  EXPECT_EQ(must(journal.append_dossier(stamp_at(2), 6, dossier_ref("a", 7))).seq, 13);
  EXPECT_EQ(must(journal.recent_ratings(2)).back().score.value(), 2);
  // Contact data without a consent, from before there was one.
  EXPECT_EQ(
      must(journal.erase_contacts_before(stamp_at(1'795'453'300'000), 1'795'453'213'000, "r")), 0);
  EXPECT_EQ(
      must(journal.erase_contacts_before(stamp_at(1'795'453'300'000), 1'795'453'213'001, "r")), 1);
  const std::string before = views(folder);
  must(journal.rebuild_projections());
  EXPECT_EQ(views(folder), before);
  expect_verifies(folder);
}

TEST(Upgrade, IsDoneByTheSyncDaemonToo) {
  const TempFolder folder;
  restore(folder, "journal_001.sql");
  Outbox outbox = must(Outbox::open(folder.path()));
  const wire::Batch batch = must(outbox.batch(1, 500, 1'000'000));
  EXPECT_EQ(batch.events.size(), 11U);
  ASSERT_EQ(batch.contents.size(), 1U);  // contact data stay, also those from before
  EXPECT_EQ(batch.contents[0].text, "chờ lâu");
}

TEST(Upgrade, IsNotNeededByAnAuditor) {
  const TempFolder folder;
  restore(folder, "journal_001.sql");
  Reader reader = must(Reader::open(folder.path() / kJournalFile));
  const Verification found = must(reader.verify());
  EXPECT_FALSE(found.first_bad.has_value()) << found.reason;
  EXPECT_EQ(found.events, 11);
  const Statistics statistics = must(reader.statistics());
  EXPECT_EQ(statistics.counts.n(), 6);
  EXPECT_EQ(statistics.contacts, 2);
  EXPECT_EQ(statistics.contacts_erased, 1);
  EXPECT_EQ(statistics.dossiers, 0);
  EXPECT_EQ(text(folder, "PRAGMA user_version"), "1");
}

TEST(Upgrade, IsNotGuessedBackwards) {
  const TempFolder folder;
  { journal_with(folder.path(), 1); }
  raw(folder).exec("PRAGMA user_version = 999");
  EXPECT_EQ(Reader::open(folder.path() / kJournalFile).error().fault, core::Fault::kInvalid);
}

}  // namespace
}  // namespace hailong::journal
