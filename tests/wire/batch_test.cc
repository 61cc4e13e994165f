#include "wire/batch.h"

#include <gtest/gtest.h>

#include <limits>
#include <utility>
#include <vector>

#include "core/chain.h"
#include "tests/property.h"
#include "wire/compression.h"

namespace hailong::wire {
namespace {

using core::Fault;

constexpr std::size_t kLimit = 1 << 20;

const SigningKey& device_key() {
  static const SigningKey key = SigningKey::from_seed(core::Bytes32{1, 2, 3});
  return key;
}

Batch batch_of(int events) {
  Batch batch;
  batch.claim = {core::DeviceId{"kt-10750-q1"}, core::EpochId{"0123456789abcdef"}, 5, 4, {}, {}};
  batch.claim.previous[0] = 7;
  batch.claim.head = batch.claim.previous;
  for (int i = 0; i < events; ++i) {
    batch.events.push_back("{\"event\":" + std::to_string(i) + "}");
    batch.claim.head = core::chain_next(batch.claim.head, batch.events.back());
    ++batch.claim.last;
  }
  batch.contents = {{6, core::Bytes32{9}, "chờ \"lâu\"\nquá"}};
  return batch;
}

std::string plain(const Batch& batch) {
  return decompress(seal_batch(batch, device_key()).value(), kLimit).value();
}

Fault refusal(const std::string& text) {
  const auto opened = open_batch(compress(text), kLimit);
  EXPECT_FALSE(opened.has_value()) << text;
  return opened ? Fault::kIo : opened.error().fault;
}

TEST(Batch, ArrivesAsItWasSent) {
  const Batch sent = batch_of(3);
  const auto opened = open_batch(seal_batch(sent, device_key()).value(), kLimit);
  ASSERT_TRUE(opened.has_value()) << opened.error().message;
  EXPECT_EQ(opened->claim, sent.claim);
  EXPECT_EQ(opened->key, device_key().public_key());
  EXPECT_TRUE(std::equal(opened->events.begin(), opened->events.end(), sent.events.begin(),
                         sent.events.end()));
  EXPECT_EQ(opened->hashes.back(), sent.claim.head);
  EXPECT_EQ(opened->contents, sent.contents);
}

TEST(Batch, BringsWordsOfEventsBeforeIt) {
  Batch sent = batch_of(2);
  sent.claim.contents = ContentsClaim{1, 6};
  sent.contents = {{2, core::Bytes32{9}, "earlier"}, {6, core::Bytes32{8}, "its own"}};
  const auto opened = open_batch(seal_batch(sent, device_key()).value(), kLimit);
  ASSERT_TRUE(opened.has_value()) << opened.error().message;
  EXPECT_EQ(opened->claim, sent.claim);
  EXPECT_EQ(opened->contents, sent.contents);
}

TEST(Batch, BringsNoOtherWordsThanItClaims) {
  for (const auto& [claim, seq] : std::vector<std::pair<ContentsClaim, core::Seq>>{
           {{1, 4}, 1}, {{1, 4}, 5}, {{0, 0}, 5}, {{2, 7}, 3}, {{4, 3}, 4}}) {
    Batch sent = batch_of(2);  // events 5 and 6
    sent.claim.contents = claim;
    sent.contents = {{seq, core::Bytes32{9}, "words"}};
    EXPECT_EQ(refusal(plain(sent)), Fault::kInvalid) << claim.after << " " << claim.last;
  }
}

TEST(Batch, StaysReadableWhenMoved) {
  auto opened = open_batch(seal_batch(batch_of(2), device_key()).value(), kLimit).value();
  const OpenedBatch moved = std::move(opened);
  EXPECT_EQ(moved.events[1], "{\"event\":1}");
}

// The contents are not under the signature themselves, but under the digests in their events, which
// the receiver compares. Everything else is.
TEST(Batch, NoticesEveryFlippedBitOfClaimSignatureAndEvents) {
  Batch batch = batch_of(3);
  batch.contents.clear();
  const std::string text = plain(batch);
  for (std::size_t place = 0; place < text.size(); ++place) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string altered = text;
      altered[place] = static_cast<char>(altered[place] ^ (1 << bit));
      const auto opened = open_batch(compress(altered), kLimit);
      if (!opened) continue;
      // Hex digits may change their case; the bytes they stand for stay the same.
      EXPECT_EQ(opened->claim, batch.claim) << place << " bit " << bit;
      EXPECT_EQ(opened->signature, device_key().sign("batch", opened->signed_claim)) << place;
      EXPECT_EQ(std::string(opened->events[1]), batch.events[1]) << place;
    }
  }
}

TEST(Batch, RefusesAForgedSignature) {
  Batch batch = batch_of(2);
  const std::string honest = plain(batch);
  batch.claim.device = core::DeviceId{"kt-10756-q1"};
  const std::string forged = plain(batch);
  // The claim of one batch under the signature of the other.
  const std::size_t end = honest.find('\n');
  EXPECT_EQ(refusal(forged.substr(0, forged.find('\n')) + honest.substr(end)), Fault::kRefused);
}

TEST(Batch, RefusesAnAlteredEvent) {
  std::string text = plain(batch_of(2));
  text.replace(text.find("{\"event\":1}"), 11, "{\"event\":9}");
  EXPECT_EQ(refusal(text), Fault::kRefused);
}

TEST(Batch, RefusesEventsThatAreMissing) {
  Batch batch = batch_of(3);
  batch.contents.clear();
  std::string text = plain(batch);
  text.resize(text.size() - std::string("{\"event\":2}\n").size());
  EXPECT_EQ(refusal(text), Fault::kInvalid);
}

TEST(Batch, RefusesNumbersThatCannotBeCountedOn) {
  Batch batch = batch_of(1);
  batch.contents.clear();
  batch.claim.first = batch.claim.last = core::kLastSeq;
  EXPECT_TRUE(open_batch(seal_batch(batch, device_key()).value(), kLimit).has_value());
  for (const core::Seq seq : {core::kLastSeq + 1, std::numeric_limits<core::Seq>::max()}) {
    batch.claim.first = batch.claim.last = seq;
    EXPECT_EQ(refusal(plain(batch)), Fault::kInvalid);
  }
}

TEST(Batch, RefusesWhatIsMalformed) {
  EXPECT_EQ(refusal(""), Fault::kInvalid);
  EXPECT_EQ(refusal("one line\n"), Fault::kInvalid);
  EXPECT_EQ(refusal("{}\n{}\n"), Fault::kInvalid);
  const std::string text = plain(batch_of(1));
  EXPECT_EQ(refusal(text.substr(0, text.size() - 1)), Fault::kInvalid);  // no line end
  EXPECT_EQ(refusal(text + "{\"content\":{}}\n"), Fault::kInvalid);
  EXPECT_EQ(refusal(text + "\xFF\n"), Fault::kInvalid);
  Batch batch = batch_of(1);
  batch.contents[0].seq = 99;
  EXPECT_EQ(refusal(plain(batch)), Fault::kInvalid);
  EXPECT_EQ(open_batch("<html>Xin chào</html>", kLimit).error().fault, Fault::kInvalid);
}

TEST(Batch, RefusesClaimsOutOfRange) {
  const auto with = [](auto change) {
    Batch batch = batch_of(2);
    change(batch.claim);
    return refusal(plain(batch));
  };
  EXPECT_EQ(with([](auto& claim) { claim.first = 0; }), Fault::kInvalid);
  EXPECT_EQ(with([](auto& claim) { claim.last = 4; }), Fault::kInvalid);
  EXPECT_EQ(with([](auto& claim) { claim.last = INT64_MAX; }), Fault::kInvalid);
  EXPECT_EQ(with([](auto& claim) { claim.device.value = "../etc"; }), Fault::kInvalid);
  EXPECT_EQ(with([](auto& claim) { claim.epoch.value = ""; }), Fault::kInvalid);
}

TEST(Batch, UnpacksNoMoreThanAllowed) {
  const std::string bytes = seal_batch(batch_of(500), device_key()).value();
  EXPECT_EQ(open_batch(bytes, 1'000).error().fault, Fault::kFull);
}

TEST(Batch, RefusesToSealWordsThatAreNotUtf8) {
  Batch batch = batch_of(2);
  batch.contents[0].text = "\xFF";
  EXPECT_FALSE(seal_batch(batch, device_key()).has_value());
}

}  // namespace
}  // namespace hailong::wire
