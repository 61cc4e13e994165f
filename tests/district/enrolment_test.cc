#include "wire/enrolment.h"

#include <gtest/gtest.h>

#include "district/access/invitation.h"
#include "district/storage/device_states.h"
#include "tests/district/running_district.h"
#include "wire/key_change.h"
#include "wire/key_file.h"

/// How machines become kiosks of the district, over HTTP.

namespace hailong::district {
namespace {

class Enrolling : public testing::Test {
 protected:
  access::Invited invited(const access::InvitationForm& form, std::int64_t now = now_ms()) {
    const auto answer = must(
        access::invite(district_.store(), district_.config().rules.units, form, {"test", now}));
    if (const auto* mistake = std::get_if<access::InvitationMistake>(&answer)) {
      ADD_FAILURE() << access::in_english(*mistake);
      return {};
    }
    return std::get<access::Invited>(answer);
  }

  /// What came of presenting the code by the key.
  struct Presented {
    Reply reply;
    core::Result<wire::Enrolment> enrolment;
  };
  Presented present(const wire::EnrolmentCode& code, const wire::SigningKey& key,
                    const std::string& device = {}, const wire::PublicKey& district = {}) {
    const wire::EnrolmentRequest request{code.invitation(), key.public_key(),
                                         wire::random_bytes32(), core::DeviceId{device}, district};
    Reply reply = district_.client().post(
        "api/v1/enrol", wire::seal_enrolment_request(request, code.secret(), key));
    auto enrolment = wire::open_enrolment(reply.body, request, code.secret());
    return {std::move(reply), std::move(enrolment)};
  }
  wire::Enrolment enrol(const wire::EnrolmentCode& code, const wire::SigningKey& key) {
    return must(present(code, key).enrolment);
  }

  Reply change_key(const core::DeviceId& device, const wire::SigningKey& old_key,
                   const wire::SigningKey& new_key) {
    return district_.client().post("api/v1/devices/" + device.value + "/keys",
                                   wire::seal_key_change(device, old_key, new_key));
  }

  storage::DeviceState state_of(const std::string& device) {
    for (auto& state : must(storage::DeviceStates(district_.store()).read())) {
      if (state.device.value == device) return std::move(state);
    }
    ADD_FAILURE() << "no device " << device;
    return {};
  }

  /// The kiosk that the enrolment made of a new card.
  static FakeKiosk kiosk_of(const wire::Enrolment& enrolment, const wire::SigningKey& key,
                            const std::string& epoch) {
    FakeKiosk kiosk(enrolment.device.value, epoch, enrolment.first);
    kiosk.set_key(key);
    return kiosk;
  }

  RunningDistrict district_;
  wire::SigningKey key_ = wire::SigningKey::generate();
  wire::SigningKey other_ = wire::SigningKey::generate();
};

TEST_F(Enrolling, MakesAMachineADeviceThatMaySend) {
  const auto invitation = invited({"10750", "q1", "", "", "", "kiosk mới"});
  const wire::Enrolment enrolment = enrol(invitation.code, key_);
  EXPECT_EQ(enrolment.device.value, "10750-q1");
  EXPECT_EQ(enrolment.unit.value, "10750");
  EXPECT_EQ(enrolment.counter.value, "q1");
  EXPECT_EQ(enrolment.first, 1);
  EXPECT_EQ(enrolment.district,
            must(wire::read_key(district_.config().data_dir / kDistrictKeyFile)).public_key());
  FakeKiosk kiosk = kiosk_of(enrolment, key_, "e1");
  kiosk.rate(5);
  EXPECT_EQ(district_.send(kiosk).status, 200);
  EXPECT_EQ(state_of("10750-q1").note, "kiosk mới");
}

TEST_F(Enrolling, AnswersTheSameMachineAgainAndNoOther) {
  const auto invitation = invited({"10750", "q1"});
  const wire::Enrolment first = enrol(invitation.code, key_);
  EXPECT_EQ(enrol(invitation.code, key_), first);
  expect_problem(present(invitation.code, other_).reply, 403, "code-used");
}

TEST_F(Enrolling, TakesNoCodeThatIsUnknownOrOld) {
  expect_problem(present(wire::new_enrolment_code(), key_).reply, 403, "unknown-code");
  const auto old = invited({"10750", "q1"}, now_ms() - 8 * kDay);
  expect_problem(present(old.code, key_).reply, 403, "code-expired");
  // Whoever knows the name of an invitation alone gets no further.
  auto guessed = wire::new_enrolment_code();
  guessed.text.replace(0, 4, invited({"10750", "q2"}).code.invitation());
  expect_problem(present(guessed, key_).reply, 403, "unknown-code");
}

// The machine could not go by the answer, so nothing may change for it.
TEST_F(Enrolling, KeepsTheCodeGoodForTheMachineThatItIsFor) {
  FakeKiosk lost("kt-1");
  district_.know(lost);
  const auto invitation = invited({"", "", "", "kt-2", "kt-1"});
  expect_problem(present(invitation.code, key_, "kt-9").reply, 409, "other-device");
  expect_problem(present(invitation.code, key_, "", core::Bytes32{1}).reply, 409, "other-district");
  lost.rate(5);
  EXPECT_EQ(district_.send(lost).status, 200) << "it was not suspended";
  const auto authority = must(wire::read_key(district_.config().data_dir / kDistrictKeyFile));
  const auto presented = present(invitation.code, other_, "kt-2", authority.public_key());
  EXPECT_EQ(must(presented.enrolment).device.value, "kt-2");
}

TEST_F(Enrolling, RestsAfterWrongCodes) {
  auto guessed = wire::new_enrolment_code();
  for (int i = 0; i < access::kFreeTriesOfAccount; ++i) {
    expect_problem(present(guessed, key_).reply, 403, "unknown-code");
  }
  const Reply reply = present(guessed, key_).reply;
  expect_problem(reply, 429, "too-many-tries");
  EXPECT_FALSE(reply.header("Retry-After").empty());
}

TEST_F(Enrolling, RefusesWhatIsNoRequest) {
  expect_problem(district_.client().post("api/v1/enrol", "{}"), 400, "malformed");
  const std::string long_body(wire::kLongestEnrolment + 1, ' ');
  EXPECT_EQ(district_.client().post("api/v1/enrol", long_body).status, 413);
}

TEST_F(Enrolling, ANewInvitationTakesThePlaceOfAnUnusedOne) {
  const auto first = invited({"10750", "q1", "", "kt-1"});
  const auto second = invited({"10750", "q1", "", "kt-1"});
  expect_problem(present(first.code, key_).reply, 403, "unknown-code");
  EXPECT_EQ(enrol(second.code, key_).device.value, "kt-1");
}

TEST_F(Enrolling, AReimagedCardGoesOnWithTheNextNumberAndANewKey) {
  FakeKiosk kiosk("kt-1");
  for (int i = 0; i < 3; ++i) kiosk.rate(5);
  district_.know(kiosk);
  ASSERT_EQ(district_.send(kiosk).status, 200);
  const auto invitation = invited({"", "", "", "kt-1"});
  const wire::Enrolment enrolment = enrol(invitation.code, key_);
  EXPECT_EQ(enrolment.first, 4);
  FakeKiosk reimaged = kiosk_of(enrolment, key_, "e2");
  reimaged.rate(4);
  ASSERT_EQ(district_.send(reimaged).status, 200);
  const storage::DeviceState state = state_of("kt-1");
  ASSERT_EQ(state.epochs.size(), 2U);
  EXPECT_EQ(state.events(), 4);
  EXPECT_EQ(state.lost(), 0);
  for (const auto& epoch : state.epochs) EXPECT_FALSE(epoch.renumbers());
  // The old card's key is worth nothing once the new one has signed.
  kiosk.rate(5);
  expect_problem(district_.send(kiosk), 403, "unknown-key");
}

TEST_F(Enrolling, ACardThatBeginsAgainAtOneIsTakenAndSeen) {
  FakeKiosk kiosk("kt-1");
  kiosk.rate(5);
  district_.know(kiosk);
  ASSERT_EQ(district_.send(kiosk).status, 200);
  FakeKiosk again = kiosk.reimaged("e2");
  again.rate(4);
  ASSERT_EQ(district_.send(again).status, 200);
  const storage::DeviceState state = state_of("kt-1");
  EXPECT_TRUE(state.epochs.front().renumbers());
  EXPECT_FALSE(state.epochs.back().renumbers());
  const std::string cookie = district_.log_in();
  EXPECT_NE(district_.client().get("devices", {cookie}).body.find("đánh số lại"),
            std::string::npos);
}

TEST_F(Enrolling, ALostDeviceIsReplacedByANewOneThatGoesOnCounting) {
  FakeKiosk lost("kt-1");
  for (int i = 0; i < 3; ++i) lost.rate(5);
  district_.know(lost);
  ASSERT_EQ(district_.send(lost, lost.sealed(1, 2)).status, 200);
  // It signed for a third one, which was refused for a gap.
  lost.rate(3);
  EXPECT_EQ(district_.send(lost, lost.sealed(4, 4)).status, 409);
  const auto invitation = invited({"", "", "", "kt-2", "kt-1"});
  const wire::Enrolment enrolment = enrol(invitation.code, key_);
  EXPECT_EQ(enrolment.device.value, "kt-2");
  EXPECT_EQ(enrolment.unit.value, "10750");
  EXPECT_EQ(enrolment.counter.value, "q1");
  EXPECT_EQ(enrolment.first, 5);
  EXPECT_EQ(state_of("kt-2").replaces, "kt-1");
  expect_problem(district_.send(lost), 403, "suspended");
  // Imaged again before it sent anything, it still does not use the lost one's numbers.
  EXPECT_EQ(enrol(invited({"", "", "", "kt-2"}).code, other_).first, 5);
}

TEST_F(Enrolling, NumbersGoOnBehindWhatAHeartbeatToldOf) {
  FakeKiosk kiosk("kt-1");
  for (int i = 0; i < 3; ++i) kiosk.rate(5);
  district_.know(kiosk);
  ASSERT_EQ(district_.send(kiosk, kiosk.sealed(1, 2)).status, 200);
  ASSERT_EQ(district_.client().post("api/v1/devices/kt-1/heartbeat", kiosk.beat(now_ms())).status,
            200);
  const wire::Enrolment enrolment = enrol(invited({"", "", "", "kt-1"}).code, key_);
  EXPECT_EQ(enrolment.first, 4);
  FakeKiosk reimaged = kiosk_of(enrolment, key_, "e2");
  reimaged.rate(4);
  ASSERT_EQ(district_.send(reimaged).status, 200);
  EXPECT_EQ(state_of("kt-1").lost(), 1);
}

TEST_F(Enrolling, InvitesOnlyWhereItCanBeMeant) {
  FakeKiosk kiosk("kt-1");
  district_.know(kiosk);
  using Mistake = access::InvitationMistake;
  const auto mistake = [&](const access::InvitationForm& form) {
    const auto answer = must(access::invite(district_.store(), district_.config().rules.units, form,
                                            {"test", now_ms()}));
    const auto* found = std::get_if<Mistake>(&answer);
    return found == nullptr ? std::nullopt : std::optional(*found);
  };
  EXPECT_EQ(mistake({"99999"}), Mistake::kUnit);
  EXPECT_EQ(mistake({""}), Mistake::kUnit);
  EXPECT_EQ(mistake({"10750", "Q 1"}), Mistake::kCounter);
  EXPECT_EQ(mistake({"10750", "", "", "../x"}), Mistake::kDevice);
  EXPECT_EQ(mistake({"10750", "", "nowhere"}), Mistake::kPoint);
  EXPECT_EQ(mistake({"10750", "q2", "", "kt-1"}), Mistake::kElsewhere);
  EXPECT_EQ(mistake({"10750", "", "", "", "kt-9"}), Mistake::kReplaces);
  EXPECT_EQ(mistake({"10750", "", "", "kt-1", "kt-1"}), Mistake::kReplaces);
  EXPECT_EQ(mistake({"10750", "", "", "", "", "", 0}), Mistake::kDays);
  EXPECT_EQ(mistake({"10750", "", "", "", "", "a\nb"}), Mistake::kNote);
  must(storage::Devices(district_.store()).suspend(kiosk.device(), {"test", kNoon}));
  EXPECT_EQ(mistake({"", "", "", "kt-1"}), Mistake::kSuspended);
}

TEST_F(Enrolling, KeysRotateAndTheChainGoesOn) {
  FakeKiosk kiosk("kt-1");
  kiosk.rate(5);
  district_.know(kiosk);
  ASSERT_EQ(district_.send(kiosk).status, 200);
  for (int again = 0; again < 2; ++again) {
    EXPECT_EQ(change_key(kiosk.device(), kiosk.key(), key_).status, 200);
  }
  // Until the new key has signed, the old one may go on.
  kiosk.rate(4);
  EXPECT_EQ(district_.send(kiosk).status, 200);
  FakeKiosk changed = kiosk;
  changed.set_key(key_);
  changed.rate(3);
  EXPECT_EQ(district_.send(changed).status, 200);
  EXPECT_EQ(state_of("kt-1").epochs.size(), 1U);
  EXPECT_EQ(state_of("kt-1").events(), 3);
  expect_problem(district_.send(kiosk), 403, "unknown-key");
  expect_problem(change_key(kiosk.device(), kiosk.key(), other_), 403, "unknown-key");
  // A key that was revoked never comes back.
  expect_problem(change_key(kiosk.device(), key_, kiosk.key()), 409, "key-taken");
}

TEST_F(Enrolling, NobodyChangesTheKeyOfAnother) {
  FakeKiosk kiosk("kt-1");
  FakeKiosk other("kt-2");
  district_.know(kiosk);
  district_.know(other);
  expect_problem(change_key(other.device(), kiosk.key(), key_), 403, "unknown-key");
  expect_problem(change_key(kiosk.device(), kiosk.key(), other.key()), 409, "key-taken");
  expect_problem(district_.client().post("api/v1/devices/kt-2/keys",
                                         wire::seal_key_change(kiosk.device(), kiosk.key(), key_)),
                 400, "wrong-device");
  must(storage::Devices(district_.store()).suspend(kiosk.device(), {"test", kNoon}));
  expect_problem(change_key(kiosk.device(), kiosk.key(), key_), 403, "suspended");
}

TEST_F(Enrolling, RevokedKeysNeedAnInvitation) {
  FakeKiosk kiosk("kt-1");
  kiosk.rate(5);
  district_.know(kiosk);
  EXPECT_EQ(must(storage::Devices(district_.store()).revoke_keys(kiosk.device(), {"t", kNoon})), 1);
  expect_problem(district_.send(kiosk), 403, "unknown-key");
  const auto invitation = invited({"", "", "", "kt-1"});
  expect_problem(present(invitation.code, kiosk.key()).reply, 409, "key-taken");
  EXPECT_EQ(enrol(invitation.code, key_).device.value, "kt-1");
  kiosk.set_key(key_);
  EXPECT_EQ(district_.send(kiosk).status, 200);
}

}  // namespace
}  // namespace hailong::district
