#include "wire/heartbeat.h"

#include <gtest/gtest.h>

#include <functional>
#include <vector>

namespace hailong::wire {
namespace {

using core::Fault;

const SigningKey& kiosk_key() {
  static const SigningKey key = SigningKey::from_seed(core::Bytes32{1, 2, 3});
  return key;
}

const SigningKey& answering_key() {
  static const SigningKey key = SigningKey::from_seed(core::Bytes32{4, 5, 6});
  return key;
}

Heartbeat heartbeat() {
  return {core::DeviceId{"kt-10750-q1"},
          core::EpochId{"0123456789abcdef"},
          "1.2.3",
          "00112233445566ff",
          812,
          core::Bytes32{8},
          800,
          93'000,
          4'000,
          HeartbeatDisk{1'000'000, 8'000'000},
          -52,
          {1'795'453'200'007, std::string(32, 'a'), 184'223, core::ClockState::kSynced},
          "0123456789abcdef",
          "the signature is not the district's",
          {"disk full", "khóa máy bị mất"}};
}

TEST(Heartbeat, ArrivesAsItWasSent) {
  const auto opened = open_heartbeat(seal_heartbeat(heartbeat(), kiosk_key())).value();
  EXPECT_EQ(opened.heartbeat, heartbeat());
  EXPECT_EQ(opened.key, kiosk_key().public_key());
  EXPECT_TRUE(verify_signature(opened.key, "heartbeat", opened.signed_text, opened.signature));
}

TEST(Heartbeat, LeavesOutWhatIsNotKnown) {
  Heartbeat bare = heartbeat();
  bare.oldest_ms = bare.tap_ms = std::nullopt;
  bare.disk = std::nullopt;
  bare.temperature = std::nullopt;
  bare.bundle = bare.bundle_fault = "";
  bare.faults = {};
  const std::string sealed = seal_heartbeat(bare, kiosk_key());
  EXPECT_EQ(open_heartbeat(sealed).value().heartbeat, bare);
  for (const char* key : {"oldest", "tap", "disk_free", "temperature", "bundle", "faults"}) {
    EXPECT_EQ(sealed.find("\"" + std::string(key) + "\""), std::string::npos) << key;
  }
}

// It is sent in any state of the kiosk, so no fault text may break it.
TEST(Heartbeat, BoundsAndMendsItsFaults) {
  Heartbeat broken = heartbeat();
  broken.faults = std::vector<std::string>(40, std::string(5000, '\x01'));
  broken.bundle_fault = std::string(5000, '\xE1');
  const auto opened = open_heartbeat(seal_heartbeat(broken, kiosk_key()));
  ASSERT_TRUE(opened) << opened.error().message;
  EXPECT_EQ(opened->heartbeat.faults.size(), 8U);
}

TEST(Heartbeat, NoticesAFlippedBitInEveryByteOfWhatItSays) {
  const std::string sealed = seal_heartbeat(heartbeat(), kiosk_key());
  const std::size_t end = sealed.find('\n');
  for (std::size_t place = 0; place < end; ++place) {
    std::string altered = sealed;
    altered[place] = static_cast<char>(altered[place] ^ (1 << (place % 8)));
    EXPECT_FALSE(open_heartbeat(altered)) << place;
  }
}

TEST(Heartbeat, IsNoneWhenItIsCutOrSomethingElse) {
  const std::string sealed = seal_heartbeat(heartbeat(), kiosk_key());
  for (std::size_t size = 0; size < sealed.size(); ++size) {
    EXPECT_FALSE(open_heartbeat(sealed.substr(0, size))) << size;
  }
  EXPECT_EQ(open_heartbeat(sealed + "{}\n").error().fault, Fault::kInvalid);
  EXPECT_EQ(open_heartbeat(std::string(kMostHeartbeatBytes + 1, ' ')).error().fault,
            Fault::kInvalid);
}

TEST(Heartbeat, IsRefusedWithValuesThatCannotBe) {
  for (const auto& spoil : std::vector<std::function<void(Heartbeat&)>>{
           [](Heartbeat& h) { h.device.value = "no device"; },
           [](Heartbeat& h) { h.nonce = "short"; }, [](Heartbeat& h) { h.last = -1; },
           [](Heartbeat& h) { h.now.boot_id = "x"; }, [](Heartbeat& h) { h.oldest_ms = -5; },
           [](Heartbeat& h) { h.temperature = 50'000; },
           [](Heartbeat& h) {
             h.disk = HeartbeatDisk{-1, 5};
           }}) {
    Heartbeat odd = heartbeat();
    spoil(odd);
    EXPECT_EQ(open_heartbeat(seal_heartbeat(odd, kiosk_key())).error().fault, Fault::kInvalid);
  }
}

TEST(HeartbeatAnswer, CountsOnlyForItsOwnHeartbeatAndWithTheDistrictsSignature) {
  const HeartbeatAnswer answer{"00112233445566ff", 1'795'453'201'000, "0123456789abcdef"};
  const PublicKey district = answering_key().public_key();
  const std::string sealed = seal_heartbeat_answer(answer, answering_key());
  EXPECT_EQ(open_heartbeat_answer(sealed, district, answer.nonce).value(), answer);
  EXPECT_EQ(open_heartbeat_answer(sealed, district, "ff112233445566ff").error().fault,
            Fault::kRefused);
  EXPECT_EQ(
      open_heartbeat_answer(seal_heartbeat_answer(answer, kiosk_key()), district, answer.nonce)
          .error()
          .fault,
      Fault::kRefused);
  EXPECT_EQ(open_heartbeat_answer("OK", district, answer.nonce).error().fault, Fault::kInvalid);
  EXPECT_EQ(open_heartbeat_answer("", district, answer.nonce).error().fault, Fault::kInvalid);
}

}  // namespace
}  // namespace hailong::wire
