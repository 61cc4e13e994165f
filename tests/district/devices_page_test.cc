#include "district/web/devices_page.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "district/ingest/heartbeats.h"
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

/// A Tuesday's noon is kNoon; nothing is known of holidays.
WorkingClock clock_at(std::int64_t now_ms) {
  static const core::WorkingCalendar calendar;
  return {now_ms, calendar, {7 * 60, 17 * 60 + 30}};
}

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
  EXPECT_TRUE(concerns_of(states[0], clock_at(kNoon + 180'000)).empty());
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
  EXPECT_EQ(words_of(concerns_of(states[0], clock_at(kNoon))), (Words{"1 sự kiện cách ly"}));
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
  const auto concerns = concerns_of(states[0], clock_at(kNoon));
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
  device.epochs = {{"e1", 1, 10, 10, 0, kNoon, kNoon, kNoon, true, {}}};
  return device;
}

TEST(DeviceConcerns, NameSilenceOnlyAfterThreeDays) {
  EXPECT_TRUE(concerns_of(well_device(), clock_at(kNoon + 3 * kDay - 1)).empty());
  EXPECT_EQ(words_of(concerns_of(well_device(), clock_at(kNoon + 3 * kDay))),
            (Words{"Không có dữ liệu mới 3 ngày"}));
  storage::DeviceState fresh = well_device();
  fresh.epochs.clear();
  EXPECT_EQ(words_of(concerns_of(fresh, clock_at(kNoon))), (Words{"Chưa gửi dữ liệu lần nào"}));
}

TEST(DeviceConcerns, DoubtAClockThatIsAheadOrWasNeverSet) {
  storage::DeviceState device = well_device();
  device.epochs[0].last_event_at = kNoon + kClockAheadMs;
  EXPECT_TRUE(concerns_of(device, clock_at(kNoon)).empty());
  device.epochs[0].last_event_at = kNoon + 2 * kClockAheadMs;
  EXPECT_EQ(words_of(concerns_of(device, clock_at(kNoon))),
            (Words{"Đồng hồ nhanh hơn máy chủ 10 phút"}));
  device = well_device();
  device.epochs[0].clock_synced = false;
  EXPECT_EQ(words_of(concerns_of(device, clock_at(kNoon))),
            (Words{"Đồng hồ chưa được chỉnh theo giờ chuẩn"}));
}

TEST(DeviceConcerns, SayThatADeviceIsSuspendedOrHasNoKey) {
  storage::DeviceState device = well_device();
  device.suspended_at = kNoon;
  device.keys[0].revoked_at = kNoon;
  EXPECT_EQ(words_of(concerns_of(device, clock_at(kNoon + 30 * kDay))),
            (Words{"Đang tạm dừng", "Không còn khóa nào dùng được"}));
}

/// As well_device(), of a daemon that tells of itself.
storage::DeviceState telling_device() {
  storage::DeviceState device = well_device();
  storage::ToldState state{{}, kNoon, kNoon, 10};
  state.told.epoch.value = "e1";
  state.told.version = "1.2.3";
  state.told.last = state.told.receipted = 10;
  state.told.now = {kNoon, std::string(32, 'b'), 1000, core::ClockState::kSynced};
  state.told.disk = wire::HeartbeatDisk{4'200'000'000, 31'000'000'000};
  state.told.temperature = 523;
  device.heartbeats = {state};
  return device;
}

constexpr std::int64_t kMinute = 60'000;

TEST(DeviceConcerns, NameSilenceAfterOneWorkingHour) {
  const auto device = telling_device();
  EXPECT_FALSE(is_silent(device, clock_at(kNoon + 59 * kMinute)));
  EXPECT_TRUE(concerns_of(device, clock_at(kNoon + 59 * kMinute)).empty());
  EXPECT_TRUE(is_silent(device, clock_at(kNoon + 60 * kMinute)));
  EXPECT_EQ(words_of(concerns_of(device, clock_at(kNoon + 60 * kMinute))),
            (Words{"Im lặng 60 phút: kiểm tra điện và mạng"}));
}

TEST(DeviceConcerns, CallNoKioskSilentForANightOrAWeekend) {
  storage::DeviceState device = telling_device();
  const std::int64_t friday = kNoon + 3 * kDay + 300 * kMinute;  // 17:00
  device.heartbeats[0].received_at = friday;
  const std::int64_t monday = friday + 3 * kDay - 600 * kMinute;  // 07:00
  EXPECT_FALSE(is_silent(device, clock_at(monday + 29 * kMinute)));
  EXPECT_TRUE(is_silent(device, clock_at(monday + 30 * kMinute)));
}

TEST(DeviceConcerns, LetEventsTellThatAKioskLives) {
  storage::DeviceState device = telling_device();
  device.epochs[0].received_at = kNoon + 50 * kMinute;
  EXPECT_FALSE(is_silent(device, clock_at(kNoon + 60 * kMinute)));
}

TEST(DeviceConcerns, SayWhatAKioskToldOfItself) {
  storage::DeviceState device = telling_device();
  wire::Heartbeat& told = device.heartbeats[0].told;
  told.disk->free = 80'000'000;
  told.temperature = 812;
  told.oldest_ms = 3 * kDay;
  told.now.wall_ms = kNoon - kDay * 400;
  told.faults = {"journal.db: database disk image is malformed"};
  told.bundle_fault = "not signed by the district";
  EXPECT_EQ(words_of(concerns_of(device, clock_at(kNoon))),
            (Words{"Chỗ lưu trữ còn 80 MB trong 31,0 GB", "Nóng 81,2 °C",
                   "Lỗi trên máy: journal.db: database disk image is malformed",
                   "Đồng hồ chậm hơn máy chủ 400 ngày", "Có dữ liệu chờ gửi 3 ngày",
                   "Cấu hình mới không dùng được: not signed by the district"}));
}

TEST(DeviceConcerns, NoticeAKioskThatGoesOnByAnOlderConfiguration) {
  storage::DeviceState device = telling_device();
  device.heartbeats[0].told.bundle = "0123456789abcdef";
  device.config = {"0123456789abcdef", kNoon - 2 * kDay};
  EXPECT_TRUE(concerns_of(device, clock_at(kNoon)).empty());
  device.config->id = "fedcba9876543210";
  EXPECT_EQ(words_of(concerns_of(device, clock_at(kNoon))),
            (Words{"Chưa dùng cấu hình công bố trước đó 2 ngày"}));
  device.config->published_at = kNoon - kDay;
  EXPECT_TRUE(concerns_of(device, clock_at(kNoon)).empty());
}

TEST(DeviceConcerns, NameANewLifeOfACardAndAnOldOneThatSpeaksAgain) {
  storage::DeviceState device = telling_device();
  storage::ToldState before = device.heartbeats[0];
  before.told.epoch.value = "e0";
  before.most = 0;
  before.first_seen = kNoon - 90 * kDay;
  before.received_at = kNoon - kDay;
  device.heartbeats.push_back(before);
  EXPECT_EQ(words_of(concerns_of(device, clock_at(kNoon))), (Words{"Đời thẻ mới từ 24/11/2026"}));
  device.heartbeats[1].received_at = kNoon + kMinute;
  std::swap(device.heartbeats[0], device.heartbeats[1]);
  EXPECT_EQ(words_of(concerns_of(device, clock_at(kNoon + kMinute))),
            (Words{"Đang chạy bằng thẻ nhớ cũ (đời thẻ e0)"}));
}

/// A kiosk whose receiver heard of several lives of its card.
struct Lives {
  Reception reception;
  FakeKiosk first{"kt-1"};

  Lives() {
    register_kiosk(reception.store(), first);
    for (int i = 0; i < 10; ++i) first.rate(5);
  }
  void send(const FakeKiosk& kiosk, core::Seq from, core::Seq to, std::int64_t now_ms) {
    accepted(reception.take(kiosk, kiosk.sealed(from, to), now_ms));
  }
  void beat(const FakeKiosk& kiosk, std::int64_t now_ms) {
    auto taken = must(
        ingest::Heartbeats(reception.store()).take(kiosk.device(), kiosk.beat(now_ms), now_ms));
    EXPECT_TRUE(std::holds_alternative<ingest::TakenHeartbeat>(taken));
  }
  /// In place of the first life's journal, which verified up to `last`.
  FakeKiosk salvaged(core::Seq last) {
    FakeKiosk next = first.reimaged("e2", false, first.last() + 1);
    next.append(core::Salvage{first.epoch(), last, first.hash(last), "row 3 missing from index"});
    return next;
  }
  storage::DeviceState state() { return states_of(reception).at(0); }
};

TEST(DeviceStates, CountAsLostWhatOnlyHeartbeatsToldOf) {
  Lives lives;
  lives.beat(lives.first, kNoon);
  EXPECT_EQ(lives.state().lost(), 0) << "they may come";
  FakeKiosk next = lives.first.reimaged("e2", false, 11);
  lives.beat(next, kNoon + kMinute);
  EXPECT_EQ(lives.state().lost(), 10);
  // A third life that goes on behind both, and gives way before it sends anything, too.
  FakeKiosk third = lives.first.reimaged("e3", false, 11);
  third.rate(5);
  third.rate(5);
  lives.beat(third, kNoon + 2 * kMinute);
  FakeKiosk fourth = lives.first.reimaged("e4", false, 13);
  fourth.rate(5);
  lives.send(fourth, 13, 13, kNoon + 3 * kMinute);
  EXPECT_EQ(lives.state().lost(), 12);
}

TEST(DeviceStates, CountNothingAsLostThatWasSetAsideAndIsSentLater) {
  Lives lives;
  lives.send(lives.first, 1, 3, kNoon);
  lives.beat(lives.first, kNoon);
  FakeKiosk next = lives.salvaged(8);
  lives.send(next, 11, 11, kNoon + kMinute);
  EXPECT_EQ(lives.state().lost(), 2) << "9 and 10 did not verify";
  next.rate(5);
  lives.beat(next, kNoon + 2 * kMinute);
  lives.send(lives.first, 4, 6, kNoon + 3 * kMinute);
  EXPECT_EQ(lives.state().lost(), 2) << "the new life's own event is still to come";
  lives.send(lives.first, 7, 8, kNoon + 4 * kMinute);
  lives.send(next, 12, 12, kNoon + 5 * kMinute);
  EXPECT_EQ(lives.state().lost(), 2);
}

TEST(DeviceStates, CountWhatWasSetAsideAsLostOnceItsCardIsGone) {
  Lives lives;
  FakeKiosk next = lives.salvaged(8);
  lives.send(next, 11, 11, kNoon);
  lives.send(lives.first, 1, 6, kNoon + kMinute);
  EXPECT_EQ(lives.state().lost(), 0);
  FakeKiosk third = lives.first.reimaged("e3", false, 12);
  third.rate(5);
  lives.beat(lives.first, kNoon + 2 * kMinute);
  lives.send(third, 12, 12, kNoon + 3 * kMinute);
  EXPECT_EQ(lives.state().lost(), 4);
}

TEST(DeviceConcerns, SayThatAJournalWasDamagedWhileItsCardIsInUse) {
  Lives lives;
  lives.send(lives.first, 1, 3, kNoon - kDay);
  lives.send(lives.salvaged(3), 11, 11, kNoon);
  const storage::DeviceState state = lives.state();
  EXPECT_EQ(words_of(concerns_of(state, clock_at(kNoon))),
            (Words{"Nhật ký đã hỏng từ sự kiện 4 (báo ngày 24/11/2026): nên thay thẻ nhớ"}));
  const core::UnitRegister units;
  const DevicesView view{clock_at(kNoon), {state}, units, false, "", {}};
  EXPECT_TRUE(has_text(devices_html(view),
                       "nhật ký của đời thẻ e1 hỏng từ sự kiện 4 (row 3 missing from index)"));
  const auto json = nlohmann::json::parse(devices_json(view))["devices"][0];
  EXPECT_EQ(json["epochs"][0]["salvaged"]["first_bad"], 4);
  EXPECT_EQ(json["epochs"][1]["salvaged"], nullptr);

  FakeKiosk third = lives.first.reimaged("e3", false, 12);
  third.rate(5, kNoon + kMinute);
  lives.send(third, 12, 12, kNoon + kMinute);
  EXPECT_TRUE(concerns_of(lives.state(), clock_at(kNoon + kMinute)).empty());
}

TEST(DeviceConcerns, SayThatAKioskRestartsAgainAndAgain) {
  Lives lives;
  const auto boot = [&](int i, std::int64_t at_ms) {
    const std::string id = std::string(30, 'b') + std::to_string(10 + i);
    lives.first.append({at_ms, id, 1'000, core::ClockState::kSynced},
                       core::BootTime{id, at_ms - 1'000, 500, 1'000, core::TimeSource::kDistrict});
  };
  for (int i = 0; i < 29; ++i) boot(i, kNoon + (i + 1) * (20 * kMinute));
  const std::int64_t later = kNoon + kDay;
  lives.send(lives.first, 1, lives.first.last(), later);
  EXPECT_TRUE(concerns_of(lives.state(), clock_at(later)).empty());
  boot(29, kNoon + 600 * kMinute);
  lives.send(lives.first, 40, 40, later);
  EXPECT_EQ(words_of(concerns_of(lives.state(), clock_at(later))),
            (Words{"Khởi động 30 lần trong một ngày: kiểm tra nguồn điện"}));
}

TEST(DevicesPage, ShowsWhatAKioskTold) {
  const core::UnitRegister units;
  DevicesView view{clock_at(kNoon), {telling_device()}, units, false, "", {}};
  const std::string page = devices_html(view);
  for (const char* words : {"1.2.3", "không có gì chờ", "đến sự kiện 10", "đúng giờ",
                            "còn 4,2 GB trong 31,0 GB", "52,3 °C", "Bình thường"}) {
    EXPECT_TRUE(has_text(page, words)) << words;
  }
  const auto json = nlohmann::json::parse(devices_json(view))["devices"][0];
  EXPECT_EQ(json["silent"], false);
  EXPECT_EQ(json["heartbeat"]["version"], "1.2.3");
  EXPECT_EQ(json["heartbeat"]["unsent"], 0);
  EXPECT_EQ(json["heartbeat"]["temperature"], 52.3);
  EXPECT_EQ(json["heartbeat"]["oldest_unsent_ms"], nullptr);
}

TEST(DevicesPage, OffersToSuspendOnlyToThoseWhoMay) {
  const core::UnitRegister units;
  DevicesView view{clock_at(kNoon), {well_device()}, units, false, "token-of-the-session", {}};
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
  const std::string page = devices_html({clock_at(kNoon), {device}, units, true, evil, {}});
  EXPECT_FALSE(has_text(page, "<script"));
}

TEST(DevicesPage, TellsProgramsTheSame) {
  const core::UnitRegister units;
  storage::DeviceState device = well_device();
  device.suspended_at = kNoon;
  const auto json =
      nlohmann::json::parse(devices_json({clock_at(kNoon), {device}, units, false, "", {}}));
  ASSERT_EQ(json["devices"].size(), 1U);
  EXPECT_EQ(json["devices"][0]["id"], "kt-1");
  EXPECT_EQ(json["devices"][0]["suspended_at"], kNoon);
  EXPECT_EQ(json["devices"][0]["events"], 10);
  EXPECT_EQ(json["devices"][0]["concerns"][0], "Đang tạm dừng");
}

// A commune can keep its clocks unset; the authority sees that it does.
TEST(DevicesPage, ShowsHowManyRatingsOfAUnitAreOfNoCertainDay) {
  const core::UnitRegister units;
  const std::string unit = "?" + well_device().places.at(0).unit.value;
  DevicesView view{clock_at(kNoon), {well_device()}, units, false, "", {}};
  view.uncertain[unit] = {6, 50};
  EXPECT_TRUE(has_text(devices_html(view), "Đơn vị có 6 trong 50 phiếu chưa chắc ngày (12,0 %)"));
  const auto json = nlohmann::json::parse(devices_json(view))["devices"][0];
  EXPECT_EQ(json["concerns"].size(), 1U);
  EXPECT_TRUE(concerns_of(view.devices[0], view.clock).empty()) << "which staff see, too";
}

}  // namespace
}  // namespace hailong::district::web
