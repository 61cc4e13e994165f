#include "kiosk/machine/facts.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/local_date.h"

namespace hailong::kiosk::machine {
namespace {

constexpr std::int64_t kMinute = 60'000;
constexpr std::int64_t kHour = 60 * kMinute;
constexpr std::int64_t kDay = 24 * kHour;

/// 14:05 on 26/11/2026.
std::int64_t now_ms() {
  return core::start_of_day_ms(std::chrono::year{2026} / 11 / 26) + 14 * kHour + 5 * kMinute;
}

core::Stamp now(core::ClockState clock = core::ClockState::kSynced) {
  return {now_ms(), std::string(32, 'b'), 3 * kDay + 4 * kHour + kMinute, clock};
}

MachineState healthy() {
  return {now(), 523, Disk{12'449'000'000, 31'000'000'000}, Power{}, 30, "0.1.0"};
}

Fact fact(const MachineState& state, const std::string& label) {
  const auto facts = facts_of(state);
  const auto found = std::find_if(facts.begin(), facts.end(),
                                  [&](const Fact& each) { return each.label == label; });
  if (found != facts.end()) return *found;
  ADD_FAILURE() << "no fact " << label;
  return {};
}

Fact disk(std::int64_t free) {
  MachineState state = healthy();
  state.disk->free = free;
  return fact(state, "Chỗ lưu trữ");
}

Fact temperature(int tenths) {
  MachineState state = healthy();
  state.temperature = tenths;
  return fact(state, "Nhiệt độ");
}

Fact with_power(const Power& power, const std::string& label) {
  MachineState state = healthy();
  state.power = power;
  return fact(state, label);
}

Fact wear(int percent) {
  MachineState state = healthy();
  state.wear = percent;
  return fact(state, "Bộ nhớ eMMC");
}

TEST(MachineFacts, OfAHealthyMachineAreAllGood) {
  EXPECT_EQ(facts_of(healthy()),
            (std::vector<Fact>{{"Đồng hồ", "14:05 ngày 26/11/2026, đúng giờ", Verdict::kGood},
                               {"Chỗ lưu trữ", "Còn 12 GB trong 31 GB", Verdict::kGood},
                               {"Nhiệt độ", "52,3 °C", Verdict::kGood},
                               {"Nguồn điện", "Đủ", Verdict::kGood},
                               {"Tốc độ máy", "Bình thường", Verdict::kGood},
                               {"Bộ nhớ eMMC", "Đã dùng 20–30 % tuổi thọ", Verdict::kGood},
                               {"Đã chạy liên tục", "3 ngày 4 giờ", Verdict::kGood},
                               {"Phiên bản", "0.1.0", Verdict::kGood}}));
}

TEST(MachineFacts, LeaveOutWhatTheMachineDoesNotTell) {
  MachineState state = healthy();
  state.power.reset();
  state.wear.reset();
  EXPECT_EQ(facts_of(state).size(), 5U);
  state.temperature.reset();
  EXPECT_EQ(fact(state, "Nhiệt độ"), (Fact{"Nhiệt độ", "Máy này không đo", Verdict::kGood}));
}

TEST(MachineFacts, SayWhenTheClockMayBeWrong) {
  MachineState state = healthy();
  state.now = now(core::ClockState::kUnsynced);
  EXPECT_EQ(
      fact(state, "Đồng hồ"),
      (Fact{"Đồng hồ", "14:05 ngày 26/11/2026, chưa chắc đúng: kiểm tra mạng", Verdict::kLook}));
}

TEST(MachineFacts, SayHowMuchRoomIsLeft) {
  EXPECT_EQ(disk(1'399'999'999).words, "Còn 1,3 GB trong 31 GB");
  EXPECT_EQ(disk(500'000'000).verdict, Verdict::kGood);
  EXPECT_EQ(disk(312'999'999),
            (Fact{"Chỗ lưu trữ", "Còn 312 MB trong 31 GB: sắp đầy", Verdict::kLook}));
  EXPECT_EQ(disk(100'000'000).verdict, Verdict::kLook);
  EXPECT_EQ(disk(99'999'999),
            (Fact{"Chỗ lưu trữ", "Còn 99 MB trong 31 GB: gần hết, báo người quản trị ngay",
                  Verdict::kAct}));
  MachineState state = healthy();
  state.disk.reset();
  EXPECT_EQ(fact(state, "Chỗ lưu trữ").verdict, Verdict::kAct);
}

TEST(MachineFacts, SayHowHotItIs) {
  EXPECT_EQ(temperature(699).verdict, Verdict::kGood);
  EXPECT_EQ(temperature(700), (Fact{"Nhiệt độ", "70,0 °C: hơi nóng", Verdict::kLook}));
  EXPECT_EQ(temperature(799).verdict, Verdict::kLook);
  EXPECT_EQ(temperature(821),
            (Fact{"Nhiệt độ", "82,1 °C: quá nóng, kiểm tra quạt và khe thoáng", Verdict::kAct}));
  EXPECT_EQ(temperature(-5).words, "−0,5 °C");
}

TEST(MachineFacts, SayWhetherTheSupplyIsStrongEnough) {
  EXPECT_EQ(with_power({true, true, false, false}, "Nguồn điện").verdict, Verdict::kAct);
  EXPECT_EQ(with_power({false, true, false, false}, "Nguồn điện").verdict, Verdict::kLook);
  EXPECT_EQ(with_power({false, false, true, true}, "Nguồn điện").verdict, Verdict::kGood);
  EXPECT_EQ(with_power({false, false, true, true}, "Tốc độ máy"),
            (Fact{"Tốc độ máy", "Đang bị giảm vì nóng hoặc thiếu điện", Verdict::kLook}));
  EXPECT_EQ(with_power({false, false, false, true}, "Tốc độ máy"),
            (Fact{"Tốc độ máy", "Đã có lúc bị giảm vì nóng hoặc thiếu điện", Verdict::kLook}));
}

TEST(MachineFacts, SayHowWornTheFlashIs) {
  EXPECT_EQ(wear(80).verdict, Verdict::kGood);
  EXPECT_EQ(wear(90),
            (Fact{"Bộ nhớ eMMC", "Đã dùng 80–90 % tuổi thọ: chuẩn bị thay máy", Verdict::kLook}));
  EXPECT_EQ(wear(110), (Fact{"Bộ nhớ eMMC", "Đã quá tuổi thọ: thay máy", Verdict::kAct}));
}

TEST(MachineFacts, SayHowLongItHasBeenUp) {
  MachineState state = healthy();
  state.now.mono_ms = 59'000;
  EXPECT_EQ(fact(state, "Đã chạy liên tục").words, "0 phút");
  state.now.mono_ms = 125 * kMinute;
  EXPECT_EQ(fact(state, "Đã chạy liên tục").words, "2 giờ 5 phút");
}

TEST(UploadFact, SaysWhatWaitsAndSinceWhen) {
  EXPECT_EQ(upload_fact(0, std::nullopt, now()),
            (Fact{"Gửi về máy chủ", "Chưa có gì để gửi", Verdict::kGood}));
  EXPECT_EQ(upload_fact(1234, std::nullopt, now()),
            (Fact{"Gửi về máy chủ", "1.234 mục chờ gửi; chưa gửi lần nào: kiểm tra mạng",
                  Verdict::kLook}));
  EXPECT_EQ(
      upload_fact(0, now_ms() - 30 * kDay, now()),
      (Fact{"Gửi về máy chủ", "Đã gửi hết; lần gần nhất 14:05 ngày 27/10/2026", Verdict::kGood}));
  EXPECT_EQ(upload_fact(2, now_ms() - kDay, now()).verdict, Verdict::kGood);
  EXPECT_EQ(
      upload_fact(2, now_ms() - kDay - 1, now()),
      (Fact{"Gửi về máy chủ", "2 mục chờ gửi; lần gần nhất 14:04 ngày 25/11/2026: kiểm tra mạng",
            Verdict::kLook}));
  EXPECT_EQ(upload_fact(2, now_ms() - 7 * kDay - 1, now()).verdict, Verdict::kAct);
}

TEST(UploadFact, DoesNotCountDaysByAClockThatMayBeWrong) {
  EXPECT_EQ(upload_fact(2, now_ms() - 30 * kDay, now(core::ClockState::kUnsynced)).verdict,
            Verdict::kGood);
}

TEST(ConfigFact, TellsWhichIsShown) {
  EXPECT_EQ(
      config_fact(0, false),
      (Fact{"Cấu hình từ cấp trên", "Chưa nhận; máy dùng tệp cấu hình của mình", Verdict::kGood}));
  EXPECT_EQ(
      config_fact(1'795'496'400'000, false),
      (Fact{"Cấu hình từ cấp trên", "Bản công bố lúc 12:00 ngày 24/11/2026", Verdict::kGood}));
  EXPECT_EQ(config_fact(1'795'496'400'000, true),
            (Fact{"Cấu hình từ cấp trên",
                  "Bản công bố lúc 12:00 ngày 24/11/2026; bản mới hơn bị lỗi nên không dùng: báo "
                  "người quản trị",
                  Verdict::kLook}));
}

TEST(ChainFact, ClaimsNoMoreThanWasVerified) {
  EXPECT_EQ(chain_fact({}, now()), (Fact{"Chuỗi sự kiện", "Chưa có sự kiện nào", Verdict::kGood}));
  ChainState chain;
  chain.last = 1234;
  EXPECT_EQ(chain_fact(chain, now()),
            (Fact{"Chuỗi sự kiện", "Chưa kiểm tra 1.234 sự kiện", Verdict::kLook}));
  chain.verified = 1000;
  chain.began_ms = chain.verified_ms = now_ms();
  EXPECT_EQ(chain_fact(chain, now()),
            (Fact{"Chuỗi sự kiện",
                  "Đúng đến sự kiện 1.000 trong 1.234, kiểm tra lúc 14:05 ngày 26/11/2026",
                  Verdict::kGood}));
  chain.verified = 1234;
  chain.began_ms = now_ms() - 30 * kDay;
  EXPECT_EQ(chain_fact(chain, now()),
            (Fact{"Chuỗi sự kiện",
                  "Đúng đến sự kiện 1.234 trong 1.234, kiểm tra từ 14:05 ngày 27/10/2026 đến"
                  " 14:05 ngày 26/11/2026",
                  Verdict::kGood}));
}

TEST(ChainFact, SaysWhenNothingWasVerifiedForLong) {
  ChainState chain;
  chain.last = 1234;
  chain.verified = 1000;
  chain.began_ms = chain.verified_ms = now_ms() - 7 * kDay - 1;
  EXPECT_EQ(chain_fact(chain, now()).verdict, Verdict::kLook);
  chain.verified = 1234;  // nothing has come since
  EXPECT_EQ(chain_fact(chain, now()).verdict, Verdict::kGood);
  chain.verified = 1000;
  chain.began_ms = chain.verified_ms = std::nullopt;
  EXPECT_EQ(chain_fact(chain, now()),
            (Fact{"Chuỗi sự kiện",
                  "Đúng đến sự kiện 1.000 trong 1.234, kiểm tra lúc chưa rõ (đồng hồ chưa đúng)",
                  Verdict::kLook}));
}

TEST(ChainFact, NamesTheEventThatDoesNotVerify) {
  ChainState chain;
  chain.last = 1234;
  chain.verified = 11;
  chain.first_bad = 12;
  EXPECT_EQ(chain_fact(chain, now()),
            (Fact{"Chuỗi sự kiện",
                  "Sai ở sự kiện 12: dữ liệu bị sửa hoặc hỏng; giữ nguyên máy, báo người quản trị"
                  " ngay",
                  Verdict::kAct}));
}

}  // namespace
}  // namespace hailong::kiosk::machine
