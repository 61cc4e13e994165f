#include "wire/bundle.h"

#include <gtest/gtest.h>

#include "core/resident_texts.h"
#include "tests/wire/sample_bundle.h"
#include "wire/json.h"

namespace hailong::wire {
namespace {

using core::Fault;
using tests::full_bundle;

const core::DeviceId kDevice{"kt-10750-q1"};

const SigningKey& authority() {
  static const SigningKey key = SigningKey::from_seed(core::Bytes32{4, 5, 6});
  return key;
}

/// What is said of the full bundle when `change` was made to its JSON.
template <typename Change>
std::string complaint(Change change) {
  Json json = Json::parse(encode_bundle(full_bundle(kDevice)).value());
  change(json);
  const auto decoded = decode_bundle(json.dump());
  return decoded ? "" : decoded.error().message;
}

TEST(Bundle, ArrivesAsItWasPublished) {
  const Bundle bundle = full_bundle(kDevice);
  const auto text = encode_bundle(bundle);
  ASSERT_TRUE(text) << text.error().message;
  const auto opened =
      open_bundle(seal_bundle(*text, authority()), authority().public_key(), kDevice);
  ASSERT_TRUE(opened) << opened.error().message;
  EXPECT_EQ(opened->bundle, bundle);
  EXPECT_EQ(opened->id, bundle_id(*text));
  EXPECT_EQ(opened->id.size(), 16U);
}

TEST(Bundle, MayLeaveEveryPartOut) {
  Bundle bundle;
  bundle.device = kDevice;
  bundle.number = 1;
  EXPECT_EQ(encode_bundle(bundle).value(), R"({"v":1,"device":"kt-10750-q1","number":1})");
  EXPECT_EQ(decode_bundle(encode_bundle(bundle).value()).value(), bundle);
}

TEST(Bundle, CountsOnlyForItsDeviceAndWithTheDistrictsSignature) {
  const std::string text = encode_bundle(full_bundle(kDevice)).value();
  const std::string sealed = seal_bundle(text, authority());
  const PublicKey key = authority().public_key();
  EXPECT_EQ(open_bundle(sealed, key, core::DeviceId{"kt-10750-q2"}).error().fault, Fault::kRefused);
  EXPECT_EQ(open_bundle(seal_bundle(text, SigningKey::generate()), key, kDevice).error().fault,
            Fault::kRefused);
}

// Hex digits may change their case and JSON its spelling; what the bundle says stays the same.
TEST(Bundle, NoticesEveryFlippedBit) {
  Bundle bundle;
  bundle.device = kDevice;
  bundle.number = 1;
  bundle.unit = UnitNames{"UBND xã Phú Thái", "Bộ phận Một cửa"};
  const std::string sealed = seal_bundle(encode_bundle(bundle).value(), authority());
  for (std::size_t place = 0; place < sealed.size(); ++place) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string altered = sealed;
      altered[place] = static_cast<char>(altered[place] ^ (1 << bit));
      const auto opened = open_bundle(altered, authority().public_key(), kDevice);
      EXPECT_EQ(opened ? opened->bundle : bundle, bundle) << place << " bit " << bit;
    }
  }
}

TEST(Bundle, SaysInOneLineWhereItBreaksTheRules) {
  EXPECT_EQ(complaint([](Json& json) { json["colour"] = "red"; }),
            "the configuration bundle's colour: expected no such key");
  EXPECT_EQ(complaint([](Json& json) { json["counters"][1]["colour"] = "red"; }),
            "the configuration bundle's counters[1].colour: expected no such key");
  EXPECT_EQ(complaint([](Json& json) { json["v"] = 2; }),
            "the configuration bundle's v: expected version 1: update the program first");
  EXPECT_EQ(complaint([](Json& json) { json["thank_you_seconds"] = 31; }),
            "the configuration bundle's thank_you_seconds: expected a whole number from 1 to 30");
  EXPECT_EQ(complaint([](Json& json) { json["counters"][1]["id"] = "q1"; }),
            "the configuration bundle's counters[1].id: expected no q1 a second time");
  EXPECT_EQ(complaint([](Json& json) { json["procedures"][0]["field"] = "dat-dai"; }),
            "the configuration bundle's procedures[0].field: expected one of the bundle's fields");
  EXPECT_EQ(complaint([](Json& json) { json["officers"][0]["name"] = "hai\ndòng"; }),
            "the configuration bundle's officers[0].name: expected a text of 1 to 400 bytes, on "
            "one line, in composed (NFC) letters of Vietnamese");
  EXPECT_NE(complaint([](Json& json) { json["officers"][0]["name"] = "漢字"; }), "");
  EXPECT_NE(complaint([](Json& json) { json["officers"][0]["name"] = "a\u0301"; }), "");
  EXPECT_EQ(complaint([](Json& json) { json["opening"][0]["to"] = "06:00"; }),
            "the configuration bundle's opening[0].days: expected days as mon-fri or sat, with "
            "from and to as 07:30");
  EXPECT_EQ(complaint([](Json& json) { json["holidays"][0]["work"] = true; }),
            "the configuration bundle's holidays: expected 2026-01-01: off is for Monday to "
            "Friday, work for the weekend");
  EXPECT_EQ(complaint([](Json& json) { json["questionnaire"]["official"][0]["purposes"] = {"x"}; }),
            "the configuration bundle's questionnaire.official[0].purposes: expected purposes of "
            "the questionnaire, not x");
}

TEST(Bundle, HoldsNoTextThatNoScreenShowsAndMissesNone) {
  EXPECT_EQ(complaint([](Json& json) { json["texts"]["vi"]["reasons.new"] = "Mới"; }),
            "the configuration bundle's texts.vi.reasons.new: expected no such text");
  EXPECT_EQ(complaint([](Json& json) { json["texts"]["vi"]["words.left"] = "Còn lại"; }),
            "the configuration bundle's texts.vi.words.left: expected a text with {} once");
  EXPECT_EQ(complaint([](Json& json) { json["texts"]["en"].erase("questions.clean"); }),
            "the configuration bundle's texts.en.questions.clean: expected the text that the "
            "questionnaire needs");
  EXPECT_EQ(complaint([](Json& json) { json["texts"]["fr"] = Json::object(); }),
            "the configuration bundle's texts.fr: expected no such key");
}

TEST(Bundle, IsNotADeepNestOfBracketsAndNotTooLong) {
  const std::string nest(kMostBundleBytes, '[');
  EXPECT_EQ(decode_bundle(nest).error().fault, Fault::kInvalid);
  EXPECT_EQ(decode_bundle(R"({"v":1,"texts":)" + nest).error().fault, Fault::kInvalid);
  Bundle bundle;
  bundle.device = kDevice;
  bundle.number = 1;
  EXPECT_FALSE(decode_bundle(encode_bundle(bundle).value() + std::string(kMostBundleBytes, ' ')));
}

TEST(Bundle, IsNotAnythingElseThatSaysOk) {
  for (const char* answer : {"", "OK", "<html><title>Wi-Fi đăng nhập</title></html>", "{}", "[]",
                             R"({"bundle":{}})", R"({"bundle":"{}","signature":"00"})"}) {
    EXPECT_EQ(open_bundle(answer, authority().public_key(), kDevice).error().fault, Fault::kInvalid)
        << answer;
  }
}

}  // namespace
}  // namespace hailong::wire
