#include "wire/key_change.h"

#include <gtest/gtest.h>

namespace hailong::wire {
namespace {

using core::Fault;

const core::DeviceId kKiosk{"kt-10750-q1"};

SigningKey numbered_key(std::uint8_t number) { return SigningKey::from_seed({number}); }

KeyChange change_between(const SigningKey& old_key, const SigningKey& new_key) {
  return {kKiosk, old_key.public_key(), new_key.public_key()};
}

TEST(KeyChange, ArrivesAsBothKeysSignedIt) {
  const auto opened = open_key_change(seal_key_change(kKiosk, numbered_key(1), numbered_key(2)));
  ASSERT_TRUE(opened) << opened.error().message;
  EXPECT_EQ(*opened, change_between(numbered_key(1), numbered_key(2)));
}

TEST(KeyChange, NeedsTheSignaturesOfBothKeys) {
  const std::string good = seal_key_change(kKiosk, numbered_key(1), numbered_key(2));
  const std::string stranger = core::to_hex(numbered_key(3).public_key());
  for (const std::uint8_t number : {std::uint8_t{1}, std::uint8_t{2}}) {
    std::string altered = good;
    const std::string key = core::to_hex(numbered_key(number).public_key());
    altered.replace(altered.find(key), key.size(), stranger);
    EXPECT_EQ(open_key_change(altered).error().fault, Fault::kRefused);
  }
}

TEST(KeyChange, IsNothingElseAndNothingLong) {
  for (const std::string& bytes :
       {std::string(), std::string("{}"), std::string(2048, '['),
        seal_key_change(kKiosk, numbered_key(1), numbered_key(2)) + std::string(2048, ' '),
        seal_key_change(core::DeviceId{"a/b"}, numbered_key(1), numbered_key(2))}) {
    EXPECT_EQ(open_key_change(bytes).error().fault, Fault::kInvalid);
  }
}

TEST(KeyChange, IsDoneOnlyWhenTheDistrictSaysSo) {
  const KeyChange change = change_between(numbered_key(1), numbered_key(2));
  const SigningKey authority = numbered_key(7);
  const std::string answer = seal_key_answer(change, authority);
  EXPECT_TRUE(check_key_answer(answer, change, authority.public_key()));
  const KeyChange other = change_between(numbered_key(1), numbered_key(3));
  EXPECT_EQ(check_key_answer(answer, other, authority.public_key()).error().fault, Fault::kRefused);
  EXPECT_EQ(
      check_key_answer(seal_key_answer(change, numbered_key(8)), change, authority.public_key())
          .error()
          .fault,
      Fault::kRefused);
  EXPECT_EQ(check_key_answer("OK", change, authority.public_key()).error().fault, Fault::kInvalid);
}

}  // namespace
}  // namespace hailong::wire
