#include "journal/outbox.h"

#include <gtest/gtest.h>

#include "core/chain.h"
#include "sqlite/database.h"
#include "tests/journal/sample.h"
#include "tests/temp_folder.h"

namespace hailong::journal {
namespace {

using core::Fault;
using tests::TempFolder;

wire::Receipt receipt_for(Outbox& outbox, core::Seq last) {
  const wire::Batch batch = must(outbox.batch(1, last, kMany));
  return {outbox.identity().device, outbox.identity().epoch, last, batch.claim.head, 1};
}

TEST(Outbox, WaitsForTheKiosk) {
  const TempFolder folder;
  const auto outbox = Outbox::open(folder.path());
  ASSERT_FALSE(outbox.has_value());
  EXPECT_EQ(outbox.error().fault, Fault::kNotFound);
}

TEST(Outbox, IsEmptyAtFirst) {
  const TempFolder folder;
  const Journal journal = journal_with(folder.path(), 0);
  Outbox outbox = must(Outbox::open(folder.path()));
  EXPECT_EQ(must(outbox.last()), 0);
  EXPECT_EQ(must(outbox.high_water()), 0);
  EXPECT_EQ(outbox.batch(1, 10, kMany).error().fault, Fault::kNotFound);
}

TEST(Outbox, GivesRunsThatFollowTheChain) {
  const TempFolder folder;
  const Journal journal = journal_with(folder.path(), 10);
  Outbox outbox = must(Outbox::open(folder.path()));
  const Identity& identity = outbox.identity();

  core::Bytes32 hash = core::chain_start(identity.device, identity.epoch);
  for (core::Seq first = 1; first <= 10; first += 4) {
    const wire::Batch batch = must(outbox.batch(first, 4, kMany));
    EXPECT_EQ(batch.claim.first, first);
    EXPECT_EQ(batch.claim.previous, hash);
    for (const std::string& event : batch.events) hash = core::chain_next(hash, event);
    EXPECT_EQ(batch.claim.head, hash);
    EXPECT_EQ(batch.claim.last, std::min<core::Seq>(first + 3, 10));
  }
}

TEST(Outbox, KeepsToTheByteLimitButSendsAtLeastOneEvent) {
  const TempFolder folder;
  const Journal journal = journal_with(folder.path(), 5);
  Outbox outbox = must(Outbox::open(folder.path()));
  EXPECT_EQ(must(outbox.batch(1, 500, 1)).events.size(), 1U);
  const auto size = static_cast<std::int64_t>(must(outbox.batch(1, 1, kMany)).events[0].size());
  EXPECT_EQ(must(outbox.batch(1, 500, 2 * size)).events.size(), 2U);
}

TEST(Outbox, SendsWordsUnlessTheyWereErased) {
  const TempFolder folder;
  Journal journal = journal_with(folder.path(), 1);
  must(journal.append_feedback(stamp_at(1), 1, core::FeedbackKind::kWords, "chờ lâu"));
  must(journal.append_feedback(stamp_at(2), 1, core::FeedbackKind::kWords, "bí mật"));
  must(journal.erase(stamp_at(3), 3, "request"));
  Outbox outbox = must(Outbox::open(folder.path()));
  const wire::Batch batch = must(outbox.batch(1, 500, kMany));
  ASSERT_EQ(batch.events.size(), 4U);
  ASSERT_EQ(batch.contents.size(), 1U);
  EXPECT_EQ(batch.contents[0].seq, 2);
  EXPECT_EQ(batch.contents[0].text, "chờ lâu");
}

TEST(Outbox, KeepsContactDataOnTheKiosk) {
  const TempFolder folder;
  Journal journal = journal_with(folder.path(), 1);
  must(journal.append_contact(stamp_at(2), consent_for(1), "Bà Lan, 0912345678"));
  for (const bool dossier_codes : {false, true}) {
    Outbox outbox = must(Outbox::open(folder.path(), {dossier_codes}));
    const wire::Batch batch = must(outbox.batch(1, 500, kMany));
    EXPECT_EQ(batch.events.size(), 3U);
    EXPECT_TRUE(batch.contents.empty());
  }
}

TEST(Outbox, KeepsContactDataWhenTheProjectionLies) {
  const TempFolder folder;
  Journal journal = journal_with(folder.path(), 1);
  must(journal.append_contact(stamp_at(2), consent_for(1), "0912345678"));
  SQLite::Database((folder.path() / kJournalFile).string(), SQLite::OPEN_READWRITE)
      .exec("UPDATE feedback SET kind = 'words'");
  Outbox outbox = must(Outbox::open(folder.path()));
  EXPECT_TRUE(must(outbox.batch(1, 500, kMany)).contents.empty());
}

TEST(Outbox, SendsDossierCodesOnlyWhenAsked) {
  const TempFolder folder;
  Journal journal = journal_with(folder.path(), 1);
  must(journal.append_dossier(stamp_at(2), 1, dossier_ref("H24-261120-0001", 7)));
  EXPECT_TRUE(must(must(Outbox::open(folder.path())).batch(1, 500, kMany)).contents.empty());
  Outbox outbox = must(Outbox::open(folder.path(), {.dossier_codes = true}));
  const wire::Batch batch = must(outbox.batch(1, 500, kMany));
  ASSERT_EQ(batch.contents.size(), 1U);
  EXPECT_EQ(batch.contents[0].text, "H24-261120-0001");
}

TEST(Outbox, CountsOnlyTheBytesThatItSends) {
  const TempFolder folder;
  Journal journal = journal_with(folder.path(), 1);
  must(journal.append_contact(stamp_at(2), consent_for(1), std::string(5000, '1')));
  Outbox outbox = must(Outbox::open(folder.path()));
  EXPECT_EQ(must(outbox.batch(1, 500, 2000)).events.size(), 3U);
}

TEST(Outbox, LetsWordsRideOnlyAtTheJournalsEnd) {
  const TempFolder folder;
  Journal journal = journal_with(folder.path(), 1);
  must(journal.append_feedback(stamp_at(1), 1, core::FeedbackKind::kWords, "chờ lâu"));
  must(journal.append(stamp_at(2), rating_of(4, "later")));
  Outbox outbox = must(Outbox::open(folder.path()));
  const wire::Batch backlog = must(outbox.batch(1, 2, kMany));
  EXPECT_TRUE(backlog.contents.empty());
  EXPECT_EQ(backlog.claim.contents, (wire::ContentsClaim{0, 0}));
  EXPECT_TRUE(must(outbox.batch(3, 2, kMany, std::nullopt)).contents.empty());

  const wire::Batch end = must(outbox.batch(3, 2, kMany, 0));
  EXPECT_EQ(end.claim.contents, (wire::ContentsClaim{0, 3}));
  ASSERT_EQ(end.contents.size(), 1U);
  EXPECT_EQ(end.contents[0].seq, 2);

  const wire::Batch again = must(outbox.batch(4, 2, kMany, 0));
  EXPECT_EQ(again.claim.first, 3) << "words alone come with the last event once more";
  EXPECT_EQ(again.events.size(), 1U);
  EXPECT_EQ(again.contents.size(), 1U);
  EXPECT_EQ(must(outbox.oldest_content(0))->wall_ms, 1);
  EXPECT_EQ(must(outbox.oldest_content(2)), std::nullopt);
}

TEST(Outbox, ClaimsNoMoreWordsThanABatchHolds) {
  const TempFolder folder;
  Journal journal = journal_with(folder.path(), 1);
  for (int i = 1; i <= 3; ++i) {
    must(journal.append_feedback(stamp_at(i), 1, core::FeedbackKind::kWords,
                                 std::to_string(i) + std::string(1000, 'x')));
  }
  Outbox outbox = must(Outbox::open(folder.path()));
  const wire::Batch some = must(outbox.batch(5, 500, 1500, 0));
  EXPECT_EQ(some.contents.size(), 1U);
  EXPECT_EQ(some.claim.contents, (wire::ContentsClaim{0, 2}));
  const wire::Batch rest = must(outbox.batch(5, 500, kMany, 2));
  EXPECT_EQ(rest.contents.size(), 2U);
  EXPECT_EQ(rest.claim.contents, (wire::ContentsClaim{2, 4}));
}

TEST(Outbox, TellsHowFarTheDistrictHasTheWords) {
  const TempFolder folder;
  const Journal journal = journal_with(folder.path(), 4);
  Outbox outbox = must(Outbox::open(folder.path()));
  EXPECT_EQ(must(outbox.confirmed_contents()), 0);
  const wire::SigningKey district = wire::SigningKey::generate();
  wire::Receipt receipt = receipt_for(outbox, 3);
  must(outbox.keep(receipt, wire::seal_receipt(receipt, district)));
  EXPECT_EQ(must(outbox.confirmed_contents()), 3) << "of a district that takes words with events";
  receipt.contents = 1;
  must(outbox.keep(receipt, wire::seal_receipt(receipt, district)));
  EXPECT_EQ(must(outbox.confirmed_contents()), 1);
}

TEST(Outbox, TellsWhatHasGathered) {
  const TempFolder folder;
  Journal journal = journal_with(folder.path(), 3);
  Outbox outbox = must(Outbox::open(folder.path()));
  EXPECT_EQ(must(outbox.gathered(4, 500, kMany)).events, 0);
  const Gathered two = must(outbox.gathered(2, 500, kMany));
  EXPECT_EQ(two.events, 2);
  EXPECT_FALSE(two.is_full || two.is_urgent);
  EXPECT_EQ(two.oldest, stamp_at(1'795'453'200'001));
  EXPECT_TRUE(must(outbox.gathered(2, 2, kMany)).is_full);
  EXPECT_TRUE(must(outbox.gathered(2, 500, 10)).is_full);
  must(journal.append(stamp_at(9), core::Answers{1, {{"extra-payment", {"yes"}}}, true}));
  EXPECT_TRUE(must(outbox.gathered(2, 500, kMany)).is_urgent);
}

TEST(Outbox, MovesOnlyByAReceipt) {
  const TempFolder folder;
  const Journal journal = journal_with(folder.path(), 10);
  Outbox outbox = must(Outbox::open(folder.path()));
  must(outbox.keep(receipt_for(outbox, 4), "receipt 4"));
  EXPECT_EQ(must(outbox.high_water()), 4);
  must(outbox.keep(receipt_for(outbox, 2), "an older one, late"));
  EXPECT_EQ(must(outbox.high_water()), 4);
  EXPECT_EQ(must(must(Outbox::open(folder.path())).high_water()), 4);
}

TEST(Outbox, RefusesReceiptsThatDoNotFitTheJournal) {
  const TempFolder folder;
  const Journal journal = journal_with(folder.path(), 3);
  Outbox outbox = must(Outbox::open(folder.path()));
  const auto refused = [&](auto change) {
    wire::Receipt receipt = receipt_for(outbox, 2);
    change(receipt);
    const auto kept = outbox.keep(receipt, "x");
    return !kept && kept.error().fault == Fault::kConflict;
  };
  EXPECT_TRUE(refused([](auto& receipt) { receipt.device = core::DeviceId{"other"}; }));
  EXPECT_TRUE(refused([](auto& receipt) { receipt.epoch = core::EpochId{"other"}; }));
  EXPECT_TRUE(refused([](auto& receipt) { receipt.head[0] ^= 1; }));
  EXPECT_TRUE(refused([](auto& receipt) { receipt.last = 3; }));
  EXPECT_TRUE(refused([](auto& receipt) { receipt.last = 4; }));
  EXPECT_EQ(must(outbox.high_water()), 0);
}

TEST(Outbox, SeesWhatTheKioskAppendsMeanwhile) {
  const TempFolder folder;
  Journal journal = journal_with(folder.path(), 1);
  Outbox outbox = must(Outbox::open(folder.path()));
  EXPECT_EQ(must(outbox.last()), 1);
  must(journal.append(stamp_at(1), rating_of(5, "new")));
  EXPECT_EQ(must(outbox.last()), 2);
  EXPECT_EQ(must(outbox.batch(2, 500, kMany)).events.size(), 1U);
}

}  // namespace
}  // namespace hailong::journal
