#include <gtest/gtest.h>

#include "district/ingest/verifier.h"
#include "district/storage/cases.h"
#include "tests/district/sample.h"

/// Words that come later than the event that commits to them.

namespace hailong::district {
namespace {

using ingest::Refusal;

class LateWords : public testing::Test {
 protected:
  LateWords() {
    register_kiosk(reception_.store(), kiosk_);
    const core::Seq rating = kiosk_.rate(1);
    words_ = kiosk_.say(rating, "chờ lâu");
    kiosk_.rate(5);
  }

  ingest::Answer send(core::Seq first, core::Seq to, wire::ContentsClaim contents) {
    return send(kiosk_.batch_with(first, to, contents));
  }
  ingest::Answer send(const wire::Batch& batch) {
    return reception_.take(kiosk_, must(wire::seal_batch(batch, kiosk_.key())));
  }

  storage::CaseWords words() {
    const auto file = must(storage::CaseStore(reception_.store()).read({1, 1}));
    EXPECT_EQ(file.row.words.size(), 1U);
    return file.row.words.at(0);
  }

  Reception reception_;
  FakeKiosk kiosk_{"kt-1"};
  core::Seq words_ = 0;
};

TEST_F(LateWords, AreAwaitedAndThenShown) {
  EXPECT_EQ(accepted(send(1, 3, {0, 0})).receipt.contents, 0);
  EXPECT_TRUE(words().awaited);
  EXPECT_EQ(words().text, std::nullopt);
  const auto then = accepted(send(3, 3, {0, 3}));
  EXPECT_EQ(then.added, 0);
  EXPECT_EQ(then.receipt.contents, 3);
  EXPECT_EQ(words().text, "chờ lâu");
  EXPECT_FALSE(words().awaited);
}

TEST_F(LateWords, ComeWithTheirEventsAsBefore) {
  EXPECT_EQ(accepted(send(kiosk_.batch(1, 3))).receipt.contents, 3);
  EXPECT_EQ(words().text, "chờ lâu");
}

TEST_F(LateWords, ThatNeverComeAreErasedOnes) {
  wire::Batch batch = kiosk_.batch(1, 3);
  batch.contents.clear();  // erased on the kiosk before they were sent
  EXPECT_EQ(accepted(send(batch)).receipt.contents, 3);
  EXPECT_FALSE(words().awaited);
}

TEST_F(LateWords, StayErasedWhateverComes) {
  accepted(send(1, 3, {0, 0}));
  const core::Bytes32 digest = core::content_digest(kiosk_.batch(1, 3).contents[0].salt, "chờ lâu");
  kiosk_.append(core::Erasure{digest, "request"});
  accepted(send(4, 4, {0, 0}));
  EXPECT_FALSE(words().awaited);
  accepted(send(3, 3, {0, 3}));  // sent before the erasure, and held up on its way
  EXPECT_EQ(words().text, std::nullopt);
}

TEST_F(LateWords, MustBeThoseThatTheEventCommitsTo) {
  accepted(send(1, 3, {0, 0}));
  wire::Batch forged = kiosk_.batch_with(3, 3, {0, 3});
  forged.contents.at(0).text = "rất tốt";
  EXPECT_EQ(refused(send(forged)).why, Refusal::kBadContent);
  forged.contents.at(0) = {1, forged.contents[0].salt, "chờ lâu"};  // of a rating
  EXPECT_EQ(refused(send(forged)).why, Refusal::kBadContent);
  EXPECT_TRUE(words().awaited);
}

// The district says how far it has them; a claim that leaves a hole moves nothing.
TEST_F(LateWords, AreCompleteOnlyWithoutAHole) {
  accepted(send(1, 3, {0, 0}));
  EXPECT_EQ(accepted(send(3, 3, {2, 3})).receipt.contents, 0);
  EXPECT_EQ(accepted(send(3, 3, {0, 2})).receipt.contents, 2);
  EXPECT_EQ(accepted(send(3, 3, {2, 3})).receipt.contents, 3);
}

}  // namespace
}  // namespace hailong::district
