#include <gtest/gtest.h>

#include <filesystem>
#include <vector>

#include "core/chain.h"
#include "journal/outbox.h"
#include "tests/journal/look.h"
#include "wire/receipt.h"

/// Somebody who can chain anew, with all that follows from it: what they cannot make is the
/// district's word on what was there before.

namespace hailong::journal {
namespace {

using tests::TempFolder;

class AgainstReceipts : public testing::Test {
 protected:
  /// Six events, of which a copy is laid aside; then the district confirms four more.
  void SetUp() override {
    Journal journal = journal_with(folder_.path(), 6);
    raw(folder_).exec("VACUUM INTO '" + (old_.path() / kJournalFile).string() + "'");
    for (int i = 6; i < 10; ++i) {
      must(journal.append(stamp_at(i), rating_of(2, "v" + std::to_string(i))));
    }
    identity_ = journal.identity();
    confirm(verified(folder_), district_);
  }

  void confirm(const Verification& at, const wire::SigningKey& key) {
    const wire::Receipt receipt{identity_.device, identity_.epoch, at.last, at.head,
                                1'795'453'201'000};
    sealed_ = wire::seal_receipt(receipt, key);
    Outbox outbox = must(Outbox::open(folder_.path()));
    must(outbox.keep(receipt, sealed_));
  }

  /// Lays the receipt beside the older copy.
  void carry_over() {
    SQLite::Database database = raw(old_);
    SQLite::Statement insert(database,
                             "INSERT INTO receipt (last, bytes, at_ms) VALUES (10, ?, 1)");
    insert.bind(1, sealed_.data(), static_cast<int>(sealed_.size()));
    insert.exec();
  }

  static Verification verify(const TempFolder& folder,
                             const std::optional<wire::PublicKey>& district = std::nullopt) {
    return must(must(Reader::open(folder.path() / kJournalFile)).verify(district));
  }

  /// Makes every hash anew from the bytes as they are by now.
  void chain_anew() {
    SQLite::Database database = raw(folder_);
    core::Bytes32 hash = core::chain_start(identity_.device, identity_.epoch);
    SQLite::Statement events(database, "SELECT seq, bytes FROM event ORDER BY seq");
    std::vector<core::Bytes32> hashes;
    while (events.executeStep()) {
      hash = core::chain_next(hash, sqlite::view_of(events.getColumn(1)));
      hashes.push_back(hash);
    }
    SQLite::Statement update(database, "UPDATE event SET hash = ? WHERE seq = ?");
    for (std::size_t i = 0; i < hashes.size(); ++i) {
      update.reset();
      update.bind(1, hashes[i].data(), static_cast<int>(hashes[i].size()));
      update.bind(2, static_cast<core::Seq>(i) + 1);
      update.exec();
    }
  }

  TempFolder folder_;
  TempFolder old_;
  Identity identity_;
  std::string sealed_;
  wire::SigningKey district_ = wire::SigningKey::generate();
};

TEST_F(AgainstReceipts, AnHonestJournalVerifies) {
  const Verification found = verify(folder_, district_.public_key());
  EXPECT_FALSE(found.first_bad.has_value()) << found.reason;
  EXPECT_EQ(found.events, 10);
}

TEST_F(AgainstReceipts, AJournalThatWasCutIsFoundAtItsFirstMissingEvent) {
  EXPECT_FALSE(verify(old_).first_bad.has_value()) << "nothing on the card says that it is old";
  carry_over();
  const Verification found = verify(old_);
  EXPECT_EQ(found.first_bad, 7);
  EXPECT_EQ(found.reason, "it is missing, and the district confirmed all up to event 10");
}

TEST_F(AgainstReceipts, AJournalThatWasSetBackAndWentOnIsFound) {
  {
    Journal journal = must(Journal::open(old_.path(), kDevice));
    for (int i = 0; i < 6; ++i) {
      must(journal.append(stamp_at(i), rating_of(5, "other" + std::to_string(i))));
    }
  }
  EXPECT_FALSE(verify(old_).first_bad.has_value());
  carry_over();
  const Verification found = verify(old_);
  EXPECT_EQ(found.first_bad, 10);
  EXPECT_EQ(found.reason, "it, or one before it, is not what the district confirmed");
}

TEST_F(AgainstReceipts, AChainThatWasMadeAnewIsFound) {
  raw(folder_).exec(
      "DROP TRIGGER event_is_never_changed; UPDATE event SET bytes = CAST(replace(CAST(bytes AS"
      " TEXT), '\"clock\":\"synced\"', '\"clock\": \"synced\"') AS BLOB) WHERE seq = 4");
  EXPECT_EQ(verify(folder_).first_bad, 4);
  chain_anew();
  EXPECT_EQ(verify(folder_).first_bad, 10);
  raw(folder_).exec("DELETE FROM receipt");
  EXPECT_FALSE(verify(folder_).first_bad.has_value()) << "all else was made to fit";
}

TEST_F(AgainstReceipts, WhatTheDistrictDidNotSignIsNoReceipt) {
  confirm(verified(folder_), wire::SigningKey::generate());
  EXPECT_FALSE(verify(folder_).first_bad.has_value()) << "believed without the district's key";
  EXPECT_EQ(verify(folder_, district_.public_key()).first_bad, 10);
}

TEST_F(AgainstReceipts, AReceiptOfAnotherJournalIsNone) {
  raw(folder_).exec("UPDATE receipt SET last = 9");
  EXPECT_EQ(verify(folder_).first_bad, 9);
  raw(folder_).exec("UPDATE receipt SET last = 10, bytes = CAST('receipt' AS BLOB)");
  EXPECT_EQ(verify(folder_).first_bad, 10);
}

}  // namespace
}  // namespace hailong::journal
