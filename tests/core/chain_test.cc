#include "core/chain.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/property.h"

namespace hailong::core {
namespace {

const DeviceId kDevice{"kt-10750-q1"};
const EpochId kEpoch{"0123456789abcdef"};

Bytes32 head_of(const std::vector<std::string>& events) {
  Bytes32 head = chain_start(kDevice, kEpoch);
  for (const std::string& event : events) head = chain_next(head, event);
  return head;
}

// Computed with Python's hashlib.blake2b(digest_size=32), so that the rule is the documented one
// and not merely what this code does.
TEST(Chain, FollowsTheDocumentedRule) {
  EXPECT_EQ(to_hex(chain_start(kDevice, kEpoch)),
            "9e960f800978a2e0f70c3e74fc99349faf483d09db9ba6960996a2382490ed8a");
  EXPECT_EQ(to_hex(head_of({"{\"seq\":1}"})),
            "91510930dfbfe4daf9e58f2d7f3659e508b446231fcfc89ca9d8d54fcf0e3ef3");
}

TEST(Chain, BindsDeviceAndEpoch) {
  EXPECT_NE(chain_start(kDevice, kEpoch), chain_start(DeviceId{"kt-10750-q2"}, kEpoch));
  EXPECT_NE(chain_start(kDevice, kEpoch), chain_start(kDevice, EpochId{"fedcba9876543210"}));
}

TEST(Chain, ChangesWithEveryBitOfEveryEvent) {
  HAILONG_PROPERTY("any flipped bit changes the head", [](std::vector<std::string> events) {
    RC_PRE(!events.empty());
    const auto which = *rc::gen::inRange<std::size_t>(0, events.size());
    RC_PRE(!events[which].empty());
    const auto place = *rc::gen::inRange<std::size_t>(0, events[which].size());
    const auto bit = *rc::gen::inRange(0, 8);
    const Bytes32 before = head_of(events);
    events[which][place] = static_cast<char>(events[which][place] ^ (1 << bit));
    RC_ASSERT(head_of(events) != before);
  });
}

TEST(Chain, NoticesRemovedAndSwappedEvents) {
  const Bytes32 head = head_of({"a", "b", "c"});
  EXPECT_NE(head, head_of({"a", "c"}));
  EXPECT_NE(head, head_of({"a", "c", "b"}));
  EXPECT_NE(head, head_of({"a", "b"}));
}

TEST(ContentDigest, HidesTheWordsBehindTheSalt) {
  Bytes32 salt{};
  Bytes32 other_salt{};
  other_salt[31] = 1;
  EXPECT_NE(content_digest(salt, "chờ lâu"), content_digest(other_salt, "chờ lâu"));
  EXPECT_NE(content_digest(salt, "chờ lâu"), content_digest(salt, "chờ lâu "));
  EXPECT_EQ(to_hex(content_digest(salt, "chờ lâu")),
            "299abc4bce9cd5c466ddf368fe64a9ce471acf34d681c432216edb366cfd8905");
}

TEST(Hex, ReadsOnlyWholeDigits) {
  Bytes32 bytes{};
  EXPECT_TRUE(from_hex(std::string(64, 'f'), bytes));
  EXPECT_TRUE(from_hex(std::string(64, 'F'), bytes));
  EXPECT_FALSE(from_hex(std::string(63, 'f'), bytes));
  EXPECT_FALSE(from_hex(std::string(65, 'f'), bytes));
  EXPECT_FALSE(from_hex(std::string(63, 'f') + "g", bytes));
  EXPECT_FALSE(bytes32_from_hex("").has_value());
}

TEST(Hex, GivesBackWhatItWrote) {
  HAILONG_PROPERTY("round trip", [](const std::array<std::uint8_t, 32>& bytes) {
    RC_ASSERT(bytes32_from_hex(to_hex(bytes)) == bytes);
  });
}

}  // namespace
}  // namespace hailong::core
