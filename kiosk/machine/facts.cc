#include "kiosk/machine/facts.h"

#include <array>
#include <cstdio>
#include <utility>

#include "core/local_date.h"
#include "core/numbers.h"

namespace hailong::kiosk::machine {
namespace {

constexpr std::int64_t kMinuteMs = 60'000;
constexpr std::int64_t kHourMs = 60 * kMinuteMs;
constexpr std::int64_t kDayMs = 24 * kHourMs;
constexpr std::int64_t kMegabyte = 1'000'000;
constexpr std::int64_t kGigabyte = 1000 * kMegabyte;

// From here on a Raspberry Pi slows its processor down (Raspberry Pi documentation, "Frequency
// management and thermal control").
constexpr int kTooHot = 800;
// PROVISIONAL (ngưỡng tạm), until kiosks in service have shown what is usual there. 100 MB are some
// 100,000 ratings.
constexpr int kWarm = 700;
constexpr std::int64_t kNearlyFull = 500 * kMegabyte;
constexpr std::int64_t kAlmostNothing = 100 * kMegabyte;
constexpr int kWorn = 90;
constexpr std::int64_t kLateUploadMs = kDayMs;
constexpr std::int64_t kLostUploadMs = 7 * kDayMs;
constexpr std::int64_t kOldCheckMs = 7 * kDayMs;

/// The two largest units: "3 ngày 4 giờ".
std::string duration(std::int64_t ms) {
  std::string minutes = std::to_string(ms / kMinuteMs % 60) + " phút";
  if (ms < kHourMs) return minutes;
  const std::string hours = std::to_string(ms / kHourMs % 24) + " giờ";
  if (ms < kDayMs) return hours + " " + minutes;
  return core::vietnamese_count(ms / kDayMs) + " ngày " + hours;
}

/// Never more than there is.
std::string size_words(std::int64_t bytes) {
  if (bytes < kGigabyte) return std::to_string(bytes / kMegabyte) + " MB";
  const std::int64_t tenths = bytes / (kGigabyte / 10);
  if (tenths >= 100) return core::vietnamese_count(tenths / 10) + " GB";
  return std::to_string(tenths / 10) + "," + std::to_string(tenths % 10) + " GB";
}

std::string degrees(int tenths) {
  const int positive = tenths < 0 ? -tenths : tenths;
  return (tenths < 0 ? "−" : "") + std::to_string(positive / 10) + "," +
         std::to_string(positive % 10) + " °C";
}

Fact clock_fact(const core::Stamp& now) {
  if (now.clock == core::ClockState::kSynced) {
    return {"Đồng hồ", moment(now.wall_ms) + ", đúng giờ", Verdict::kGood};
  }
  return {"Đồng hồ", moment(now.wall_ms) + ", chưa chắc đúng: kiểm tra mạng", Verdict::kLook};
}

Fact disk_fact(const std::optional<Disk>& disk) {
  const std::string label = "Chỗ lưu trữ";
  if (!disk) return {label, "Không đọc được: báo người quản trị", Verdict::kAct};
  if (disk->read_only) {
    return {label, "Chỉ đọc được, không ghi được: báo người quản trị ngay", Verdict::kAct};
  }
  const std::string words = "Còn " + size_words(disk->free) + " trong " + size_words(disk->total);
  if (disk->free < kAlmostNothing) {
    return {label, words + ": gần hết, báo người quản trị ngay", Verdict::kAct};
  }
  if (disk->free < kNearlyFull) return {label, words + ": sắp đầy", Verdict::kLook};
  return {label, words, Verdict::kGood};
}

Fact temperature_fact(const std::optional<int>& tenths) {
  const std::string label = "Nhiệt độ";
  if (!tenths) return {label, "Máy này không đo", Verdict::kGood};
  if (*tenths >= kTooHot) {
    return {label, degrees(*tenths) + ": quá nóng, kiểm tra quạt và khe thoáng", Verdict::kAct};
  }
  if (*tenths >= kWarm) return {label, degrees(*tenths) + ": hơi nóng", Verdict::kLook};
  return {label, degrees(*tenths), Verdict::kGood};
}

Fact supply_fact(const Power& power) {
  const std::string label = "Nguồn điện";
  if (power.weak) return {label, "Đang yếu: thay bộ nguồn hoặc dây nguồn", Verdict::kAct};
  if (power.weak_before) {
    return {label, "Đã có lúc yếu: kiểm tra bộ nguồn và dây nguồn", Verdict::kLook};
  }
  return {label, "Đủ", Verdict::kGood};
}

Fact speed_fact(const Power& power) {
  const std::string label = "Tốc độ máy";
  if (power.slowed) return {label, "Đang bị giảm vì nóng hoặc thiếu điện", Verdict::kLook};
  if (power.slowed_before) {
    return {label, "Đã có lúc bị giảm vì nóng hoặc thiếu điện", Verdict::kLook};
  }
  return {label, "Bình thường", Verdict::kGood};
}

Fact wear_fact(int percent) {
  const std::string label = "Bộ nhớ eMMC";
  if (percent > 100) return {label, "Đã quá tuổi thọ: thay máy", Verdict::kAct};
  const std::string words =
      "Đã dùng " + std::to_string(percent - 10) + "–" + std::to_string(percent) + " % tuổi thọ";
  if (percent >= kWorn) return {label, words + ": chuẩn bị thay máy", Verdict::kLook};
  return {label, words, Verdict::kGood};
}

/// A clock that may be wrong makes nothing old; that it may be wrong is a fact of its own.
bool is_older(std::int64_t then_ms, const core::Stamp& now, std::int64_t limit_ms) {
  return now.clock == core::ClockState::kSynced && now.wall_ms - then_ms > limit_ms;
}

/// "lúc …", or "từ … đến …" where it took longer than a minute.
std::string when_verified(const ChainState& chain) {
  const std::string began = moment(chain.began_ms);
  const std::string ended = moment(chain.verified_ms);
  return began == ended ? "lúc " + ended : "từ " + began + " đến " + ended;
}

}  // namespace

std::string moment(const std::optional<std::int64_t>& unix_ms) {
  if (!unix_ms) return "chưa rõ (đồng hồ chưa đúng)";
  const core::LocalDate day = core::local_date(*unix_ms);
  const std::int64_t minutes = (*unix_ms - core::start_of_day_ms(day)) / kMinuteMs;
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%02d:%02d ngày %02u/%02u/%d",
                static_cast<int>(minutes / 60), static_cast<int>(minutes % 60),
                static_cast<unsigned>(day.day()), static_cast<unsigned>(day.month()),
                static_cast<int>(day.year()));
  return text.data();
}

std::vector<Fact> facts_of(const MachineState& state) {
  std::vector<Fact> facts = {clock_fact(state.now), disk_fact(state.disk),
                             temperature_fact(state.temperature)};
  if (state.power) {
    facts.push_back(supply_fact(*state.power));
    facts.push_back(speed_fact(*state.power));
  }
  if (state.wear) facts.push_back(wear_fact(*state.wear));
  facts.push_back({"Đã chạy liên tục", duration(state.now.mono_ms), Verdict::kGood});
  facts.push_back({"Phiên bản", state.version, Verdict::kGood});
  return facts;
}

Fact upload_fact(std::int64_t waiting, std::optional<std::int64_t> last_receipt_ms,
                 const core::Stamp& now) {
  const std::string label = "Gửi về máy chủ";
  const std::string queue =
      waiting == 0 ? "Đã gửi hết" : core::vietnamese_count(waiting) + " mục chờ gửi";
  if (!last_receipt_ms) {
    return {label, waiting == 0 ? "Chưa có gì để gửi" : queue + "; chưa gửi lần nào: kiểm tra mạng",
            waiting == 0 ? Verdict::kGood : Verdict::kLook};
  }
  const std::string words = queue + "; lần gần nhất " + moment(last_receipt_ms);
  if (waiting > 0 && is_older(*last_receipt_ms, now, kLostUploadMs)) {
    return {label, words + ": báo người quản trị", Verdict::kAct};
  }
  if (waiting > 0 && is_older(*last_receipt_ms, now, kLateUploadMs)) {
    return {label, words + ": kiểm tra mạng", Verdict::kLook};
  }
  return {label, words, Verdict::kGood};
}

Fact config_fact(std::int64_t published_at_ms, bool refused) {
  std::string words = published_at_ms == 0 ? "Chưa nhận; máy dùng tệp cấu hình của mình"
                                           : "Bản công bố lúc " + moment(published_at_ms);
  if (refused) words += "; bản mới hơn bị lỗi nên không dùng: báo người quản trị";
  return {"Cấu hình từ cấp trên", std::move(words), refused ? Verdict::kLook : Verdict::kGood};
}

Fact chain_fact(const ChainState& chain, const core::Stamp& now) {
  const std::string label = "Chuỗi sự kiện";
  if (chain.first_bad) {
    return {label,
            "Sai ở sự kiện " + std::to_string(*chain.first_bad) +
                ": dữ liệu bị sửa hoặc hỏng; giữ nguyên máy, báo người quản trị ngay",
            Verdict::kAct};
  }
  if (chain.last == 0) return {label, "Chưa có sự kiện nào", Verdict::kGood};
  const std::string last = core::vietnamese_count(chain.last);
  if (chain.verified == 0) {
    return {label, "Chưa kiểm tra " + last + " sự kiện", Verdict::kLook};
  }
  const bool is_behind = chain.verified < chain.last &&
                         (!chain.verified_ms || is_older(*chain.verified_ms, now, kOldCheckMs));
  return {label,
          "Đúng đến sự kiện " + core::vietnamese_count(chain.verified) + " trong " + last +
              ", kiểm tra " + when_verified(chain),
          is_behind ? Verdict::kLook : Verdict::kGood};
}

}  // namespace hailong::kiosk::machine
