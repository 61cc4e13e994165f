#include <gtest/gtest.h>

#include <thread>

#include "district/access/gate.h"
#include "district/access/secrets.h"
#include "tests/district/sample.h"

namespace hailong::district::access {
namespace {

using std::chrono::seconds;

const Throttle::Moment kStart{};

TEST(Throttle, RestsAfterFiveWrongTriesAndDoublesTheRest) {
  Throttle throttle;
  auto now = kStart;
  for (int i = 0; i < Throttle::kFreeTries; ++i) EXPECT_EQ(throttle.try_now("a", now), seconds(0));
  EXPECT_EQ(throttle.try_now("a", now), seconds(30));
  EXPECT_EQ(throttle.try_now("b", now), seconds(0));
  for (const int rest : {30, 60, 120, 240, 480, 900, 900}) {
    EXPECT_EQ(throttle.try_now("a", now + seconds(rest - 1)), seconds(1));
    now += seconds(rest);
    EXPECT_EQ(throttle.try_now("a", now), seconds(0));
  }
}

TEST(Throttle, ForgetsWrongTriesAfterARightOne) {
  Throttle throttle;
  for (int i = 0; i < Throttle::kFreeTries; ++i) throttle.try_now("a", kStart);
  throttle.passed("a");
  EXPECT_EQ(throttle.try_now("a", kStart), seconds(0));
}

TEST(Throttle, CountsTriesThatComeAtOnce) {
  Throttle throttle;
  std::atomic<int> let_through{0};
  std::vector<std::thread> threads;
  threads.reserve(8);
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      for (int j = 0; j < 20; ++j) {
        if (throttle.try_now("a", kStart).count() == 0) ++let_through;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(let_through, Throttle::kFreeTries);
}

TEST(Secrets, KeepPasswordsAsArgon2id) {
  const std::string hash = must(hash_password("mật khẩu"));
  EXPECT_EQ(hash.rfind("$argon2id$", 0), 0U);
  EXPECT_TRUE(is_password(hash, "mật khẩu"));
  EXPECT_FALSE(is_password(hash, "mat khau"));
  EXPECT_FALSE(is_password("", "mật khẩu"));
}

TEST(Secrets, AreLongAndNeverTheSame) {
  EXPECT_EQ(new_secret().size(), 64U);
  EXPECT_NE(new_secret(), new_secret());
  EXPECT_EQ(new_password().size(), 20U);
  EXPECT_NE(new_password(), new_password());
}

TEST(Gate, KeepsASessionForItsTimeAndAsAHashOnly) {
  Reception reception;
  must(
      storage::Accounts(reception.store()).add_person("a", must(hash_password("12345678")), kNoon));
  Gate gate(reception.store());
  const auto login = must(gate.log_in("a", "12345678", kNoon));
  ASSERT_TRUE(std::holds_alternative<Admitted>(login));
  const std::string secret = std::get<Admitted>(login).secret;
  const std::int64_t length = std::chrono::milliseconds(kSessionLength).count();
  EXPECT_EQ(must(gate.person_of(secret, kNoon + length - 1)).value().name, "a");
  EXPECT_FALSE(must(gate.person_of(secret, kNoon + length)).has_value());
  EXPECT_FALSE(must(gate.person_of("other", kNoon)).has_value());
  EXPECT_EQ(reception.peek().text("SELECT lower(hex(hash)) FROM session"),
            core::to_hex(hash_of_secret(secret)));
  must(gate.log_out(secret));
  EXPECT_FALSE(must(gate.person_of(secret, kNoon)).has_value());
}

TEST(Gate, TreatsUnknownNamesLikeWrongPasswords) {
  Reception reception;
  Gate gate(reception.store());
  for (int i = 0; i < Throttle::kFreeTries; ++i) {
    EXPECT_TRUE(std::holds_alternative<WrongPassword>(must(gate.log_in("x", "12345678", kNoon))));
  }
  EXPECT_TRUE(std::holds_alternative<MustRest>(must(gate.log_in("x", "12345678", kNoon))));
}

}  // namespace
}  // namespace hailong::district::access
