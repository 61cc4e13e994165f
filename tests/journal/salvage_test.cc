#include "journal/salvage.h"

#include <gtest/gtest.h>

#include <fstream>

#include "journal/number_bound.h"
#include "journal/outbox.h"
#include "journal/set_aside.h"
#include "journal/staff_book.h"
#include "tests/journal/damage.h"
#include "tests/journal/look.h"
#include "wire/event_codec.h"
#include "wire/key_file.h"

namespace hailong::journal {
namespace {

namespace fs = std::filesystem;
using tests::TempFolder;

const wire::SigningKey kDistrict = wire::SigningKey::from_seed(core::Bytes32{9});

class SalvageTest : public testing::Test {
 protected:
  [[nodiscard]] fs::path data_dir() const { return folder_.path(); }
  [[nodiscard]] fs::path file() const { return data_dir() / kJournalFile; }

  core::Salvage salvaged(core::Seq first = 1) {
    const auto found = must(salvage(data_dir(), kDevice, stamp_at(1'795'500'000'000), first));
    EXPECT_TRUE(found);
    return found.value_or(core::Salvage{});
  }

  void receipt_up_to(core::Seq last) {
    auto outbox = must(Outbox::open(data_dir()));
    const wire::Batch batch = must(outbox.batch(1, last, 10'000'000));
    const wire::Receipt receipt{kDevice, batch.claim.epoch, last, batch.claim.head, 1};
    must(outbox.keep(receipt, wire::seal_receipt(receipt, kDistrict)));
  }

  Verification verified_in(const fs::path& folder) {
    return must(must(Reader::open(folder / kJournalFile)).verify());
  }

  TempFolder folder_;
};

TEST_F(SalvageTest, LeavesAWholeJournalAlone) {
  journal_with(data_dir(), 10);
  const std::string before = bytes_of(file());
  EXPECT_EQ(must(salvage(data_dir(), kDevice, stamp_at(1), 1)), std::nullopt);
  EXPECT_EQ(bytes_of(file()), before);
  EXPECT_FALSE(fs::exists(data_dir() / kSetAsideFolder));
}

TEST_F(SalvageTest, KeepsEverythingUpToTheLastEventThatVerifies) {
  const core::EpochId epoch = journal_with(data_dir(), 90).identity().epoch;
  damage_event(file(), "v60");
  const std::string damaged = bytes_of(file());

  const core::Salvage found = salvaged();
  EXPECT_EQ(found.epoch, epoch);
  EXPECT_GT(found.last, 30);
  EXPECT_LT(found.last, 61);
  EXPECT_FALSE(found.why.empty());

  const fs::path aside = data_dir() / kSetAsideFolder / epoch.value;
  EXPECT_EQ(set_aside_journals(data_dir()), std::vector{aside});
  EXPECT_EQ(bytes_of(aside / kDamagedFile), damaged) << "whole and untouched";
  const Verification kept = verified_in(aside);
  EXPECT_EQ(kept.first_bad, std::nullopt) << kept.reason;
  EXPECT_EQ(kept.events, found.last);
  EXPECT_EQ(kept.head, found.head);
}

TEST_F(SalvageTest, BeginsANewEpochBehindTheHighestNumberAndSaysSo) {
  const core::EpochId epoch = journal_with(data_dir(), 90).identity().epoch;
  const auto key = must(wire::read_key(data_dir() / kDeviceKeyFile)).public_key();
  damage_event(file(), "v60");
  const core::Salvage found = salvaged();

  Journal journal = must(Journal::open(data_dir(), kDevice));
  EXPECT_NE(journal.identity().epoch, epoch);
  EXPECT_EQ(journal.identity().public_key, key);
  EXPECT_EQ(journal.identity().first, 91);
  EXPECT_EQ(must(journal.append(stamp_at(1), rating_of(4, "after"))).seq, 92);
  auto reader = must(Reader::open(file()));
  std::vector<std::string> lines;
  must(reader.each_event([&](std::string_view line) { lines.emplace_back(line); }));
  EXPECT_EQ(must(wire::EventDecoder().decode(lines.at(0))).body, core::Body(found));
  expect_verifies(folder_);
}

TEST_F(SalvageTest, LosesNothingUnsentWhenTheDamageIsAmongWhatTheDistrictHas) {
  journal_with(data_dir(), 90);
  receipt_up_to(75);
  damage_event(file(), "v30");
  EXPECT_EQ(salvaged().last, 90);
  auto outbox = must(Outbox::open(set_aside_journals(data_dir()).at(0)));
  EXPECT_EQ(must(outbox.high_water()), 75);
  EXPECT_EQ(must(outbox.last()), 90);
  EXPECT_EQ(must(outbox.batch(76, 500, 1'000'000)).events.size(), 15U);
}

TEST_F(SalvageTest, KeepsWordsAndErasuresWithTheirEvents) {
  {
    Journal journal = journal_with(data_dir(), 10);
    const auto kind = core::FeedbackKind::kWords;
    must(journal.append_feedback(stamp_at(1), 3, kind, "Cán bộ nhiệt tình"));
    const auto second = must(journal.append_feedback(stamp_at(1), 4, kind, "Chờ lâu"));
    must(journal.erase(stamp_at(2), second.seq, "theo yêu cầu"));
    for (int i = 0; i < 80; ++i) {
      must(journal.append(stamp_at(3), rating_of(3, "later" + std::to_string(i))));
    }
  }
  damage_event(file(), "later60");
  salvaged();
  const fs::path aside = set_aside_journals(data_dir()).at(0);
  EXPECT_EQ(verified_in(aside).first_bad, std::nullopt) << verified_in(aside).reason;
  const wire::Batch batch = must(must(Outbox::open(aside)).batch(11, 500, 1'000'000, 0));
  ASSERT_EQ(batch.contents.size(), 1U);
  EXPECT_EQ(batch.contents[0].text, "Cán bộ nhiệt tình");
}

TEST_F(SalvageTest, TakesNoContactDataAlong) {
  {
    Journal journal = journal_with(data_dir(), 10);
    must(journal.append_contact(stamp_at(1), consent_for(3), "0912345678"));
    for (int i = 0; i < 80; ++i) {
      must(journal.append(stamp_at(3), rating_of(3, "later" + std::to_string(i))));
    }
  }
  damage_event(file(), "later60");
  salvaged();
  const fs::path aside = set_aside_journals(data_dir()).at(0);
  EXPECT_EQ(bytes_of(aside / kJournalFile).find("0912345678"), std::string::npos);
  EXPECT_EQ(verified_in(aside).first_bad, std::nullopt) << verified_in(aside).reason;
  SQLite::Database kept((aside / kJournalFile).string());
  EXPECT_EQ(text(kept, "SELECT kind || status FROM v_feedback"), "contacterased");
}

TEST_F(SalvageTest, LetsStaffGoOnWithTheirPins) {
  const core::Bytes32 code{5};
  {
    Journal journal = journal_with(data_dir(), 90);
    StaffBook book(journal);
    must(book.set_up(stamp_at(1), code, {"ha", "ha", "Hà", core::StaffRole::kHead, true}, "hash"));
    must(book.add_wrong_try(stamp_at(2), "ha", false));
  }
  damage_event(file(), "v30");
  salvaged();
  Journal journal = must(Journal::open(data_dir(), kDevice));
  StaffBook book(journal);
  const Person ha{"ha", "Hà", core::StaffRole::kHead, true};
  EXPECT_EQ(must(book.people()), std::vector{ha});
  EXPECT_EQ(must(book.pin("ha")), (Pin{"hash", false}));
  EXPECT_EQ(must(book.tries("ha")).wrong, 1);
  EXPECT_TRUE(must(book.is_used(code)));
  expect_verifies(folder_);
}

TEST_F(SalvageTest, SetsAsideWhatCannotBeReadAtAll) {
  journal_with(data_dir(), 10);
  damage_page(file(), 1);
  EXPECT_EQ(Journal::open(data_dir(), kDevice).error().fault, core::Fault::kCorrupt);
  const core::Salvage found = salvaged();
  EXPECT_EQ(found.last, 0);
  EXPECT_TRUE(set_aside_journals(data_dir()).empty());
  EXPECT_EQ(damaged_journals(data_dir()).size(), 1U);
  Journal journal = must(Journal::open(data_dir(), kDevice));
  EXPECT_TRUE(journal.append(stamp_at(1), rating_of(4, "after")));
}

TEST_F(SalvageTest, GivesNoNumberTwiceWhenNothingCanBeReadAnyMore) {
  must(journal_with(data_dir(), 10).bound_numbers());
  const core::Seq bound = number_bound(data_dir());
  EXPECT_GE(bound, 10'000);
  must(must(Journal::open(data_dir(), kDevice)).bound_numbers());
  EXPECT_EQ(number_bound(data_dir()), bound) << "not written again before it is reached";
  damage_page(file(), 1);
  salvaged();
  EXPECT_EQ(must(Journal::open(data_dir(), kDevice)).identity().first, bound + 1);
}

TEST_F(SalvageTest, BeginsNoEarlierThanTheDistrictAllows) {
  journal_with(data_dir(), 10);
  damage_page(file(), 1);
  salvaged(4001);
  EXPECT_EQ(must(Journal::open(data_dir(), kDevice)).identity().first, 4001);
}

TEST_F(SalvageTest, IsNotDoneToAnotherDevicesJournal) {
  journal_with(data_dir(), 90);
  damage_event(file(), "v60");
  const auto refused = salvage(data_dir(), core::DeviceId{"another"}, stamp_at(1), 1);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().fault, core::Fault::kInvalid);
  EXPECT_TRUE(set_aside_journals(data_dir()).empty());
}

TEST_F(SalvageTest, LetsACompactionUnderWayTakeNothingFromTheJournalThatWasSetAside) {
  Journal other = journal_with(data_dir(), 90);
  receipt_up_to(20);
  {
    // As a power cut leaves it: the anchor is moved, nothing is deleted yet.
    SQLite::Database database = raw(folder_);
    database.exec(
        "INSERT INTO anchor SELECT 1, seq, hash, (SELECT bytes FROM receipt) FROM event"
        " WHERE seq = 20; PRAGMA wal_checkpoint(TRUNCATE)");
  }
  damage_event(file(), "v60");
  const auto compacted = other.compact(stamp_at(1), 90, kDistrict.public_key(), [&] {
    if (!fs::exists(data_dir() / kSetAsideFolder)) salvaged();
    return true;
  });
  ASSERT_FALSE(compacted);
  EXPECT_EQ(compacted.error().fault, core::Fault::kIo) << compacted.error().message;
}

TEST_F(SalvageTest, LetsNobodyWriteIntoTheJournalThatWasSetAside) {
  Journal other = journal_with(data_dir(), 90);
  receipt_up_to(10);
  auto outbox = must(Outbox::open(data_dir()));
  raw(folder_).exec("PRAGMA wal_checkpoint(TRUNCATE)");
  damage_event(file(), "v60");
  salvaged();
  const auto late = other.append(stamp_at(2), rating_of(4, "late"));
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().fault, core::Fault::kIo) << late.error().message;
  EXPECT_FALSE(outbox.keep({kDevice, outbox.identity().epoch, 0, {}, 1}, ""));
  other = must(Journal::open(data_dir(), kDevice));
  EXPECT_TRUE(other.append(stamp_at(2), rating_of(4, "late")));
}

/// What a power cut leaves at each step, put together from the folder before and after.
class CutSalvageTest : public SalvageTest {
 protected:
  CutSalvageTest() {
    journal_with(data_dir(), 90);
    damage_event(file(), "v60");
    damaged_ = bytes_of(file());
    found_ = salvaged();
    aside_ = data_dir() / kSetAsideFolder / found_.epoch.value;
    // Step 2 is done, 3 and 4 are not.
    fs::create_directory(aside_ / kNextFolder);
    fs::rename(file(), aside_ / kNextFolder / kJournalFile);
    fs::rename(aside_ / kDamagedFile, file());
    fs::remove(file().string() + "-wal");
    fs::remove(file().string() + "-shm");
  }

  void expect_finished() {
    Journal journal = must(Journal::open(data_dir(), kDevice));
    EXPECT_EQ(journal.identity().first, 91);
    EXPECT_EQ(bytes_of(aside_ / kDamagedFile), damaged_);
    EXPECT_FALSE(fs::exists(aside_ / kNextFolder));
    EXPECT_EQ(must(journal.append(stamp_at(1), rating_of(4, "after"))).seq, 92);
    expect_verifies(folder_);
  }

  std::string damaged_;
  core::Salvage found_;
  fs::path aside_;
};

TEST_F(CutSalvageTest, IsFinishedByWhoeverOpensTheJournal) { expect_finished(); }

TEST_F(CutSalvageTest, IsFinishedByTheDaemonToo) {
  EXPECT_EQ(must(must(Outbox::open(data_dir())).last()), 91);
  expect_finished();
}

TEST_F(CutSalvageTest, KeepsTheOldLogWithItsFile) {
  std::ofstream(file().string() + "-wal") << "the old journal's log";
  fs::rename(file(), aside_ / kDamagedFile);
  expect_finished();
  EXPECT_EQ(bytes_of((aside_ / kDamagedFile).string() + "-wal"), "the old journal's log");
}

TEST_F(CutSalvageTest, BeginsAgainWhereNothingWasDecided) {
  fs::rename(aside_, data_dir() / kSetAsideFolder / kMakingFolder);
  EXPECT_EQ(salvaged().last, found_.last);
  expect_finished();
}

}  // namespace
}  // namespace hailong::journal
