#include "district/ingest/judge.h"

#include <gtest/gtest.h>

namespace hailong::district::ingest {
namespace {

/// Hash number `n` of an imagined chain; another `branch` is a fork of it.
core::Bytes32 hash(int n, int branch = 0) {
  core::Bytes32 bytes{};
  bytes[0] = static_cast<std::uint8_t>(n);
  bytes[1] = static_cast<std::uint8_t>(branch);
  return bytes;
}

struct Sent {
  core::Seq first;
  core::Bytes32 previous;
  std::vector<core::Bytes32> hashes;

  [[nodiscard]] Judgement against(const Stored& stored) const {
    return judge({first, previous, hashes}, stored);
  }
};

Sent sent(int first, int last, int branch_from = 1000) {
  Sent run{first, hash(first - 1, first - 1 >= branch_from ? 1 : 0), {}};
  for (int n = first; n <= last; ++n) run.hashes.push_back(hash(n, n >= branch_from ? 1 : 0));
  return run;
}

Stored stored(int position) { return {position, hash(position), std::nullopt, {}}; }

TEST(Judge, TakesTheNextRun) {
  const auto judgement = sent(11, 15).against(stored(10));
  ASSERT_TRUE(std::holds_alternative<Continues>(judgement));
  EXPECT_EQ(std::get<Continues>(judgement).from, 0U);
}

TEST(Judge, TakesWhatIsNewOfAnOverlappingRun) {
  const auto judgement = sent(8, 15).against(stored(10));
  ASSERT_TRUE(std::holds_alternative<Continues>(judgement));
  EXPECT_EQ(std::get<Continues>(judgement).from, 3U);
}

TEST(Judge, KnowsARepeat) {
  EXPECT_TRUE(std::holds_alternative<Repeats>(sent(8, 10).against(stored(10))));
  Stored further = stored(20);
  further.hash_at_last = hash(10);
  EXPECT_TRUE(std::holds_alternative<Repeats>(sent(8, 10).against(further)));
}

TEST(Judge, NamesTheExpectedEventAtAGap) {
  const auto judgement = sent(12, 15).against(stored(10));
  ASSERT_TRUE(std::holds_alternative<Gap>(judgement));
  EXPECT_EQ(std::get<Gap>(judgement).expected, 11);
}

TEST(Judge, RefusesOtherEventsInAStoredPlace) {
  EXPECT_TRUE(std::holds_alternative<Contradicts>(sent(8, 10, 9).against(stored(10))));
  Stored further = stored(20);
  further.hash_at_last = hash(10);
  EXPECT_TRUE(std::holds_alternative<Contradicts>(sent(8, 10, 9).against(further)));
}

TEST(Judge, RefusesAContinuationOfAnotherPast) {
  EXPECT_TRUE(std::holds_alternative<Contradicts>(sent(11, 15, 10).against(stored(10))));
  EXPECT_TRUE(std::holds_alternative<Contradicts>(sent(8, 15, 9).against(stored(10))));
}

TEST(Judge, RefusesWhatASeenHeadContradicts) {
  Stored known = stored(10);
  known.seen = {{13, hash(13)}};
  EXPECT_TRUE(std::holds_alternative<Continues>(sent(11, 15).against(known)));
  EXPECT_TRUE(std::holds_alternative<Contradicts>(sent(11, 15, 12).against(known)));
}

TEST(Judge, SeesAForkBehindAGapToo) {
  Stored known = stored(10);
  known.seen = {{20, hash(20)}};
  EXPECT_TRUE(std::holds_alternative<Contradicts>(sent(18, 20, 19).against(known)));
}

}  // namespace
}  // namespace hailong::district::ingest
