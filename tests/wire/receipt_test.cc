#include "wire/receipt.h"

#include <gtest/gtest.h>

namespace hailong::wire {
namespace {

using core::Fault;

const SigningKey& district_key() {
  static const SigningKey key = SigningKey::from_seed(core::Bytes32{4, 5, 6});
  return key;
}

Receipt receipt() {
  return {core::DeviceId{"kt-10750-q1"}, core::EpochId{"0123456789abcdef"}, 12, core::Bytes32{8},
          1'000};
}

TEST(Receipt, ArrivesAsItWasGiven) {
  EXPECT_EQ(
      open_receipt(seal_receipt(receipt(), district_key()), district_key().public_key()).value(),
      receipt());
}

TEST(Receipt, TellsHowFarTheWordsAreHere) {
  Receipt with_words = receipt();
  with_words.contents = 7;
  const std::string sealed = seal_receipt(with_words, district_key());
  EXPECT_EQ(open_receipt(sealed, district_key().public_key()).value(), with_words);
  EXPECT_EQ(peek_receipt(sealed), with_words);
  EXPECT_EQ(peek_receipt("receipt"), std::nullopt);
}

TEST(Receipt, CountsOnlyWithTheDistrictsSignature) {
  const std::string forged = seal_receipt(receipt(), SigningKey::generate());
  EXPECT_EQ(open_receipt(forged, district_key().public_key()).error().fault, Fault::kRefused);

  std::string altered = seal_receipt(receipt(), district_key());
  altered.replace(altered.find(":12,"), 4, ":99,");
  EXPECT_EQ(open_receipt(altered, district_key().public_key()).error().fault, Fault::kRefused);
}

// Hex digits may change their case and JSON its spelling; what the receipt says stays the same.
TEST(Receipt, NoticesEveryFlippedBit) {
  const std::string sealed = seal_receipt(receipt(), district_key());
  for (std::size_t place = 0; place < sealed.size(); ++place) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string altered = sealed;
      altered[place] = static_cast<char>(altered[place] ^ (1 << bit));
      const auto opened = open_receipt(altered, district_key().public_key());
      EXPECT_EQ(opened.value_or(receipt()), receipt()) << place << " bit " << bit;
    }
  }
}

TEST(Receipt, IsNotADeepNestOfBrackets) {
  const std::string nest(65'536, '[');
  EXPECT_EQ(open_receipt(nest, district_key().public_key()).error().fault, Fault::kInvalid);
  EXPECT_EQ(open_receipt("{\"receipt\":" + nest, district_key().public_key()).error().fault,
            Fault::kInvalid);
}

TEST(Receipt, IsNotAnythingElseThatSaysOk) {
  for (const char* answer : {"", "OK", "<html><title>Wi-Fi đăng nhập</title></html>", "{}", "[]",
                             R"({"receipt":{}})", R"({"receipt":"{}","signature":"00"})"}) {
    EXPECT_EQ(open_receipt(answer, district_key().public_key()).error().fault, Fault::kInvalid)
        << answer;
  }
}

TEST(Receipt, IsNotASignatureMadeForAnotherPurpose) {
  const std::string text = R"({"v":1,"device":"d","epoch":"e","last":1,"head":")" +
                           std::string(64, '0') + R"(","at":1})";
  std::string escaped;
  for (const char c : text) escaped += c == '"' ? std::string("\\\"") : std::string(1, c);
  const std::string answer = R"({"receipt":")" + escaped + R"(","signature":")" +
                             core::to_hex(district_key().sign("batch", text)) + R"("})";
  EXPECT_EQ(open_receipt(answer, district_key().public_key()).error().fault, Fault::kRefused);
}

}  // namespace
}  // namespace hailong::wire
