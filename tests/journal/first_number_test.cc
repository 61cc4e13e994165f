#include <gtest/gtest.h>

#include "core/chain.h"
#include "journal/outbox.h"
#include "journal/review.h"
#include "tests/journal/look.h"

/// An epoch that follows others at its place goes on with their numbers.

namespace hailong::journal {
namespace {

using tests::TempFolder;

constexpr core::Seq kFirst = 501;

class FirstNumber : public testing::Test {
 protected:
  Journal journal() { return must(Journal::open(folder_.path(), kDevice, kFirst)); }
  Outbox outbox() { return must(Outbox::open(folder_.path())); }
  core::Bytes32 start() {
    const Identity identity = journal().identity();
    return core::chain_start(identity.device, identity.epoch, kFirst);
  }

  TempFolder folder_;
};

TEST_F(FirstNumber, IsGivenToTheFirstEvent) {
  Journal open = journal();
  EXPECT_EQ(must(Review(open).last_event()), kFirst - 1);
  EXPECT_EQ(must(open.append(stamp_at(1), rating_of(5, "v1"))).seq, kFirst);
  EXPECT_EQ(
      must(open.append(stamp_at(2), core::Correction{kFirst, core::Score::from(2).value()})).seq,
      kFirst + 1);
  expect_verifies(folder_);
  EXPECT_EQ(verified(folder_).events, 2);
  EXPECT_EQ(verified(folder_).last, kFirst + 1);
}

TEST_F(FirstNumber, StaysWhatTheJournalBeganWith) {
  must(journal().append(stamp_at(1), rating_of(5, "v1")));
  Journal later = must(Journal::open(folder_.path(), kDevice, 9000));
  EXPECT_EQ(later.identity().first, kFirst);
  EXPECT_EQ(must(later.append(stamp_at(2), rating_of(4, "v2"))).seq, kFirst + 1);
  EXPECT_EQ(must(Journal::open(folder_.path(), kDevice)).identity().first, kFirst);
}

TEST_F(FirstNumber, IsOneAtLeast) {
  const auto none = Journal::open(folder_.path(), kDevice, 0);
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().fault, core::Fault::kInvalid);
}

TEST_F(FirstNumber, IsCoveredByTheChain) {
  must(journal().append(stamp_at(1), rating_of(5, "v1")));
  raw(folder_).exec("UPDATE identity SET first = 500");
  EXPECT_EQ(verified(folder_).first_bad, kFirst);
}

TEST_F(FirstNumber, LetsNothingStandBeforeIt) {
  must(journal().append(stamp_at(1), rating_of(5, "v1")));
  raw(folder_).exec("INSERT INTO event SELECT 3, hash, bytes FROM event");
  EXPECT_EQ(verified(folder_).first_bad, 3);
}

TEST_F(FirstNumber, IsWhereTheOutboxBegins) {
  Journal open = journal();
  EXPECT_EQ(must(outbox().last()), kFirst - 1);
  EXPECT_EQ(must(outbox().high_water()), kFirst - 1);
  must(open.append(stamp_at(1), rating_of(5, "v1")));
  const wire::Batch batch = must(outbox().batch(kFirst, 10, kMany));
  EXPECT_EQ(batch.claim.previous, start());
  EXPECT_EQ(batch.claim.last, kFirst);
  EXPECT_EQ(must(Review(open).waiting()), 1);
  const Identity& own = open.identity();
  must(outbox().keep({own.device, own.epoch, kFirst, batch.claim.head, 77}, "receipt"));
  EXPECT_EQ(must(outbox().high_water()), kFirst);
  EXPECT_EQ(must(Review(open).waiting()), 0);
}

TEST_F(FirstNumber, IsVerifiedFromInSteps) {
  Journal open = journal();
  for (int i = 0; i < 5; ++i) must(open.append(stamp_at(i), rating_of(3, std::to_string(i))));
  Reader reader = must(Reader::open(folder_.path() / kJournalFile));
  const Verification nothing = must(reader.verify_from(0, {}, 0));
  EXPECT_EQ(nothing.last, kFirst - 1);
  EXPECT_EQ(nothing.head, start());
  const Verification some = must(reader.verify_from(nothing.last, nothing.head, 2));
  EXPECT_EQ(some.last, kFirst + 1);
  EXPECT_EQ(must(reader.verify_from(some.last, some.head, kMany)).last, kFirst + 4);
  EXPECT_EQ(must(reader.verify_from(kFirst - 1, core::Bytes32{1}, kMany)).first_bad, kFirst - 1);
}

}  // namespace
}  // namespace hailong::journal
