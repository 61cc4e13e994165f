#include <gtest/gtest.h>

#include "core/chain.h"
#include "tests/district/sample.h"
#include "wire/compression.h"

/// The receiver on a real SQLite file.

namespace hailong::district {
namespace {

using ingest::Refusal;

TEST(Ingest, StoresABatchWithAllThatFollowsFromIt) {
  Reception reception;
  FakeKiosk kiosk("kt-1");
  for (const int score : {5, 4, 1}) kiosk.rate(score);
  register_kiosk(reception.store(), kiosk);
  const auto taken = accepted(reception.take(kiosk));
  EXPECT_EQ(taken.added, 3);
  EXPECT_TRUE(taken.new_epoch);
  EXPECT_EQ(taken.receipt.last, 3);
  EXPECT_EQ(taken.receipt.head, kiosk.hash(3));
  auto peek = reception.peek();
  EXPECT_EQ(peek.roll_ups(), "2026-11-24|10750@2025-07-01|ho-tich|q1|1|0|0|1|1|0\n");
  EXPECT_EQ(peek.bytes("SELECT bytes FROM event WHERE seq = 2"), kiosk.event(2));
  EXPECT_EQ(peek.number("SELECT sum(n) FROM revision"),
            2);  // for its events, and for their contents
}

TEST(Ingest, AnswersARepeatWithTheSameReceiptAndNoEffect) {
  Reception reception;
  FakeKiosk kiosk("kt-1");
  kiosk.rate(5);
  register_kiosk(reception.store(), kiosk);
  const auto first = accepted(reception.take(kiosk, kiosk.sealed(), kNoon));
  const auto before = reception.peek().counts();
  const auto again = accepted(reception.take(kiosk, kiosk.sealed(), kNoon + 5000));
  EXPECT_EQ(again.receipt, first.receipt);
  EXPECT_EQ(again.added, 0);
  EXPECT_EQ(reception.peek().counts(), before);
  EXPECT_EQ(reception.peek().number("SELECT sum(n) FROM revision"), 2);
}

TEST(Ingest, TakesTheNewPartOfAnOverlappingBatch) {
  Reception reception;
  FakeKiosk kiosk("kt-1");
  for (int i = 0; i < 10; ++i) kiosk.rate(4);
  register_kiosk(reception.store(), kiosk);
  accepted(reception.take(kiosk, kiosk.sealed(1, 6)));
  const auto taken = accepted(reception.take(kiosk, kiosk.sealed(4, 10)));
  EXPECT_EQ(taken.added, 4);
  EXPECT_EQ(reception.peek().number("SELECT sum(n4) FROM cell"), 10);
}

TEST(Ingest, AnswersAnOldRangeWithTheNewestReceipt) {
  Reception reception;
  FakeKiosk kiosk("kt-1");
  for (int i = 0; i < 6; ++i) kiosk.rate(4);
  register_kiosk(reception.store(), kiosk);
  accepted(reception.take(kiosk));
  EXPECT_EQ(accepted(reception.take(kiosk, kiosk.sealed(2, 3))).receipt.last, 6);
}

TEST(Ingest, NamesTheExpectedEventAtAGapAndPinsTheHead) {
  Reception reception;
  FakeKiosk kiosk("kt-1");
  for (int i = 0; i < 6; ++i) kiosk.rate(4);
  register_kiosk(reception.store(), kiosk);
  accepted(reception.take(kiosk, kiosk.sealed(1, 2)));
  const auto refusal = refused(reception.take(kiosk, kiosk.sealed(5, 6)));
  EXPECT_EQ(refusal.why, Refusal::kGap);
  EXPECT_EQ(refusal.expected, 3);
  auto peek = reception.peek();
  EXPECT_EQ(peek.number("SELECT count(*) FROM event"), 2);
  EXPECT_EQ(peek.number("SELECT count(*) FROM pinned_head WHERE seq = 6"), 1);
  EXPECT_EQ(peek.number("SELECT count(*) FROM conflict"), 0);
}

TEST(Ingest, ExpectsEventOneOfAnUnknownEpoch) {
  Reception reception;
  FakeKiosk kiosk("kt-1");
  for (int i = 0; i < 3; ++i) kiosk.rate(4);
  register_kiosk(reception.store(), kiosk);
  EXPECT_EQ(refused(reception.take(kiosk, kiosk.sealed(3, 3))).expected, 1);
  EXPECT_EQ(reception.peek().number("SELECT count(*) FROM stream WHERE id <> 0"), 0);
}

TEST(Ingest, KeepsAConflictForInspectionAndOverwritesNothing) {
  Reception reception;
  FakeKiosk kiosk("kt-1");
  for (int i = 0; i < 5; ++i) kiosk.rate(1);
  register_kiosk(reception.store(), kiosk);
  accepted(reception.take(kiosk));
  auto peek = reception.peek();
  const std::string events = peek.dump("SELECT seq, hash, bytes FROM event");
  const std::string projections = peek.projections();

  kiosk.roll_back_to(3);
  for (int i = 0; i < 3; ++i) kiosk.rate(5);
  for (int repeat = 0; repeat < 2; ++repeat) {
    EXPECT_EQ(refused(reception.take(kiosk, kiosk.sealed(4, 6))).why, Refusal::kConflict);
  }
  EXPECT_EQ(peek.dump("SELECT seq, hash, bytes FROM event"), events);
  EXPECT_EQ(peek.projections(), projections);
  EXPECT_EQ(peek.number("SELECT count(*) FROM conflict"), 1);
  const std::string kept = peek.rows("SELECT events FROM conflict")[0].bytes(0);
  EXPECT_EQ(must(wire::decompress(kept, 1 << 20)),
            kiosk.event(4) + "\n" + kiosk.event(5) + "\n" + kiosk.event(6) + "\n");
}

TEST(Ingest, RefusesARollBackThatGoesOnWithTheNextNumber) {
  Reception reception;
  FakeKiosk kiosk("kt-1");
  for (int i = 0; i < 5; ++i) kiosk.rate(1);
  register_kiosk(reception.store(), kiosk);
  accepted(reception.take(kiosk));
  kiosk.roll_back_to(2);
  for (int i = 0; i < 4; ++i) kiosk.rate(5);
  EXPECT_EQ(refused(reception.take(kiosk, kiosk.sealed(6, 6))).why, Refusal::kConflict);
}

TEST(Ingest, CatchesALaterForkByAPinnedHead) {
  Reception reception;
  FakeKiosk kiosk("kt-1");
  for (int i = 0; i < 6; ++i) kiosk.rate(1);
  register_kiosk(reception.store(), kiosk);
  accepted(reception.take(kiosk, kiosk.sealed(1, 2)));
  refused(reception.take(kiosk, kiosk.sealed(5, 6)));  // a gap, but its signed head was seen
  kiosk.roll_back_to(2);
  for (int i = 0; i < 6; ++i) kiosk.rate(5);
  const auto refusal = refused(reception.take(kiosk, kiosk.sealed(3, 8)));
  EXPECT_EQ(refusal.why, Refusal::kConflict);
  EXPECT_EQ(refusal.detail, "the device signed another chain head before at event 6");
  EXPECT_EQ(reception.peek().number("SELECT count(*) FROM event"), 2);
}

TEST(Ingest, KeepsTheSignedProofOfEveryHead) {
  Reception reception;
  FakeKiosk kiosk("kt-1");
  kiosk.rate(1);
  register_kiosk(reception.store(), kiosk);
  accepted(reception.take(kiosk));
  auto peek = reception.peek();
  const sql::Rows pins = peek.rows("SELECT claim, key, signature FROM pinned_head");
  ASSERT_EQ(pins.size(), 1U);
  wire::Signature signature{};
  const std::string bytes = pins[0].bytes(2);
  ASSERT_EQ(bytes.size(), signature.size());
  std::copy(bytes.begin(), bytes.end(), signature.begin());
  EXPECT_TRUE(wire::verify_signature(pins[0].bytes32(1), "batch", pins[0].text(0), signature));
}

TEST(Ingest, AcceptsANewEpochBesideTheOldOne) {
  Reception reception;
  FakeKiosk kiosk("kt-1", "e1");
  kiosk.rate(1);
  register_kiosk(reception.store(), kiosk);
  accepted(reception.take(kiosk));
  FakeKiosk reimaged = kiosk.reimaged("e2", true);
  reimaged.rate(5);
  EXPECT_EQ(refused(reception.take(reimaged)).why, Refusal::kUnknownKey);
  register_kiosk(reception.store(), reimaged);
  EXPECT_TRUE(accepted(reception.take(reimaged)).new_epoch);
  auto peek = reception.peek();
  EXPECT_EQ(peek.number("SELECT count(*) FROM stream WHERE id <> 0"), 2);
  EXPECT_EQ(peek.number("SELECT count(*) FROM conflict"), 0);
  EXPECT_EQ(peek.number("SELECT sum(n1) + sum(n5) FROM cell"), 2);
}

TEST(Ingest, RefusesASuspendedDevice) {
  Reception reception;
  FakeKiosk kiosk("kt-1");
  kiosk.rate(1);
  register_kiosk(reception.store(), kiosk);
  must(storage::Devices(reception.store()).suspend(kiosk.device(), {"test", kNoon}));
  EXPECT_EQ(refused(reception.take(kiosk)).why, Refusal::kSuspended);
  must(storage::Devices(reception.store()).resume(kiosk.device(), {"test", kNoon}));
  accepted(reception.take(kiosk));
}

TEST(Ingest, MovesACountWhenARatingIsCorrected) {
  Reception reception;
  FakeKiosk kiosk("kt-1");
  const core::Seq rating = kiosk.rate(1, kNoon, "cu-tru");
  register_kiosk(reception.store(), kiosk);
  accepted(reception.take(kiosk));
  kiosk.append(core::Correction{rating, *core::Score::from(5)}, kNoon + kDay);
  accepted(reception.take(kiosk, kiosk.sealed(2, 2)));
  EXPECT_EQ(reception.peek().roll_ups(), "2026-11-24|10750@2025-07-01|cu-tru|q1|0|0|0|0|1|0\n");
}

TEST(Ingest, CountsFlaggedRatingsAndTheirReasons) {
  Reception reception;
  FakeKiosk kiosk("kt-1");
  kiosk.rate(1, kNoon, "cu-tru", "q1", {"burst", "after-hours"});
  kiosk.rate(2, kNoon, "cu-tru", "q1", {"burst", "burst"});
  kiosk.rate(2, kNoon, "cu-tru", "q1");
  register_kiosk(reception.store(), kiosk);
  accepted(reception.take(kiosk));
  EXPECT_EQ(reception.peek().roll_ups(),
            "2026-11-24|10750@2025-07-01|cu-tru|q1|1|2|0|0|0|2\n"
            "2026-11-24|10750@2025-07-01|cu-tru|q1|after-hours|1\n"
            "2026-11-24|10750@2025-07-01|cu-tru|q1|burst|2\n");
}

TEST(Ingest, StoresOddEventsInTheirPlaceAndGoesOn) {
  Reception reception;
  FakeKiosk kiosk("kt-1");
  const std::string stamp = R"("at":1795496400000,"boot":"b","mono":1,"clock":"synced","body":{)";
  kiosk.append_bytes(R"({"seq":1,"kind":"weather",)" + stamp + R"("sun":true}})");
  kiosk.append_bytes(R"({"seq":2,"kind":"rating",)" + stamp +
                     R"("visit":"v","score":6,"counter":"q1"}})");
  kiosk.append(core::Correction{7, *core::Score::from(2)});
  kiosk.append(core::Erasure{{}, "asked for"});
  kiosk.rate(3, -1);
  kiosk.rate(3, INT64_MAX);
  kiosk.rate(3, kNoon, "ho-tich", std::string(65, 'q'));
  kiosk.rate(3, kNoon, "ho-tich", "q1", {"Not plain"});
  kiosk.append(core::Feedback{1, core::FeedbackKind::kWords, {}});
  kiosk.rate(4);
  register_kiosk(reception.store(), kiosk);
  EXPECT_EQ(accepted(reception.take(kiosk)).quarantined, 9);
  auto peek = reception.peek();
  EXPECT_EQ(peek.number("SELECT count(*) FROM event"), 10);
  EXPECT_EQ(peek.number("SELECT sum(n3) FROM cell"), 0);
  EXPECT_EQ(peek.number("SELECT sum(n4) FROM cell"), 1);
  EXPECT_EQ(peek.dump("SELECT seq, reason FROM v_quarantine"),
            "1|unknown kind or body\n2|unknown kind or body\n3|refers to no rating\n"
            "4|erases nothing\n5|time out of range\n6|time out of range\n7|odd name\n"
            "8|odd flags\n9|refers to no rating\n");
}

TEST(Ingest, CountsARatingForTheUnitOfItsDay) {
  Reception reception;
  FakeKiosk kiosk("kt-1");
  const auto at = [](const char* day) {
    return core::start_of_day_ms(*core::parse_date(day)) + 1000;
  };
  const auto rate = [&](int score, std::int64_t at_ms) {
    kiosk.hear(at_ms);
    kiosk.rate(score, at_ms);
  };
  rate(1, at("2024-11-30"));
  rate(2, at("2024-12-01"));
  rate(3, at("2025-06-30"));
  rate(4, at("2025-07-01") - 1001);  // a millisecond before midnight in Vietnam
  rate(5, at("2025-07-01") - 1000);
  register_kiosk(reception.store(), kiosk, "10756");
  accepted(reception.take(kiosk));
  EXPECT_EQ(reception.peek().dump("SELECT day, unit_id, n1, n2, n3, n4, n5 FROM cell ORDER BY day"),
            "2024-11-30|10756@|1|0|0|0|0\n2024-12-01|10756@2024-12-01|0|1|0|0|0\n"
            "2025-06-30|10756@2024-12-01|0|0|1|1|0\n2025-07-01|10756@2025-07-01|0|0|0|0|1\n");
}

TEST(Ingest, KeepsRatingsOfAUnitThatNobodyKnowsVisible) {
  Reception reception;
  FakeKiosk kiosk("kt-1");
  kiosk.rate(5, core::start_of_day_ms(*core::parse_date("2025-07-02")));
  register_kiosk(reception.store(), kiosk, "10753");  // Lai Vu, until 2024-11-30
  accepted(reception.take(kiosk));
  EXPECT_EQ(reception.peek().text("SELECT unit_id FROM cell"), "?10753");
}

TEST(Ingest, StoresWordsThatTheirEventCommitsTo) {
  Reception reception;
  FakeKiosk kiosk("kt-1");
  kiosk.say(kiosk.rate(2), "Chờ lâu quá");
  register_kiosk(reception.store(), kiosk);
  accepted(reception.take(kiosk));
  EXPECT_EQ(reception.peek().bytes("SELECT text FROM content WHERE seq = 2"), "Chờ lâu quá");
}

TEST(Ingest, RefusesWordsThatNoEventCommitsTo) {
  Reception reception;
  FakeKiosk kiosk("kt-1");
  kiosk.say(kiosk.rate(2), "Chờ lâu quá");
  register_kiosk(reception.store(), kiosk);
  const auto before = reception.peek().counts();
  wire::Batch other = kiosk.batch(1, 2);
  other.contents[0].text = "Rất nhanh";
  wire::Batch twice = kiosk.batch(1, 2);
  twice.contents.push_back(twice.contents[0]);
  wire::Batch of_a_rating = kiosk.batch(1, 2);
  of_a_rating.contents[0].seq = 1;
  for (const wire::Batch& batch : {other, twice, of_a_rating}) {
    const std::string body = must(wire::seal_batch(batch, kiosk.key()));
    EXPECT_EQ(refused(reception.take(kiosk, body)).why, Refusal::kBadContent);
  }
  EXPECT_EQ(reception.peek().counts(), before);
}

TEST(Ingest, TakesContentOfAKindItDoesNotKnow) {
  Reception reception;
  FakeKiosk kiosk("kt-1");
  const core::Bytes32 salt = wire::random_bytes32();
  const std::string digest = core::to_hex(core::content_digest(salt, "sound"));
  kiosk.append_bytes(
      R"({"seq":1,"kind":"voice","at":1795496400000,"boot":"b","mono":1,"clock":"synced","body":{"x":")" +
      digest + "\"}}");
  register_kiosk(reception.store(), kiosk);
  wire::Batch batch = kiosk.batch(1, 1);
  batch.contents.push_back({1, salt, "sound"});
  accepted(reception.take(kiosk, must(wire::seal_batch(batch, kiosk.key()))));
  EXPECT_EQ(reception.peek().bytes("SELECT text FROM content"), "sound");
}

TEST(Ingest, ErasesWordsForGood) {
  Reception reception;
  FakeKiosk kiosk("kt-1");
  const std::string words = "Số điện thoại của tôi là bí mật";
  const core::Seq feedback = kiosk.say(kiosk.rate(2), words);
  register_kiosk(reception.store(), kiosk);
  const std::string with_words = kiosk.sealed();
  accepted(reception.take(kiosk, with_words));
  const core::Bytes32 digest = core::content_digest(kiosk.batch(1, 2).contents[0].salt, words);
  kiosk.append(core::Erasure{digest, "asked for"});
  accepted(reception.take(kiosk, kiosk.sealed(3, 3)));
  accepted(reception.take(kiosk, with_words));  // an old batch brings nothing back
  auto peek = reception.peek();
  EXPECT_EQ(peek.number("SELECT salt IS NULL AND text IS NULL AND erased_by = 3 FROM content "
                        "WHERE seq = " +
                        std::to_string(feedback)),
            1);
  for (const char* suffix : {"", "-wal"}) {
    std::ifstream file(reception.config().data_dir.string() + "/district.db" + suffix,
                       std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(file)), {});
    EXPECT_EQ(bytes.find("bí mật"), std::string::npos) << "in district.db" << suffix;
  }
}

TEST(Ingest, LeavesNoWordsInTheEvidenceOfAConflict) {
  Reception reception;
  FakeKiosk kiosk("kt-1");
  kiosk.rate(1);
  register_kiosk(reception.store(), kiosk);
  accepted(reception.take(kiosk));
  kiosk.roll_back_to(0);
  kiosk.say(kiosk.rate(2), "bí mật");
  EXPECT_EQ(refused(reception.take(kiosk)).why, Refusal::kConflict);
  auto peek = reception.peek();
  const std::string kept = peek.rows("SELECT events FROM conflict")[0].bytes(0);
  EXPECT_EQ(must(wire::decompress(kept, 1 << 20)).find("bí mật"), std::string::npos);
}

TEST(Ingest, RefusesEventsThatSayAnotherPlace) {
  Reception reception;
  FakeKiosk kiosk("kt-1");
  kiosk.rate(1);
  FakeKiosk other("kt-1");
  other.rate(1);
  other.rate(2);
  kiosk.append_bytes(other.event(1));  // says it is event 1, stands as event 2
  register_kiosk(reception.store(), kiosk);
  EXPECT_EQ(refused(reception.take(kiosk)).why, Refusal::kMalformed);
  EXPECT_EQ(reception.peek().number("SELECT count(*) FROM event"), 0);
}

}  // namespace
}  // namespace hailong::district
