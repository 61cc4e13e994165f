#include "journal/journal.h"

#include <sys/stat.h>

#include <fstream>
#include <thread>

#include "core/chain.h"
#include "tests/journal/look.h"
#include "wire/key_file.h"

namespace hailong::journal {
namespace {

using core::Fault;
using tests::TempFolder;

TEST(Journal, NumbersFromOneWithoutAGap) {
  const TempFolder folder;
  Journal journal = must(Journal::open(folder.path(), kDevice));
  for (int i = 1; i <= 5; ++i) {
    EXPECT_EQ(must(journal.append(stamp_at(i), rating_of(i, "v" + std::to_string(i)))).seq, i);
  }
}

TEST(Journal, GoesOnWhereItStopped) {
  const TempFolder folder;
  { journal_with(folder.path(), 3); }
  Journal journal = must(Journal::open(folder.path(), kDevice));
  EXPECT_EQ(must(journal.append(stamp_at(9), rating_of(5, "next"))).seq, 4);
  EXPECT_EQ(verified(folder).events, 4);
}

TEST(Journal, KeepsItsEpochAndKeyAcrossStarts) {
  const TempFolder folder;
  const Identity first = must(Journal::open(folder.path(), kDevice)).identity();
  const Identity second = must(Journal::open(folder.path(), kDevice)).identity();
  EXPECT_EQ(first.epoch, second.epoch);
  EXPECT_EQ(first.public_key, second.public_key);
  EXPECT_EQ(first.epoch.value.size(), 16U);
}

TEST(Journal, StartsANewEpochOnANewCard) {
  const TempFolder one;
  const TempFolder other;
  EXPECT_NE(must(Journal::open(one.path(), kDevice)).identity().epoch,
            must(Journal::open(other.path(), kDevice)).identity().epoch);
}

TEST(Journal, IsMadeByNobodyWhoOnlyVisits) {
  const TempFolder folder;
  EXPECT_EQ(Journal::open_existing(folder.path() / "none", kDevice).error().fault,
            Fault::kNotFound);
  EXPECT_EQ(Journal::open_existing(folder.path(), kDevice).error().fault, Fault::kNotFound);
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
  const core::EpochId epoch = journal_with(folder.path(), 3).identity().epoch;
  EXPECT_EQ(must(Journal::open_existing(folder.path(), kDevice)).identity().epoch, epoch);
  EXPECT_EQ(Journal::open_existing(folder.path(), core::DeviceId{"another"}).error().fault,
            Fault::kInvalid);
}

TEST(Journal, MakesAKeyThatOnlyItsOwnerReads) {
  const TempFolder folder;
  const Journal journal = must(Journal::open(folder.path(), kDevice));
  struct stat status {};
  ASSERT_EQ(::stat((folder.path() / kDeviceKeyFile).c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
  EXPECT_EQ(must(wire::read_key(folder.path() / kDeviceKeyFile)).public_key(),
            journal.identity().public_key);
}

TEST(Journal, RefusesAnotherDevicesFile) {
  const TempFolder folder;
  { journal_with(folder.path(), 1); }
  const auto other = Journal::open(folder.path(), core::DeviceId{"kt-10750-q2"});
  ASSERT_FALSE(other.has_value());
  EXPECT_EQ(other.error().fault, Fault::kInvalid);
}

TEST(Journal, RefusesAFileOfANewerProgram) {
  const TempFolder folder;
  { journal_with(folder.path(), 1); }
  raw(folder).exec("PRAGMA user_version = 999");
  const auto journal = Journal::open(folder.path(), kDevice);
  ASSERT_FALSE(journal.has_value());
  EXPECT_NE(journal.error().message.find("newer program"), std::string::npos);
}

TEST(Journal, AppendsAVisitOnce) {
  const TempFolder folder;
  Journal journal = must(Journal::open(folder.path(), kDevice));
  const Appended first = must(journal.append(stamp_at(1), rating_of(5, "same")));
  const Appended again = must(journal.append(stamp_at(2), rating_of(5, "same")));
  EXPECT_EQ(first.seq, again.seq);
  EXPECT_EQ(first.hash, again.hash);
  EXPECT_EQ(verified(folder).events, 1);
}

TEST(Journal, ShowsTheCorrectedScore) {
  const TempFolder folder;
  Journal journal = journal_with(folder.path(), 2);
  must(journal.append(stamp_at(9), core::Correction{1, core::Score::from(5).value()}));
  must(journal.append(stamp_at(10), core::Correction{1, core::Score::from(4).value()}));
  SQLite::Database database = raw(folder);
  EXPECT_EQ(text(database, "SELECT score FROM v_rating WHERE seq = 1"), "4");
  EXPECT_EQ(text(database, "SELECT count(*) FROM v_rating"), "2");
  EXPECT_FALSE(verified(folder).first_bad.has_value());
}

TEST(Journal, RefusesACorrectionOfNothing) {
  const TempFolder folder;
  Journal journal = journal_with(folder.path(), 1);
  const auto refused =
      journal.append(stamp_at(9), core::Correction{7, core::Score::from(5).value()});
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().fault, Fault::kInvalid);
  EXPECT_EQ(verified(folder).events, 1);
  EXPECT_EQ(must(journal.append(stamp_at(9), rating_of(3, "after"))).seq, 2);
}

TEST(Journal, RefusesTextThatIsNotUtf8) {
  const TempFolder folder;
  Journal journal = must(Journal::open(folder.path(), kDevice));
  EXPECT_FALSE(journal.append(stamp_at(1), rating_of(3, "\xFF")).has_value());
  EXPECT_EQ(verified(folder).events, 0);
  must(journal.append(stamp_at(1), rating_of(3, "v")));
  EXPECT_FALSE(
      journal.append_feedback(stamp_at(2), 1, core::FeedbackKind::kWords, "\xC3").has_value());
  EXPECT_EQ(verified(folder).events, 1);
}

TEST(Journal, OffersTheContractsViews) {
  const TempFolder folder;
  Journal journal = must(Journal::open(folder.path(), kDevice));
  core::Rating rating = rating_of(2, "v");
  rating.flags = {"burst", "out-of-hours"};
  must(journal.append(stamp_at(1'795'453'200'007), rating));
  must(journal.append_feedback(stamp_at(1'795'453'201'000), 1, core::FeedbackKind::kWords,
                               "chờ lâu"));
  SQLite::Database database = raw(folder);
  EXPECT_EQ(
      text(database,
           "SELECT device_id || '|' || seq || '|' || score || '|' || recorded_at || '|' ||"
           " clock_state || '|' || counter_id || '|' || field_id || '|' ||"
           " coalesce(procedure_id, '-') || '|' || coalesce(dossier_code, '-') || '|' || flags"
           " FROM v_rating"),
      "kt-10750-q1|1|2|2026-11-23T17:00:00.007Z|synced|q1|ho-tich|-|-|burst,out-of-hours");
  EXPECT_EQ(
      text(database,
           "SELECT device_id || '|' || seq || '|' || rating_seq || '|' || kind || '|' || text ||"
           " '|' || recorded_at || '|' || status FROM v_feedback"),
      "kt-10750-q1|2|1|words|chờ lâu|2026-11-23T17:00:01.000Z|new");
}

TEST(Journal, ErasesWordsAndStillVerifies) {
  const TempFolder folder;
  Journal journal = journal_with(folder.path(), 1);
  must(journal.append_feedback(stamp_at(5), 1, core::FeedbackKind::kWords, "chờ lâu"));
  const core::Bytes32 head_before = verified(folder).head;
  must(journal.erase(stamp_at(6), 2, "request"));

  SQLite::Database database = raw(folder);
  EXPECT_EQ(text(database, "SELECT status || coalesce(text, '') FROM v_feedback"), "erased");
  const Verification found = verified(folder);
  EXPECT_FALSE(found.first_bad.has_value()) << found.reason;
  EXPECT_EQ(found.events, 3);
  EXPECT_NE(found.head, head_before);
  EXPECT_EQ(journal.erase(stamp_at(7), 2, "again").error().fault, Fault::kNotFound);
}

TEST(Journal, LeavesNoTraceOfErasedWordsInTheFile) {
  const TempFolder folder;
  {
    Journal journal = journal_with(folder.path(), 1);
    must(journal.append_feedback(stamp_at(5), 1, core::FeedbackKind::kWords, "KHONG-AI-DUOC-DOC"));
    must(journal.erase(stamp_at(6), 2, "retention"));
    for (const auto& file : std::filesystem::directory_iterator(folder.path())) {
      std::ifstream stream(file.path(), std::ios::binary);
      const std::string bytes{std::istreambuf_iterator<char>(stream), {}};
      EXPECT_EQ(bytes.find("KHONG-AI-DUOC-DOC"), std::string::npos) << file.path();
    }
  }
}

TEST(Journal, RefusesToChangeOrDeleteAnEvent) {
  const TempFolder folder;
  const Journal journal = journal_with(folder.path(), 1);
  SQLite::Database database = raw(folder);
  EXPECT_THROW(database.exec("UPDATE event SET bytes = x'00'"), SQLite::Exception);
  EXPECT_THROW(database.exec("DELETE FROM event"), SQLite::Exception);
}

TEST(Journal, MakesTheSameProjectionsAgain) {
  const TempFolder folder;
  Journal journal = journal_with(folder.path(), 20);
  must(journal.append(stamp_at(1), core::Correction{3, core::Score::from(5).value()}));
  must(journal.append_feedback(stamp_at(2), 4, core::FeedbackKind::kWords, "cảm ơn"));
  SQLite::Database database = raw(folder);
  const auto all = [&] {
    return text(database,
                "SELECT group_concat(seq || ':' || score || ':' || recorded_at) FROM v_rating") +
           text(database,
                "SELECT group_concat(seq || ':' || rating_seq || ':' || text) FROM v_feedback");
  };
  const std::string before = all();
  database.exec(
      "DELETE FROM feedback; UPDATE rating SET score = 1; DELETE FROM rating WHERE seq > 10");
  ASSERT_NE(all(), before);
  must(journal.rebuild_projections());
  EXPECT_EQ(all(), before);
}

TEST(Journal, IsMadeWhileAnotherProgramHoldsTheNewFile) {
  const TempFolder folder;
  SQLite::Database other((folder.path() / kJournalFile).string(),
                         SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  other.exec("BEGIN IMMEDIATE; CREATE TABLE one (a)");
  std::thread kiosk([&] { EXPECT_TRUE(Journal::open(folder.path(), kDevice)); });
  std::this_thread::sleep_for(std::chrono::milliseconds{50});  // enough to fail, if it did
  other.exec("ROLLBACK");
  kiosk.join();
}

TEST(Journal, LetsSeveralWritersShareOneFile) {
  const TempFolder folder;
  { journal_with(folder.path(), 0); }
  constexpr int kEach = 25;
  const auto write = [&](const std::string& name) {
    Journal journal = must(Journal::open(folder.path(), kDevice));
    for (int i = 0; i < kEach; ++i) {
      must(journal.append(stamp_at(i), rating_of(4, name + std::to_string(i))));
    }
  };
  std::thread one(write, "one");
  std::thread other(write, "other");
  one.join();
  other.join();
  const Verification found = verified(folder);
  EXPECT_EQ(found.events, 2 * kEach);
  EXPECT_FALSE(found.first_bad.has_value()) << found.reason;
}

}  // namespace
}  // namespace hailong::journal
