#include "district/storage/store.h"

#include <gtest/gtest.h>

#include "district/storage/accounts.h"
#include "tests/district/sample.h"

namespace hailong::district::storage {
namespace {

using core::Fault;

TEST(Store, KeepsItsFolderToItself) {
  const tests::TempFolder folder;
  const auto store = must(Store::open(folder.path() / "a" / "b"));
  const auto mode = std::filesystem::status(folder.path() / "a" / "b").permissions();
  EXPECT_EQ(mode, std::filesystem::perms::owner_all);
}

TEST(Store, SurvivesAPowerCutByItsPragmas) {
  Reception reception;
  auto peek = reception.peek();
  EXPECT_EQ(peek.text("PRAGMA journal_mode"), "wal");
}

TEST(Store, RefusesAFileOfANewerProgram) {
  const tests::TempFolder folder;
  { must(Store::open(folder.path())); }
  Peek(folder.path()).database().exec("PRAGMA user_version = 1000");
  const auto store = Store::open(folder.path());
  ASSERT_FALSE(store.has_value());
  EXPECT_EQ(store.error().fault, Fault::kInvalid);
}

TEST(Store, NeverLetsAnEventBeChangedOrDeleted) {
  Reception reception;
  FakeKiosk kiosk("kt-1");
  kiosk.rate(1);
  register_kiosk(reception.store(), kiosk);
  accepted(reception.take(kiosk));
  auto peek = reception.peek();
  EXPECT_THROW(peek.database().exec("UPDATE event SET bytes = x''"), SQLite::Exception);
  EXPECT_THROW(peek.database().exec("DELETE FROM event"), SQLite::Exception);
}

TEST(Devices, KeepTheirUnitAndTheirKeysApart) {
  Reception reception;
  Devices devices(reception.store());
  const FakeKiosk kiosk("kt-1");
  NewDevice device{kiosk.device(), core::UnitCode{"10750"}, core::CounterId{"q1"}, "cửa vào",
                   kiosk.key().public_key()};
  EXPECT_TRUE(must(devices.add(device, kNoon)));
  EXPECT_FALSE(must(devices.add(device, kNoon)));  // once more changes nothing
  device.unit.value = "10756";
  EXPECT_EQ(devices.add(device, kNoon).error().fault, Fault::kConflict);
  device.unit.value = "10750";
  device.device.value = "kt-2";
  EXPECT_EQ(devices.add(device, kNoon).error().message, "this key belongs to device kt-1");
  EXPECT_EQ(reception.peek().number("SELECT count(*) FROM device WHERE unit_code <> ''"), 1);
  const auto lines = must(devices.list());
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(lines[0].keys, 1);
  EXPECT_EQ(lines[0].note, "cửa vào");
  EXPECT_FALSE(lines[0].received_at);
  EXPECT_EQ(devices.suspend(core::DeviceId{"kt-2"}, kNoon).error().fault, Fault::kNotFound);
}

TEST(Devices, AreListedWithWhatTheySent) {
  Reception reception;
  FakeKiosk kiosk("kt-1");
  for (int i = 0; i < 3; ++i) kiosk.rate(5);
  register_kiosk(reception.store(), kiosk);
  accepted(reception.take(kiosk, kiosk.sealed(), kNoon + 7));
  const auto lines = must(Devices(reception.store()).list());
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(lines[0].events, 3);
  EXPECT_EQ(lines[0].epochs, 1);
  EXPECT_EQ(lines[0].received_at, kNoon + 7);
}

TEST(Accounts, RefuseANameThatIsTaken) {
  Reception reception;
  Accounts accounts(reception.store());
  Account account;
  account.name = "a";
  account.role = "auditor";
  must(accounts.add(account, "hash", {"test", kNoon}));
  EXPECT_EQ(accounts.add(account, "other", {"test", kNoon}).error().fault, Fault::kConflict);
  EXPECT_EQ(must(accounts.find("a")).value().password_hash, "hash");
  EXPECT_FALSE(must(accounts.find("b")).has_value());
  EXPECT_EQ(accounts.revoke_token("none", {"test", kNoon}).error().fault, Fault::kNotFound);
}

}  // namespace
}  // namespace hailong::district::storage
