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

/// Its hash function is asked of what is stored alone.
Stored stored(int position) {
  return {position, hash(position), {}, [position](core::Seq seq) {
            EXPECT_TRUE(seq >= 1 && seq <= position) << seq;
            return hash(static_cast<int>(seq));
          }};
}

/// The first event that is not what it was; 0 when the run contradicts nothing.
core::Seq first_bad(const Judgement& judgement) {
  const auto* contradiction = std::get_if<Contradicts>(&judgement);
  if (contradiction == nullptr) return 0;
  EXPECT_NE(
      (contradiction->reason + " ").find("event " + std::to_string(contradiction->first_bad) + " "),
      std::string::npos)
      << contradiction->reason;
  return contradiction->first_bad;
}

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
  EXPECT_TRUE(std::holds_alternative<Repeats>(sent(8, 10).against(stored(20))));
}

TEST(Judge, NamesTheExpectedEventAtAGap) {
  const auto judgement = sent(12, 15).against(stored(10));
  ASSERT_TRUE(std::holds_alternative<Gap>(judgement));
  EXPECT_EQ(std::get<Gap>(judgement).expected, 11);
}

TEST(Judge, NamesTheFirstEventThatIsNotTheStoredOne) {
  for (int length = 1; length <= 12; ++length) {
    for (int bad = 8; bad < 8 + length; ++bad) {
      const Sent run = sent(8, 7 + length, bad);
      for (const int position : {7 + length, 8 + length, 40}) {
        EXPECT_EQ(first_bad(run.against(stored(position))), bad) << length;
      }
      if (bad < 7 + length) {
        EXPECT_EQ(first_bad(run.against(stored(bad))), bad) << length;
      }
    }
  }
}

TEST(Judge, RefusesAContinuationOfAnotherPast) {
  EXPECT_EQ(first_bad(sent(11, 15, 10).against(stored(10))), 11);
  EXPECT_EQ(first_bad(sent(8, 15, 9).against(stored(10))), 9);
  EXPECT_EQ(first_bad(sent(8, 15, 7).against(stored(10))), 8);
  EXPECT_EQ(first_bad(sent(1, 3, 0).against(stored(0))), 1) << "of another device";
}

TEST(Judge, NamesWhatIsStoredBeforeWhatWasSeen) {
  Stored known = stored(10);
  known.seen = {{13, hash(13)}};
  EXPECT_EQ(first_bad(sent(8, 15, 9).against(known)), 9);
}

TEST(Judge, RefusesWhatASeenHeadContradicts) {
  Stored known = stored(10);
  known.seen = {{13, hash(13)}};
  EXPECT_TRUE(std::holds_alternative<Continues>(sent(11, 15).against(known)));
  EXPECT_EQ(first_bad(sent(11, 15, 12).against(known)), 13);
  known.seen = {{12, hash(12)}, {13, hash(13)}, {14, hash(14)}};
  EXPECT_EQ(first_bad(sent(11, 15, 13).against(known)), 13);
}

TEST(Judge, SeesAForkBehindAGapToo) {
  Stored known = stored(10);
  known.seen = {{20, hash(20)}};
  EXPECT_EQ(first_bad(sent(18, 20, 19).against(known)), 20);
}

}  // namespace
}  // namespace hailong::district::ingest
