#include <gtest/gtest.h>

#include "core/chain.h"
#include "district/storage/alerts.h"
#include "tests/district/sample.h"

/// What follows a rating, at the district: answers, dossiers, tokens, consents.

namespace hailong::district {
namespace {

const std::string kPlace = "2026-11-24|10750@2025-07-01|";

class FollowUps : public testing::Test {
 protected:
  FollowUps() { register_kiosk(reception_.store(), kiosk_); }

  /// What came so far is made anew from the events with the same result.
  ~FollowUps() override {
    Peek peek = reception_.peek();
    const std::string projections = peek.projections();
    must(reception_.receiver().rebuild());
    EXPECT_EQ(peek.projections(), projections);
  }

  ingest::Accepted send() {
    const core::Seq first = sent_ + 1;
    sent_ = kiosk_.last();
    return accepted(reception_.take(kiosk_, kiosk_.sealed(first, sent_)));
  }
  std::string roll_ups() { return reception_.peek().roll_ups(); }

  Reception reception_;
  FakeKiosk kiosk_{"kt-1"};
  core::Seq sent_ = 0;
};

TEST_F(FollowUps, OfNoRatingAreQuarantined) {
  kiosk_.rate(4);
  kiosk_.answer(9, "field", "dat-dai");
  kiosk_.link(9, 7);
  kiosk_.append(core::Token{9, {}});
  kiosk_.append(core::Consent{9, "contact-1", 90});
  kiosk_.answer(1, "", "dat-dai");
  kiosk_.answer(1, "field", std::string(65, 'f'));
  kiosk_.append(core::Answers{1, {{"reasons", std::vector<std::string>(33, "a")}}, false});
  kiosk_.append(core::Answers{1, std::vector<core::Answer>(1, {"a\nb", {}}), false});
  kiosk_.link(1, 7, "\n");
  kiosk_.append(core::Consent{1, std::string(65, 'n'), 90});
  EXPECT_EQ(send().quarantined, 10);
  EXPECT_EQ(reception_.peek().dump("SELECT seq, reason FROM quarantine"),
            "2|refers to no rating\n3|refers to no rating\n4|refers to no rating\n"
            "5|refers to no rating\n6|odd name\n7|odd name\n8|odd name\n9|odd name\n"
            "10|odd name\n11|odd name\n");
  EXPECT_EQ(roll_ups(), kPlace + "ho-tich|q1|0|0|0|1|0|0\n");
}

TEST_F(FollowUps, MoveARatingToTheFieldAndCounterThatWereAnswered) {
  const core::Seq rating = kiosk_.rate(2, kNoon, "", "q1", {"burst"});
  kiosk_.rate(5, kNoon, "");
  send();
  kiosk_.append(core::Answers{rating, {{"field", {"dat-dai"}}, {"counter", {"q3"}}}, false});
  send();
  EXPECT_EQ(roll_ups(), kPlace + "|q1|0|0|0|0|1|0\n" + kPlace + "dat-dai|q3|0|1|0|0|0|1\n" +
                            kPlace + "dat-dai|q3|burst|1\n");
  kiosk_.append(core::Answers{rating, {{"field", {}}}, false});  // taken back
  kiosk_.append(core::Correction{rating, *core::Score::from(4)});
  send();
  EXPECT_EQ(roll_ups(),
            kPlace + "|q1|0|0|0|0|1|0\n" + kPlace + "|q3|0|0|0|1|0|1\n" + kPlace + "|q3|burst|1\n");
}

TEST_F(FollowUps, TakeTheFieldOfTheDossierUnlessOneWasAnswered) {
  const core::Seq rating = kiosk_.rate(5);
  kiosk_.link(rating, 7, "dat-dai");
  send();
  EXPECT_EQ(roll_ups(), kPlace + "dat-dai|q1|0|0|0|0|1|0\n");
  kiosk_.answer(rating, "field", "cu-tru");
  kiosk_.link(rating, 7, "chung-thuc");
  send();
  EXPECT_EQ(roll_ups(), kPlace + "cu-tru|q1|0|0|0|0|1|0\n");
}

TEST_F(FollowUps, LeaveTheEarlierRatingOfADossierOut) {
  const core::Seq first = kiosk_.rate(1);
  kiosk_.link(first, 7);
  send();
  EXPECT_EQ(roll_ups(), kPlace + "ho-tich|q1|1|0|0|0|0|0\n");
  const core::Seq second = kiosk_.rate(5, kNoon + kDay);
  kiosk_.link(second, 7);
  send();
  const std::string expected = kPlace + "ho-tich|q1|0|0|0|0|0|1\n" +
                               "2026-11-25|10750@2025-07-01|ho-tich|q1|0|0|0|0|1|0\n" + kPlace +
                               "ho-tich|q1|superseded|1\n" + kPlace + "ho-tich|q1|left out|1\n";
  EXPECT_EQ(roll_ups(), expected);
  kiosk_.append(core::Correction{first, *core::Score::from(3)});
  send();
  EXPECT_EQ(roll_ups(), expected) << "a correction of what is left out counts nothing";
}

TEST_F(FollowUps, LetAnEarlierRatingCountAgainWhenTheLinkIsMended) {
  const core::Seq first = kiosk_.rate(1, kNoon, "ho-tich", "q1", {"burst"});
  const core::Seq second = kiosk_.rate(5);
  kiosk_.link(first, 7);
  kiosk_.link(second, 7);
  send();
  EXPECT_EQ(roll_ups(), kPlace + "ho-tich|q1|0|0|0|0|1|1\n" + kPlace + "ho-tich|q1|burst|1\n" +
                            kPlace + "ho-tich|q1|superseded|1\n" + kPlace +
                            "ho-tich|q1|left out|1\n");
  kiosk_.append(core::Correction{first, *core::Score::from(2)});
  kiosk_.link(second, 8);
  send();
  EXPECT_EQ(roll_ups(), kPlace + "ho-tich|q1|0|1|0|0|1|1\n" + kPlace + "ho-tich|q1|burst|1\n");
}

TEST_F(FollowUps, KeepTheOrderOfAKioskWhoseClockWentBack) {
  const core::Seq first = kiosk_.rate(1, kNoon);
  const core::Seq second = kiosk_.rate(5, kNoon - 3'600'000);
  kiosk_.link(second, 7);
  kiosk_.link(first, 7);
  send();
  EXPECT_EQ(reception_.peek().dump("SELECT seq, superseded FROM rating ORDER BY seq"),
            "1|1\n2|0\n");
}

TEST_F(FollowUps, TellDossiersOfOtherUnitsApart) {
  FakeKiosk other("kt-2");
  register_kiosk(reception_.store(), other, "10804");
  for (FakeKiosk* kiosk : {&kiosk_, &other}) kiosk->link(kiosk->rate(5), 7);
  send();
  accepted(reception_.take(other));
  EXPECT_EQ(reception_.peek().number("SELECT sum(left_out) FROM cell"), 0);
}

TEST_F(FollowUps, JoinTheKiosksOfOneUnitInAnyOrderOfArrival) {
  FakeKiosk other("kt-2");
  register_kiosk(reception_.store(), other);
  other.link(other.rate(5, kNoon + 1000), 7);  // given later, sent first
  accepted(reception_.take(other));
  kiosk_.link(kiosk_.rate(1, kNoon), 7);
  send();
  EXPECT_EQ(reception_.peek().dump("SELECT score, superseded FROM rating ORDER BY score"),
            "1|1\n5|0\n");
}

TEST_F(FollowUps, CannotBeClaimedByAKiosksFlag) {
  kiosk_.rate(4, kNoon, "ho-tich", "q1", {"superseded"});
  EXPECT_EQ(send().quarantined, 1);
  EXPECT_EQ(reception_.peek().text("SELECT reason FROM quarantine"), "odd flags");
}

TEST_F(FollowUps, RaiseAlertsUntilTheyAreTakenBack) {
  const core::Seq rating = kiosk_.rate(1);
  kiosk_.append(
      core::Answers{rating, {{"reasons", {"extra-money"}}, {"officer", {"nguyen-van-a"}}}, true});
  EXPECT_EQ(send().alerts, 1);
  storage::AlertReader reader(reception_.store());
  const core::LocalDate today = core::local_date(kNoon);
  const auto alerts = must(reader.read(today, today));
  ASSERT_EQ(alerts.size(), 1U);
  const storage::UnitAlerts& unit = alerts.at("10750@2025-07-01");
  EXPECT_EQ(unit.ratings, 1);
  ASSERT_EQ(unit.answers.size(), 1U);
  EXPECT_EQ(unit.answers.begin()->first,
            std::pair(std::string("reasons"), std::string("extra-money")));
  const core::LocalDate before = core::local_date(kNoon - kDay);
  EXPECT_TRUE(must(reader.read(before, before)).empty());

  kiosk_.answer(rating, "reasons", "long-wait");
  EXPECT_EQ(send().alerts, 0);
  EXPECT_TRUE(must(reader.read(today, today)).empty());
}

TEST_F(FollowUps, KeepTokensAndConsents) {
  const core::Seq rating = kiosk_.rate(4);
  kiosk_.append(core::Token{rating, core::Bytes32{1}});
  kiosk_.append(core::Consent{rating, "contact-1", 90});
  send();
  auto peek = reception_.peek();
  EXPECT_EQ(peek.dump("SELECT seq, rating_seq, digest FROM visit_token"),
            "2|1|01" + std::string(62, '0') + "\n");
  EXPECT_EQ(peek.dump("SELECT seq, rating_seq, notice, keep_days FROM consent"),
            "3|1|contact-1|90\n");
}

TEST_F(FollowUps, AreTakenWithoutTheirContent) {
  const core::Seq rating = kiosk_.rate(4);
  const core::Bytes32 contact = core::content_digest({}, "0912345678");
  kiosk_.append(core::Feedback{rating, core::FeedbackKind::kContact, contact});
  const core::Bytes32 code = core::content_digest({}, "H24-261120-0001");
  kiosk_.append(core::Dossier{rating, {}, code, "", {}});
  EXPECT_EQ(send().quarantined, 0);
  EXPECT_EQ(reception_.peek().dump("SELECT seq, text IS NULL FROM content"), "2|1\n3|1\n");
  // Erased on the kiosk: there was nothing here, and the erasure is no oddity.
  kiosk_.append(core::Erasure{contact, "retention"});
  kiosk_.append(core::Erasure{code, "request"});
  EXPECT_EQ(send().quarantined, 0);
}

TEST_F(FollowUps, AreTakenWithADossierCodeThatFits) {
  const core::Seq rating = kiosk_.rate(4);
  const core::Bytes32 salt{5};
  kiosk_.append(core::Dossier{rating, {}, core::content_digest(salt, "H24-261120-0001"), "", {}});
  wire::Batch batch = kiosk_.batch(1, 2);
  batch.contents = {{2, salt, "H24-261120-0002"}};
  EXPECT_EQ(refused(reception_.take(kiosk_, must(wire::seal_batch(batch, kiosk_.key())))).why,
            ingest::Refusal::kBadContent);
  batch.contents = {{2, salt, "H24-261120-0001"}};
  accepted(reception_.take(kiosk_, must(wire::seal_batch(batch, kiosk_.key()))));
  EXPECT_EQ(reception_.peek().bytes("SELECT text FROM content"), "H24-261120-0001");
}

}  // namespace
}  // namespace hailong::district
