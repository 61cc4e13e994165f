#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "district/access/account_rules.h"
#include "district/access/gate.h"
#include "district/access/secrets.h"
#include "tests/district/sample.h"

namespace hailong::district::access {
namespace {

using storage::LoginTries;
using storage::Tried;

constexpr std::int64_t kSecond = 1000;
const core::Bytes32 kOne = core::Bytes32{1};
const core::Bytes32 kTwo = core::Bytes32{2};
const core::Bytes32 kThree = core::Bytes32{3};

std::int64_t try_once(LoginTries& tries, const core::Bytes32& subject, std::int64_t now_ms) {
  const std::array tried = {Tried{subject, kFreeTriesOfAccount}};
  return must(tries.try_now(tried, now_ms));
}

TEST(LoginTries, RestAfterFiveWrongOnesAndDoubleTheRest) {
  Reception reception;
  LoginTries tries(reception.store());
  std::int64_t now = kNoon;
  for (int i = 0; i < kFreeTriesOfAccount; ++i) EXPECT_EQ(try_once(tries, kOne, now), 0);
  EXPECT_EQ(try_once(tries, kOne, now), 30 * kSecond);
  EXPECT_EQ(try_once(tries, kTwo, now), 0);
  for (const int rest : {30, 60, 120, 240, 480, 900, 900}) {
    EXPECT_EQ(try_once(tries, kOne, now + (rest - 1) * kSecond), kSecond);
    now += rest * kSecond;
    EXPECT_EQ(try_once(tries, kOne, now), 0);
  }
}

TEST(LoginTries, OutliveARestartAndAreForgottenAfterADay) {
  const tests::TempFolder folder;
  {
    auto store = must(storage::Store::open(folder.path()));
    LoginTries tries(store);
    for (int i = 0; i < kFreeTriesOfAccount; ++i) try_once(tries, kOne, kNoon);
  }
  auto store = must(storage::Store::open(folder.path()));
  LoginTries tries(store);
  EXPECT_EQ(try_once(tries, kOne, kNoon + kSecond), 29 * kSecond);
  for (int i = 0; i < kFreeTriesOfAccount; ++i) {
    EXPECT_EQ(try_once(tries, kOne, kNoon + storage::kTriesKeptMs), 0);
  }
}

TEST(LoginTries, BeginAnewForAnAccountButNotForAnAddress) {
  Reception reception;
  LoginTries tries(reception.store());
  const auto from_address = [&](const core::Bytes32& account) {
    const std::array tried = {Tried{account, 5}, Tried{kThree, 6}};
    return must(tries.try_now(tried, kNoon));
  };
  // One account whose password is known does not make guessing others free.
  for (int i = 0; i < 4; ++i) {
    EXPECT_EQ(from_address(kOne), 0);
    must(tries.passed(kOne, kThree));
  }
  for (int i = 0; i < 4; ++i) EXPECT_EQ(from_address(kTwo), 0);
  EXPECT_EQ(from_address(kOne), 0);
  must(tries.passed(kOne, kThree));
  EXPECT_EQ(from_address(core::Bytes32{9}), 0);
  EXPECT_EQ(from_address(core::Bytes32{8}), 0);
  EXPECT_EQ(from_address(core::Bytes32{7}), 30 * kSecond);
}

TEST(LoginTries, CountThoseThatComeAtOnce) {
  Reception reception;
  LoginTries tries(reception.store());
  std::atomic<int> let_through{0};
  std::vector<std::thread> threads;
  threads.reserve(4);
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int j = 0; j < 5; ++j) {
        if (try_once(tries, kOne, kNoon) == 0) ++let_through;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(let_through, kFreeTriesOfAccount);
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

TEST(Secrets, GiveEachSessionATokenOfItsOwnForItsForms) {
  const std::string secret = new_secret();
  EXPECT_EQ(csrf_of(secret), csrf_of(secret));
  EXPECT_NE(csrf_of(secret), csrf_of(new_secret()));
  EXPECT_EQ(csrf_of(secret).find(secret), std::string::npos);
  EXPECT_TRUE(same_secret(csrf_of(secret), csrf_of(secret)));
  EXPECT_FALSE(same_secret(csrf_of(secret), ""));
  EXPECT_FALSE(same_secret(csrf_of(secret), csrf_of("")));
}

class Gates : public ::testing::Test {
 protected:
  void add(const std::string& name, Role role = Role::kDistrictOfficer,
           const std::string& unit_id = "") {
    static const std::string hash = must(hash_password("12345678"));
    storage::Account account;
    account.name = name;
    account.role = word_of(role);
    account.unit_id = unit_id;
    must(accounts_.add(account, hash, {"test", kNoon}));
  }
  std::string log_in(const std::string& name, const std::optional<std::string>& before = {},
                     std::int64_t now_ms = kNoon) {
    const auto login = must(gate_.log_in(name, "12345678", {"192.0.2.1", before}, now_ms));
    const auto* admitted = std::get_if<Admitted>(&login);
    EXPECT_NE(admitted, nullptr);
    return admitted == nullptr ? "" : admitted->secret;
  }
  bool is_open(const std::string& secret, std::int64_t now_ms = kNoon) {
    return must(gate_.person_of(secret, now_ms)).has_value();
  }
  LogIn guess(const std::string& name, const std::string& address = "192.0.2.1") {
    return must(gate_.log_in(name, "wrong", {address, std::nullopt}, kNoon));
  }

  Reception reception_;
  storage::Accounts accounts_{reception_.store()};
  Gate gate_{reception_.store(), reception_.config().rules.units};
};

TEST_F(Gates, KeepASessionForItsTimeAndAsAHashOnly) {
  add("a");
  const std::string secret = log_in("a");
  EXPECT_EQ(reception_.peek().text("SELECT hash FROM session"),
            core::to_hex(hash_of_secret(secret)));
  EXPECT_FALSE(is_open("other"));
  const std::int64_t step = std::chrono::milliseconds(kIdleLength).count() - 1;
  const std::int64_t end = kNoon + std::chrono::milliseconds(kSessionLength).count();
  for (std::int64_t now = kNoon; now < end; now += step) EXPECT_TRUE(is_open(secret, now));
  EXPECT_TRUE(is_open(secret, end - 1));
  EXPECT_FALSE(is_open(secret, end));
}

TEST_F(Gates, EndASessionThatNobodyUses) {
  add("a");
  const std::string secret = log_in("a");
  const std::int64_t idle = std::chrono::milliseconds(kIdleLength).count();
  EXPECT_TRUE(is_open(secret, kNoon + idle - 1));
  EXPECT_TRUE(is_open(secret, kNoon + 2 * idle - 2));
  EXPECT_FALSE(is_open(secret, kNoon + 3 * idle));
}

TEST_F(Gates, EndASessionAtTheLogout) {
  add("a");
  const std::string secret = log_in("a");
  must(gate_.log_out(secret, {"a", kNoon}));
  EXPECT_FALSE(is_open(secret));
}

TEST_F(Gates, NeverGoOnWithASecretThatWasThereBeforeTheLogin) {
  add("a");
  add("b");
  const std::string planted = log_in("a");
  const std::string fresh = log_in("b", planted);
  EXPECT_NE(fresh, planted);
  EXPECT_FALSE(is_open(planted));
  EXPECT_EQ(must(gate_.person_of(fresh, kNoon)).value().name, "b");
  const std::string invented(64, 'a');
  EXPECT_NE(log_in("a", invented), invented);
  EXPECT_FALSE(is_open(invented));
}

TEST_F(Gates, EndAllSessionsWhenThePasswordChanges) {
  add("a");
  const std::string first = log_in("a");
  const std::string second = log_in("a");
  const Principal person = must(gate_.person_of(first, kNoon)).value();
  const Visitor visitor{"192.0.2.1", first};
  EXPECT_TRUE(std::holds_alternative<WrongPassword>(
      must(gate_.change_password(person, "wrong", "a new password", visitor, kNoon))));
  EXPECT_TRUE(is_open(second));
  const auto changed =
      must(gate_.change_password(person, "12345678", "a new password", visitor, kNoon));
  EXPECT_FALSE(is_open(first));
  EXPECT_FALSE(is_open(second));
  EXPECT_TRUE(is_open(std::get<Admitted>(changed).secret));
  EXPECT_TRUE(
      std::holds_alternative<WrongPassword>(must(gate_.log_in("a", "12345678", visitor, kNoon))));
}

TEST_F(Gates, CloseWhenARoleChangesOrAnAccountIsDisabled) {
  add("a");
  const std::string first = log_in("a");
  storage::Account account;
  account.name = "a";
  account.role = word_of(Role::kAuditor);
  must(accounts_.change(account, {"test", kNoon}));
  EXPECT_FALSE(is_open(first));
  const std::string second = log_in("a");
  EXPECT_EQ(must(gate_.person_of(second, kNoon)).value().role, Role::kAuditor);
  must(accounts_.set_disabled("a", true, {"test", kNoon}));
  EXPECT_FALSE(is_open(second));
  EXPECT_TRUE(std::holds_alternative<WrongPassword>(
      must(gate_.log_in("a", "12345678", {"192.0.2.1", {}}, kNoon))));
}

TEST_F(Gates, BindAccountsAndTokensToTheirUnit) {
  add("head", Role::kCommuneHead, "10750@2025-07-01");
  const Principal head = must(gate_.person_of(log_in("head"), kNoon)).value();
  EXPECT_EQ(head.unit.value, "10750");
  EXPECT_TRUE(may_see_unit(head, "10750@2025-07-01"));
  EXPECT_GT(head.unit_ids.size(), 1U);
  must(accounts_.add_token({"t", "scores devices", "10750@2025-07-01", 0, false},
                           hash_of_secret("secret"), {"test", kNoon}));
  const Principal program = must(gate_.program_of("secret", kNoon)).value();
  EXPECT_EQ(program.unit_ids, head.unit_ids);
  EXPECT_EQ(program.scopes, (std::vector{Scope::kScores, Scope::kDevices}));
  EXPECT_FALSE(must(gate_.program_of("other", kNoon)).has_value());
  must(accounts_.revoke_token("t", {"test", kNoon}));
  EXPECT_FALSE(must(gate_.program_of("secret", kNoon)).has_value());
}

TEST_F(Gates, SeeNothingForAUnitThatIsNotInTheRegister) {
  add("head", Role::kCommuneHead, "99999@2025-07-01");
  const Principal head = must(gate_.person_of(log_in("head"), kNoon)).value();
  for (const core::Unit& unit : reception_.config().rules.units.all()) {
    EXPECT_FALSE(may_see_unit(head, unit.id()));
  }
}

TEST_F(Gates, TreatUnknownNamesLikeWrongPasswords) {
  for (int i = 0; i < kFreeTriesOfAccount; ++i) {
    EXPECT_TRUE(std::holds_alternative<WrongPassword>(guess("x")));
  }
  EXPECT_TRUE(std::holds_alternative<MustRest>(guess("x")));
}

TEST_F(Gates, LetAnAddressRestThatTriesManyNames) {
  for (int i = 0; i < kFreeTriesOfAddress; ++i) {
    EXPECT_TRUE(std::holds_alternative<WrongPassword>(guess("name-" + std::to_string(i))));
  }
  EXPECT_TRUE(std::holds_alternative<MustRest>(guess("another")));
  EXPECT_TRUE(std::holds_alternative<WrongPassword>(guess("another", "192.0.2.2")));
}

TEST_F(Gates, WriteDownLoginsButNoNameThatIsNobodys) {
  add("a");
  guess("a password in the wrong box");
  guess("a");
  log_in("a");
  EXPECT_EQ(reception_.peek().dump("SELECT who, action, subject, detail FROM audit ORDER BY seq"),
            "test|account-added|a|quyền district-officer\n"
            "|login-failed||từ 192.0.2.1\n"
            "a|login-failed|a|từ 192.0.2.1\n"
            "a|login|a|từ 192.0.2.1\n");
}

TEST(AccountRules, NeedAUnitForRolesOfACommuneOnly) {
  const tests::TempFolder folder;
  const Config config = must(read_config(write_config(folder.path())));
  const auto mistake = [&](Role role, const std::string& unit) {
    return mistake_in({"a", "", std::string(word_of(role)), unit}, config.rules.units,
                      core::local_date(kNoon));
  };
  for (const Role role : kRoles) {
    if (belongs_to_commune(role)) {
      EXPECT_EQ(mistake(role, ""), Mistake::kUnitNeeded);
      EXPECT_EQ(mistake(role, "99999"), Mistake::kUnitUnknown);
      EXPECT_EQ(mistake(role, "10750"), std::nullopt);
    } else {
      EXPECT_EQ(mistake(role, ""), std::nullopt);
      EXPECT_EQ(mistake(role, "10750"), Mistake::kUnitTooMuch);
    }
  }
}

TEST(AccountRules, TakePlainNamesAndLongPasswords) {
  EXPECT_EQ(mistake_in_name("Lê An"), std::nullopt);
  for (const std::string& name :
       {std::string(), std::string(65, 'a'), std::string("a\nb"), std::string("a\0b", 3),
        std::string("a\xE2\x80\xAE"), std::string("\xff")}) {
    EXPECT_EQ(mistake_in_name(name), Mistake::kName);
  }
  EXPECT_EQ(mistake_in_password("mật khẩu dài"), std::nullopt);
  EXPECT_EQ(mistake_in_password("mật khẩu"), Mistake::kPassword);
  EXPECT_EQ(mistake_in_password(std::string(201, 'a')), Mistake::kPassword);
  EXPECT_EQ(mistake_in_scopes("devices, scores"), std::nullopt);
  EXPECT_EQ(normal_scopes("devices, scores,devices"), "scores devices");
  for (const char* scopes : {"", " , ", "scores root", "SCORES"}) {
    EXPECT_EQ(mistake_in_scopes(scopes), Mistake::kScope) << scopes;
  }
}

}  // namespace
}  // namespace hailong::district::access
