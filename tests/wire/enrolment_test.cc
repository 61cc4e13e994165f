#include "wire/enrolment.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cctype>
#include <set>

#include "tests/temp_folder.h"
#include "wire/enrolment_code.h"
#include "wire/enrolment_file.h"

namespace hailong::wire {
namespace {

using core::Fault;

SigningKey machine_key() { return SigningKey::from_seed(core::Bytes32{1}); }
SigningKey authority_key() { return SigningKey::from_seed(core::Bytes32{2}); }

EnrolmentRequest request() { return {"K7QD", machine_key().public_key(), core::Bytes32{3}}; }

Enrolment enrolment() {
  return {core::DeviceId{"kt-10750-q1"},
          core::UnitCode{"10750"},
          "kim-xuyen",
          core::CounterId{"q1"},
          1201,
          authority_key().public_key()};
}

constexpr core::Bytes32 kSecret{9, 9};
constexpr core::Bytes32 kOtherSecret{9, 8};

TEST(EnrolmentCode, IsReadHoweverItIsTyped) {
  const EnrolmentCode code = new_enrolment_code();
  std::string lower;
  for (const char c : code.text)
    lower += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  EXPECT_EQ(read_enrolment_code(code.text), code);
  EXPECT_EQ(read_enrolment_code(code.shown()), code);
  EXPECT_EQ(read_enrolment_code(" " + lower + " "), code);
  EXPECT_EQ(code.shown().size(), 24U);
  EXPECT_TRUE(is_invitation_name(code.invitation()));
}

TEST(EnrolmentCode, TakesLettersThatLookLikeDigitsForThem) {
  EnrolmentCode code = new_enrolment_code();
  while (code.text.find('0') == std::string::npos || code.text.find('1') == std::string::npos) {
    code = new_enrolment_code();
  }
  std::string typed = code.text;
  typed[typed.find('0')] = 'o';
  typed[typed.find('1')] = 'l';
  EXPECT_EQ(read_enrolment_code(typed), code);
}

TEST(EnrolmentCode, FindsNearlyEveryMistypedCharacter) {
  int found = 0;
  int tried = 0;
  for (int i = 0; i < 20; ++i) {
    const EnrolmentCode code = new_enrolment_code();
    for (std::size_t place = 0; place < kCodeLength; ++place) {
      for (const char other : kCodeAlphabet) {
        std::string typed = code.text;
        if (typed[place] == other) continue;
        typed[place] = other;
        ++tried;
        found += read_enrolment_code(typed) ? 0 : 1;
      }
    }
  }
  EXPECT_GT(found * 10, tried * 9);
}

TEST(EnrolmentCode, IsNothingElse) {
  const std::string code = new_enrolment_code().text;
  for (const std::string& typed : {std::string(), code.substr(1), code + "0", std::string(20, 'U'),
                                   std::string(100'000, '-'), code.substr(0, 19) + "\xC3"}) {
    EXPECT_FALSE(read_enrolment_code(typed)) << typed.substr(0, 40);
  }
}

TEST(EnrolmentCode, IsNeverDrawnTwiceAndHidesItsSecret) {
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) seen.insert(new_enrolment_code().text);
  EXPECT_EQ(seen.size(), 1000U);
  EXPECT_NE(EnrolmentCode{std::string(20, '0')}.secret(),
            EnrolmentCode{std::string(19, '0') + "1"}.secret());
}

TEST(Enrolment, GoesThereAndBack) {
  const auto received =
      receive_enrolment_request(seal_enrolment_request(request(), kSecret, machine_key()));
  ASSERT_TRUE(received) << received.error().message;
  EXPECT_EQ(received->request, request());
  EXPECT_TRUE(received->knows(kSecret));
  EXPECT_FALSE(received->knows(kOtherSecret));
  EXPECT_EQ(open_enrolment(seal_enrolment(enrolment(), request(), kSecret, authority_key()),
                           request(), kSecret)
                .value(),
            enrolment());
}

TEST(Enrolment, RequestSaysWhatTheMachineCouldNotGoBy) {
  EnrolmentRequest bound = request();
  bound.device.value = "kt-10750-q1";
  bound.district = authority_key().public_key();
  const auto received =
      receive_enrolment_request(seal_enrolment_request(bound, kSecret, machine_key()));
  ASSERT_TRUE(received) << received.error().message;
  EXPECT_EQ(received->request, bound);
  EXPECT_TRUE(
      open_enrolment(seal_enrolment(enrolment(), bound, kSecret, authority_key()), bound, kSecret));
  bound.device.value = "no plain name";
  EXPECT_FALSE(receive_enrolment_request(seal_enrolment_request(bound, kSecret, machine_key())));
}

TEST(Enrolment, RequestNeedsTheSignatureOfTheKeyThatItNames) {
  std::string sealed = seal_enrolment_request(request(), kSecret, machine_key());
  const std::string key = core::to_hex(machine_key().public_key());
  sealed.replace(sealed.find(key), key.size(), core::to_hex(authority_key().public_key()));
  EXPECT_EQ(receive_enrolment_request(sealed).error().fault, Fault::kRefused);
}

TEST(Enrolment, AnswerIsNotBelievedFromOneWhoDoesNotKnowTheCode) {
  const std::string sealed = seal_enrolment(enrolment(), request(), kOtherSecret, authority_key());
  EXPECT_EQ(open_enrolment(sealed, request(), kSecret).error().fault, Fault::kRefused);
}

TEST(Enrolment, AnswerToAnotherRequestIsNotBelieved) {
  const std::string sealed = seal_enrolment(enrolment(), request(), kSecret, authority_key());
  EnrolmentRequest again = request();
  again.nonce = {4};
  EXPECT_EQ(open_enrolment(sealed, again, kSecret).error().fault, Fault::kRefused);
  EnrolmentRequest other = request();
  other.key = authority_key().public_key();
  EXPECT_EQ(open_enrolment(sealed, other, kSecret).error().fault, Fault::kRefused);
}

TEST(Enrolment, RequestIsNoAnswer) {
  const std::string sealed = seal_enrolment_request(request(), kSecret, machine_key());
  EXPECT_EQ(open_enrolment(sealed, request(), kSecret).error().fault, Fault::kInvalid);
  const std::string answer = seal_enrolment(enrolment(), request(), kSecret, authority_key());
  EXPECT_FALSE(receive_enrolment_request(answer));
}

TEST(Enrolment, NoticesEveryFlippedBit) {
  const std::string sealed = seal_enrolment(enrolment(), request(), kSecret, authority_key());
  for (std::size_t place = 0; place < sealed.size(); ++place) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string altered = sealed;
      altered[place] = static_cast<char>(altered[place] ^ (1 << bit));
      const auto opened = open_enrolment(altered, request(), kSecret);
      EXPECT_EQ(opened.value_or(enrolment()), enrolment()) << place << " bit " << bit;
    }
  }
}

TEST(Enrolment, IsNothingElseAndNothingLong) {
  const std::string good = seal_enrolment_request(request(), kSecret, machine_key());
  for (const std::string& bytes :
       {std::string(), std::string("OK"), std::string("{}"), std::string("[]"),
        std::string(4096, '['), good + std::string(4096, ' '),
        std::string(R"({"text":1,"mac":2,"signature":3})")}) {
    EXPECT_EQ(receive_enrolment_request(bytes).error().fault, Fault::kInvalid);
    EXPECT_EQ(open_enrolment(bytes, request(), kSecret).error().fault, Fault::kInvalid);
  }
}

TEST(Enrolment, RefusesNamesThatCouldLeadElsewhere) {
  Enrolment odd = enrolment();
  odd.device = core::DeviceId{"../../etc"};
  const std::string sealed = seal_enrolment(odd, request(), kSecret, authority_key());
  EXPECT_EQ(open_enrolment(sealed, request(), kSecret).error().fault, Fault::kInvalid);
}

TEST(Enrolment, RefusesNumbersThatCannotBeCountedOn) {
  for (const core::Seq first : {core::Seq{0}, core::kLastSeq + 1}) {
    Enrolment there = enrolment();
    there.first = first;
    const std::string sealed = seal_enrolment(there, request(), kSecret, authority_key());
    EXPECT_EQ(open_enrolment(sealed, request(), kSecret).error().fault, Fault::kInvalid) << first;
  }
}

TEST(EnrolmentFile, KeepsWhatTheDistrictSaid) {
  const tests::TempFolder folder;
  EXPECT_EQ(read_enrolment(folder.path()).error().fault, Fault::kNotFound);
  ASSERT_TRUE(write_enrolment(folder.path(), enrolment()));
  EXPECT_EQ(read_enrolment(folder.path()).value(), enrolment());
  struct stat status {};
  ASSERT_EQ(::stat((folder.path() / kEnrolmentFile).c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
  ASSERT_EQ(::truncate((folder.path() / kEnrolmentFile).c_str(), 20), 0);
  EXPECT_EQ(read_enrolment(folder.path()).error().fault, Fault::kCorrupt);
}

TEST(EnrolmentFile, SaysNothingThatTheDistrictCannotHaveSaid) {
  const tests::TempFolder folder;
  Enrolment odd = enrolment();
  odd.unit.value = "../10750";
  ASSERT_TRUE(write_enrolment(folder.path(), odd));
  EXPECT_EQ(read_enrolment(folder.path()).error().fault, Fault::kCorrupt);
}

class EnrolmentHandover : public testing::Test {
 protected:
  EnrolRequest ask(const EnrolmentCode& code = new_enrolment_code()) {
    EXPECT_TRUE(ask_to_enrol(folder_.path(), code));
    return asked_to_enrol(folder_.path()).value();
  }
  void say(const EnrolRequest& request, const EnrolState& state) {
    ASSERT_TRUE(say_enrol_state(folder_.path(), request, state));
  }
  EnrolState state() { return enrol_state(folder_.path()).value(); }
  Fault fault() { return asked_to_enrol(folder_.path()).error().fault; }

  tests::TempFolder folder_;
};

TEST_F(EnrolmentHandover, BringsACodeOverAndItsStateBack) {
  EXPECT_EQ(fault(), Fault::kNotFound);
  EXPECT_EQ(state(), EnrolState{});
  const EnrolmentCode code = new_enrolment_code();
  const EnrolRequest request = ask(code);
  EXPECT_EQ(request.code, code);
  say(request, {"offline"});
  EXPECT_EQ(state(), EnrolState{"offline"});
  EXPECT_EQ(asked_to_enrol(folder_.path()).value(), request);
  say(request, {"code-used", true});
  EXPECT_EQ(state(), (EnrolState{"code-used", true}));
  EXPECT_EQ(fault(), Fault::kNotFound);
  ASSERT_TRUE(forget_enrol_request(folder_.path()));
  EXPECT_EQ(state(), (EnrolState{"code-used", true}));
  ask(code);
  EXPECT_EQ(state(), EnrolState{});
}

TEST_F(EnrolmentHandover, LetsTheAnswerToAnOldCodeStandForNoNewOne) {
  const EnrolRequest old = ask();
  const EnrolRequest anew = ask();
  say(old, {"code-used", true});
  EXPECT_EQ(state(), EnrolState{});
  EXPECT_EQ(asked_to_enrol(folder_.path()).value(), anew);
}

}  // namespace
}  // namespace hailong::wire
