#include "sync/bundle_fetch.h"

#include <gtest/gtest.h>

#include <fstream>
#include <optional>

#include "program/config.h"
#include "tests/temp_folder.h"
#include "tests/wire/sample_bundle.h"
#include "wire/bundle_file.h"

namespace hailong::sync {
namespace {

using core::Fault;
using tests::full_bundle;

const core::DeviceId kDevice{"kt-10750-q1"};

/// A district that answers what it was told to, and notes what it was asked.
class Publisher : public Transport {
 public:
  wire::SigningKey key = wire::SigningKey::from_seed(core::Bytes32{7});
  std::optional<Answer> answer;  // nothing: the truth
  std::string text;              // of the newest bundle; empty: none
  Request asked;

  Answer send(const Request& request) override {
    asked = request;
    if (answer) return *answer;
    if (text.empty()) return HttpAnswer{404, {}, "application/problem+json", "{}"};
    const std::string etag = "\"" + wire::bundle_id(text) + "\"";
    if (request.known_etag == etag) return HttpAnswer{304, {}, "", ""};
    return HttpAnswer{200, {}, "application/json", wire::seal_bundle(text, key), etag};
  }
};

class BundleFetch : public ::testing::Test {
 protected:
  core::Result<BundleState> fetch() {
    return fetch_bundle(publisher_, kDevice, named_, publisher_.key.public_key(), folder_.path());
  }
  void publish(std::int64_t number) {
    publisher_.text = wire::encode_bundle(full_bundle(kDevice, number)).value();
    named_ = wire::bundle_id(publisher_.text);
  }
  void answer(const std::string& body) {
    publisher_.answer = HttpAnswer{200, {}, "application/json", body};
  }
  /// What the kiosk finds; 0: no good bundle.
  [[nodiscard]] std::int64_t number_on_disk() const {
    const auto read = wire::read_bundle_file(file(), publisher_.key.public_key(), kDevice);
    return read ? read->bundle.number : 0;
  }
  [[nodiscard]] std::string fault_on_disk() const {
    return program::read_text_file(folder_.path() / wire::kBundleFaultFile).value_or("");
  }
  [[nodiscard]] std::filesystem::path file() const { return folder_.path() / wire::kBundleFile; }

  tests::TempFolder folder_;
  Publisher publisher_;
  std::string named_;  // by the district's signed word
};

TEST_F(BundleFetch, PutsTheNewestOnTheDiskOnce) {
  EXPECT_EQ(fetch().value().id, "");
  publish(5);
  const BundleState first = fetch().value();
  EXPECT_TRUE(first.taken);
  EXPECT_EQ(first.id, wire::bundle_id(publisher_.text));
  EXPECT_EQ(publisher_.asked.path, "/api/v1/devices/kt-10750-q1/config");
  EXPECT_EQ(number_on_disk(), 5);

  const BundleState again = fetch().value();
  EXPECT_EQ(publisher_.asked.known_etag, "\"" + first.id + "\"");
  EXPECT_FALSE(again.taken);
  EXPECT_EQ(again.id, first.id);

  publish(6);
  EXPECT_TRUE(fetch().value().taken);
  EXPECT_EQ(number_on_disk(), 6);
}

TEST_F(BundleFetch, KeepsTheLastGoodOneAndSaysWhatIsWrongWithTheNewest) {
  publish(5);
  ASSERT_TRUE(fetch().value().taken);
  const std::string good = wire::bundle_id(publisher_.text);

  const std::string for_another =
      wire::encode_bundle(full_bundle(core::DeviceId{"kt-10750-q2"}, 6)).value();
  const std::string older = wire::encode_bundle(full_bundle(kDevice, 4)).value();
  std::string flipped =
      wire::seal_bundle(wire::encode_bundle(full_bundle(kDevice, 6)).value(), publisher_.key);
  flipped[flipped.size() / 2] = static_cast<char>(flipped[flipped.size() / 2] ^ 1);
  auto same_number = full_bundle(kDevice, 5);
  same_number.thank_you_seconds = 9;
  const std::vector<std::string> bad = {
      wire::seal_bundle(for_another, publisher_.key),
      wire::seal_bundle(older, publisher_.key),
      flipped,
      wire::seal_bundle(publisher_.text, wire::SigningKey::generate()),
      wire::seal_bundle(wire::encode_bundle(same_number).value(), publisher_.key),
      wire::seal_bundle(R"({"v":1,"device":"kt-10750-q1","number":6,"colour":1})", publisher_.key),
      "<html>Wi-Fi đăng nhập</html>",
      ""};
  for (const std::string& body : bad) {
    answer(body);
    named_ = body == bad[1]   ? wire::bundle_id(older)
             : body == bad[4] ? wire::bundle_id(wire::encode_bundle(same_number).value())
                              : good;
    const BundleState state = fetch().value();
    EXPECT_FALSE(state.taken);
    EXPECT_EQ(state.id, good);
    EXPECT_NE(state.fault, "") << body;
    EXPECT_EQ(fault_on_disk(), state.fault + "\n");
    EXPECT_EQ(number_on_disk(), 5);
  }

  publisher_.answer.reset();
  publish(7);
  EXPECT_TRUE(fetch().value().taken);
  EXPECT_EQ(fault_on_disk(), "");
  EXPECT_EQ(number_on_disk(), 7);
}

TEST_F(BundleFetch, SaysNothingOfTheBundleWhenTheDistrictCannotBeAsked) {
  publish(5);
  ASSERT_TRUE(fetch().value().taken);
  for (const Answer& answer :
       {Answer(NetworkFailure{"no route"}), Answer(HttpAnswer{503, {}, "text/html", "busy"})}) {
    publisher_.answer = answer;
    EXPECT_EQ(fetch().error().fault, Fault::kOffline);
    EXPECT_EQ(fault_on_disk(), "");
  }
  EXPECT_EQ(number_on_disk(), 5);
}

TEST_F(BundleFetch, HealsABundleThatWasDamagedOnTheDisk) {
  publish(5);
  ASSERT_TRUE(fetch().value().taken);
  std::ofstream(file(), std::ios::binary | std::ios::in) << "x";
  const BundleState before = bundle_on_disk(kDevice, publisher_.key.public_key(), folder_.path());
  EXPECT_EQ(before.id, "");
  EXPECT_NE(before.fault, "");
  EXPECT_TRUE(fetch().value().taken);
  EXPECT_EQ(publisher_.asked.known_etag, "");
  EXPECT_EQ(number_on_disk(), 5);
}

TEST_F(BundleFetch, TakesNoOlderOneInThePlaceOfADamagedOne) {
  publish(4);
  const std::string older = wire::seal_bundle(publisher_.text, publisher_.key);
  publish(5);
  ASSERT_TRUE(fetch().value().taken);
  std::ofstream(file(), std::ios::binary | std::ios::in) << "x";
  answer(older);
  EXPECT_EQ(fetch().error().fault, Fault::kOffline) << "somebody plays an old one again";
  EXPECT_EQ(number_on_disk(), 0);
  publisher_.answer.reset();
  EXPECT_TRUE(fetch().value().taken);
  EXPECT_EQ(number_on_disk(), 5);
}

TEST_F(BundleFetch, TakesNothingOlderThanTheNewestThatEverWasThere) {
  publish(4);
  const std::string older = wire::seal_bundle(publisher_.text, publisher_.key);
  publish(5);
  ASSERT_TRUE(fetch().value().taken);
  std::ofstream(file(), std::ios::binary) << older;
  const BundleState put_back = bundle_on_disk(kDevice, publisher_.key.public_key(), folder_.path());
  EXPECT_EQ(put_back.id, "");
  EXPECT_NE(put_back.fault.find("is older than"), std::string::npos) << put_back.fault;

  publish(4);
  const BundleState refused = fetch().value();
  EXPECT_FALSE(refused.taken);
  EXPECT_NE(refused.fault.find("publish it again"), std::string::npos) << refused.fault;
  publish(5);
  EXPECT_TRUE(fetch().value().taken);
  EXPECT_EQ(publisher_.asked.known_etag, "");
  EXPECT_EQ(number_on_disk(), 5);
}

TEST_F(BundleFetch, SaysThatWhatItFetchedCannotBeKept) {
  publish(5);
  std::filesystem::create_directory(file().string() + ".new");
  EXPECT_EQ(fetch().error().fault, Fault::kIo);
}

}  // namespace
}  // namespace hailong::sync
