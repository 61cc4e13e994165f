#include <gtest/gtest.h>

#include <random>

#include "tests/district/running_district.h"
#include "wire/compression.h"

/// Each kind of bad input gets a 4xx with problem details, stores nothing, and is told in one line.

namespace hailong::district {
namespace {

class BadBatch : public ::testing::Test {
 protected:
  BadBatch() {
    for (int i = 0; i < 5; ++i) kiosk_.rate(4);
    district_.know(kiosk_);
  }

  /// Sends, and compares all that must be so. `pins`: heads that a well-signed refusal leaves.
  void expect_refused(const Reply& reply, long status, const std::string& reason,
                      const std::string& device = "kt-1") {
    expect_problem(reply, status, reason);
    EXPECT_EQ(district_.peek().counts(), before_);
    const auto lines =
        district_.log().lines_with("batch refused: device=" + device + " reason=" + reason + " ");
    ASSERT_EQ(lines.size(), 1U);
    EXPECT_EQ(lines[0].find('\n'), lines[0].size() - 1);
  }
  void expect_refused(const std::string& body, long status, const std::string& reason) {
    before_ = district_.peek().counts();
    expect_refused(district_.send(kiosk_, body), status, reason);
  }

  /// The batch's lines, to be changed by hand.
  [[nodiscard]] std::string text() const {
    return must(wire::decompress(kiosk_.sealed(), 1 << 20));
  }
  [[nodiscard]] std::string changed(const std::string& from, const std::string& to) const {
    std::string lines = text();
    const std::size_t place = lines.find(from);
    EXPECT_NE(place, std::string::npos);
    return wire::compress(lines.replace(place, from.size(), to));
  }

  RunningDistrict district_;
  FakeKiosk kiosk_{"kt-1"};
  std::map<std::string, std::int64_t> before_;
};

TEST_F(BadBatch, ForgedSignature) {
  FakeKiosk forger("kt-1");
  for (int i = 0; i < 5; ++i) forger.rate(5);
  std::string lines = must(wire::decompress(forger.sealed(), 1 << 20));
  // The forger names the right key, and signs with another one.
  const std::string wrong = core::to_hex(forger.key().public_key());
  lines.replace(lines.find(wrong), wrong.size(), core::to_hex(kiosk_.key().public_key()));
  expect_refused(wire::compress(lines), 403, "forged");
}

TEST_F(BadBatch, KeyThatMayNotSpeakForTheDevice) {
  FakeKiosk stranger("kt-1");
  stranger.rate(5);
  expect_refused(stranger.sealed(), 403, "unknown-key");
}

TEST_F(BadBatch, AlteredEvent) {
  expect_refused(changed("\"score\":4", "\"score\":5"), 403, "forged");
}

TEST_F(BadBatch, EventLeftOut) {
  std::string lines = text();
  const std::size_t start = lines.find(kiosk_.event(3));
  lines.erase(start, kiosk_.event(3).size() + 1);
  expect_refused(wire::compress(lines), 400, "malformed");
}

TEST_F(BadBatch, AlteredClaim) {
  expect_refused(changed("\"last\":5", "\"last\":4"), 403, "forged");
}

TEST_F(BadBatch, NotZstd) { expect_refused("{\"device\":\"kt-1\"}", 400, "malformed"); }

TEST_F(BadBatch, Nothing) { expect_refused("", 400, "malformed"); }

TEST_F(BadBatch, CutFrame) { expect_refused(kiosk_.sealed().substr(0, 100), 400, "malformed"); }

TEST_F(BadBatch, MalformedJson) {
  expect_refused(wire::compress("{\"v\":1,\n{}\n"), 400, "malformed");
}

TEST_F(BadBatch, MalformedEventWithAGoodSignature) {
  kiosk_.append_bytes("{\"seq\":6,");
  expect_refused(kiosk_.sealed(), 400, "malformed");
}

TEST_F(BadBatch, NonUtf8InTheClaim) {
  expect_refused(changed("kt-1", "kt-\xFF"), 400, "malformed");
}

TEST_F(BadBatch, NonUtf8EventWithAGoodSignature) {
  std::string event = kiosk_.event(5);
  event.replace(event.find("\"seq\":5"), 7, "\"seq\":6");
  event.replace(event.find("ho-tich"), 7, "ho-\xC3\x28");
  kiosk_.append_bytes(event);
  expect_refused(kiosk_.sealed(), 400, "malformed");
}

TEST_F(BadBatch, ZstdBomb) {
  const std::string bomb = wire::compress(std::string(64U << 20, 'a'));
  ASSERT_LT(bomb.size(), 1U << 20);
  expect_refused(bomb, 413, "too-large");
}

TEST_F(BadBatch, OversizeBody) {
  before_ = district_.peek().counts();
  std::string noise((1U << 20) + 1, '\0');
  std::mt19937 random(2);
  std::generate(noise.begin(), noise.end(), [&] { return static_cast<char>(random()); });
  for (const char* expect : {"Expect:", "Expect: 100-continue", "Transfer-Encoding: chunked"}) {
    const Reply reply = district_.client().post(district_.batches_of(kiosk_), noise, {expect});
    expect_problem(reply, 413, "too-large");
  }
  EXPECT_EQ(district_.peek().counts(), before_);
  EXPECT_EQ(district_.log().lines_with("batch refused: device=kt-1 reason=too-large ").size(), 3U);
}

TEST_F(BadBatch, BodyOfExactlyTheLimitIsRead) {
  expect_refused(std::string(1U << 20, 'x'), 400, "malformed");
}

TEST_F(BadBatch, WrongDevice) {
  const FakeKiosk other("kt-2");
  district_.know(other);
  before_ = district_.peek().counts();
  expect_refused(district_.send(other, kiosk_.sealed()), 400, "wrong-device", "kt-2");
}

TEST_F(BadBatch, UnknownDevice) {
  FakeKiosk nobody("kt-9");
  nobody.rate(1);
  before_ = district_.peek().counts();
  expect_refused(district_.send(nobody), 404, "unknown-device", "kt-9");
}

TEST_F(BadBatch, AddressThatIsNoDeviceId) {
  before_ = district_.peek().counts();
  const Reply reply = district_.client().post("api/v1/devices/%0Aerror:%20all%20is%20well/batches",
                                              kiosk_.sealed());
  expect_refused(reply, 404, "unknown-device", "(no device id)");
  EXPECT_TRUE(district_.log().lines_with("all is well").empty());
}

TEST_F(BadBatch, WordsThatNoEventCommitsTo) {
  wire::Batch batch = kiosk_.batch(1, 5);
  batch.contents.push_back({2, {}, "lời lạ"});
  expect_refused(must(wire::seal_batch(batch, kiosk_.key())), 422, "bad-content");
  EXPECT_TRUE(district_.log().lines_with("lời lạ").empty());
}

TEST_F(BadBatch, Gap) {
  before_ = district_.peek().counts();
  ++before_["pinned_head"];
  const Reply reply = district_.send(kiosk_, kiosk_.sealed(3, 5));
  expect_refused(reply, 409, "gap");
  EXPECT_EQ(json_of(reply).at("expected_seq"), 1);
}

TEST_F(BadBatch, RollBack) {
  EXPECT_EQ(district_.send(kiosk_).status, 200);
  kiosk_.roll_back_to(3);
  kiosk_.rate(1);
  before_ = district_.peek().counts();
  ++before_["pinned_head"];
  ++before_["conflict"];
  const Reply reply = district_.send(kiosk_, kiosk_.sealed(4, 4));
  expect_refused(reply, 409, "conflict");
  EXPECT_FALSE(json_of(reply).contains("expected_seq"));
}

}  // namespace
}  // namespace hailong::district
