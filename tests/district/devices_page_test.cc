#include "district/web/devices_page.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/district/sample.h"

namespace hailong::district::web {
namespace {

bool has_text(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::vector<storage::DeviceState> states_of(Reception& reception) {
  return must(storage::DeviceStates(reception.store()).read());
}

std::vector<std::string> words_of(const std::vector<DeviceConcern>& concerns) {
  std::vector<std::string> words;
  words.reserve(concerns.size());
  for (const DeviceConcern& concern : concerns) words.push_back(concern.words);
  return words;
}

using Words = std::vector<std::string>;

TEST(DeviceStates, TellWhatEachKioskSentAndWhen) {
  Reception reception;
  FakeKiosk kiosk("kt-1");
  register_kiosk(reception.store(), kiosk);
  kiosk.rate(5, kNoon);
  kiosk.rate(4, kNoon + 60'000);
  accepted(reception.take(kiosk, kiosk.sealed(), kNoon + 120'000));
  const auto states = states_of(reception);
  ASSERT_EQ(states.size(), 1U);
  EXPECT_EQ(states[0].unit.value, "10750");
  EXPECT_EQ(states[0].events(), 2);
  EXPECT_EQ(states[0].received_at(), kNoon + 120'000);
  ASSERT_EQ(states[0].epochs.size(), 1U);
  EXPECT_EQ(states[0].epochs[0].last_event_at, kNoon + 60'000);
  EXPECT_TRUE(states[0].epochs[0].clock_synced);
  ASSERT_EQ(states[0].keys.size(), 1U);
  EXPECT_EQ(states[0].keys[0].public_key, core::to_hex(kiosk.key().public_key()));
  EXPECT_TRUE(concerns_of(states[0], kNoon + 180'000).empty());
}

TEST(DeviceStates, ListTheLatestLifeOfACardFirst) {
  Reception reception;
  FakeKiosk kiosk("kt-1");
  register_kiosk(reception.store(), kiosk);
  kiosk.rate(5);
  accepted(reception.take(kiosk, kiosk.sealed(), kNoon));
  FakeKiosk again = kiosk.reimaged("e2", true);
  register_kiosk(reception.store(), again);
  again.rate(5, kNoon + kDay);
  accepted(reception.take(again, again.sealed(), kNoon + kDay));
  const auto states = states_of(reception);
  ASSERT_EQ(states.size(), 1U);
  ASSERT_EQ(states[0].epochs.size(), 2U);
  EXPECT_EQ(states[0].epochs[0].epoch, "e2");
  EXPECT_EQ(states[0].keys.size(), 2U);
  EXPECT_EQ(states[0].events(), 2);
}

TEST(DeviceStates, CountWhatLiesInQuarantine) {
  Reception reception;
  FakeKiosk kiosk("kt-1");
  register_kiosk(reception.store(), kiosk);
  kiosk.rate(5);
  kiosk.append(core::Correction{77, core::Score::from(1).value()});
  accepted(reception.take(kiosk, kiosk.sealed(), kNoon));
  const auto states = states_of(reception);
  EXPECT_EQ(states[0].quarantined(), 1);
  EXPECT_EQ(states[0].epochs[0].quarantined.at("refers to no rating"), 1);
  EXPECT_EQ(words_of(concerns_of(states[0], kNoon)), (Words{"1 sự kiện cách ly"}));
}

TEST(DeviceStates, KeepBatchesThatContradictWhatIsStored) {
  Reception reception;
  FakeKiosk kiosk("kt-1");
  register_kiosk(reception.store(), kiosk);
  kiosk.rate(5);
  kiosk.rate(5);
  accepted(reception.take(kiosk, kiosk.sealed(), kNoon));
  kiosk.roll_back_to(1);
  kiosk.rate(1);
  refused(reception.take(kiosk, kiosk.sealed(), kNoon + 1000));
  const auto states = states_of(reception);
  ASSERT_EQ(states[0].conflicts.size(), 1U);
  EXPECT_EQ(states[0].conflicts[0].last, 2);
  const auto concerns = concerns_of(states[0], kNoon);
  ASSERT_FALSE(concerns.empty());
  EXPECT_EQ(concerns[0].weight, DeviceConcern::Weight::kAlarm);
  EXPECT_EQ(concerns[0].words, "1 lần gửi mâu thuẫn với dữ liệu đã nhận");
}

storage::DeviceState well_device() {
  storage::DeviceState device;
  device.device.value = "kt-1";
  device.unit.value = "10750";
  device.places = {{core::local_date(kNoon), device.unit, "", {}}};
  device.keys = {{"ab", kNoon, std::nullopt}};
  device.epochs = {{"e1", 10, kNoon, kNoon, kNoon, true, {}}};
  return device;
}

TEST(DeviceConcerns, NameSilenceOnlyAfterThreeDays) {
  EXPECT_TRUE(concerns_of(well_device(), kNoon + 3 * kDay - 1).empty());
  EXPECT_EQ(words_of(concerns_of(well_device(), kNoon + 3 * kDay)),
            (Words{"Không có dữ liệu mới 3 ngày"}));
  storage::DeviceState fresh = well_device();
  fresh.epochs.clear();
  EXPECT_EQ(words_of(concerns_of(fresh, kNoon)), (Words{"Chưa gửi dữ liệu lần nào"}));
}

TEST(DeviceConcerns, DoubtAClockThatIsAheadOrWasNeverSet) {
  storage::DeviceState device = well_device();
  device.epochs[0].last_event_at = kNoon + kClockAheadMs;
  EXPECT_TRUE(concerns_of(device, kNoon).empty());
  device.epochs[0].last_event_at = kNoon + 2 * kClockAheadMs;
  EXPECT_EQ(words_of(concerns_of(device, kNoon)), (Words{"Đồng hồ nhanh hơn máy chủ 10 phút"}));
  device = well_device();
  device.epochs[0].clock_synced = false;
  EXPECT_EQ(words_of(concerns_of(device, kNoon)),
            (Words{"Đồng hồ chưa được chỉnh theo giờ chuẩn"}));
}

TEST(DeviceConcerns, SayThatADeviceIsSuspendedOrHasNoKey) {
  storage::DeviceState device = well_device();
  device.suspended_at = kNoon;
  device.keys[0].revoked_at = kNoon;
  EXPECT_EQ(words_of(concerns_of(device, kNoon + 30 * kDay)),
            (Words{"Đang tạm dừng", "Không còn khóa nào dùng được"}));
}

TEST(DevicesPage, OffersToSuspendOnlyToThoseWhoMay) {
  const core::UnitRegister units;
  DevicesView view{kNoon, {well_device()}, units, false, "token-of-the-session", {}};
  EXPECT_FALSE(has_text(devices_html(view), "<form"));
  view.may_manage = true;
  const std::string page = devices_html(view);
  EXPECT_TRUE(has_text(page, "action=\"/devices/kt-1/suspend\""));
  EXPECT_TRUE(has_text(page, "name=\"csrf\" value=\"token-of-the-session\""));
  view.devices[0].suspended_at = kNoon;
  EXPECT_TRUE(has_text(devices_html(view), "action=\"/devices/kt-1/resume\""));
}

TEST(DevicesPage, EscapesWhatKiosksAndPeopleNamed) {
  const core::UnitRegister units;
  storage::DeviceState device = well_device();
  const std::string evil = "<script>alert(1)</script>";
  device.note = device.counter.value = device.epochs[0].epoch = evil;
  device.epochs[0].quarantined = {{evil, 1}};
  device.conflicts = {{evil, 1, 2, evil, kNoon}};
  const std::string page = devices_html({kNoon, {device}, units, true, evil, {}});
  EXPECT_FALSE(has_text(page, "<script"));
}

TEST(DevicesPage, TellsProgramsTheSame) {
  const core::UnitRegister units;
  storage::DeviceState device = well_device();
  device.suspended_at = kNoon;
  const auto json = nlohmann::json::parse(devices_json({kNoon, {device}, units, false, "", {}}));
  ASSERT_EQ(json["devices"].size(), 1U);
  EXPECT_EQ(json["devices"][0]["id"], "kt-1");
  EXPECT_EQ(json["devices"][0]["suspended_at"], kNoon);
  EXPECT_EQ(json["devices"][0]["events"], 10);
  EXPECT_EQ(json["devices"][0]["concerns"][0], "Đang tạm dừng");
}

}  // namespace
}  // namespace hailong::district::web
