#include "district/web/device_concerns.h"

#include <algorithm>
#include <cstdlib>

#include "core/numbers.h"
#include "district/web/figures.h"
#include "district/web/periods.h"

namespace hailong::district::web {
namespace {

using core::vietnamese_count;
using storage::DeviceState;
using storage::ToldState;
using Weight = DeviceConcern::Weight;

constexpr std::int64_t kADayMs = 86'400'000;
constexpr std::int64_t kMegabyte = 1'000'000;

// The same figures as on the kiosk's own page for its staff (kiosk/machine/facts.cc, with sources).
constexpr std::int64_t kNearlyFull = 500 * kMegabyte;
constexpr std::int64_t kAlmostNothing = 100 * kMegabyte;
constexpr int kTooHot = 800;
constexpr int kWarm = 700;

/// How long a new life of a card is worth a word.
constexpr std::int64_t kNewEpochMs = 7 * kADayMs;

std::string degrees(int tenths) {
  return std::string(tenths < 0 ? "−" : "") + std::to_string(std::abs(tenths) / 10) + "," +
         std::to_string(std::abs(tenths) % 10) + " °C";
}

std::string size_words(std::int64_t bytes) {
  if (bytes < 1000 * kMegabyte) return std::to_string(bytes / kMegabyte) + " MB";
  const std::int64_t tenths = bytes / (100 * kMegabyte);
  return std::to_string(tenths / 10) + "," + std::to_string(tenths % 10) + " GB";
}

std::string disk_words(const wire::HeartbeatDisk& disk) {
  return "còn " + size_words(disk.free) + " trong " + size_words(disk.total);
}

/// "nhanh 10 phút", "chậm 3 ngày"; empty when the clocks agree.
std::string clock_offset_words(std::int64_t ahead_ms) {
  if (std::abs(ahead_ms) <= kClockAheadMs) return {};
  return (ahead_ms > 0 ? "nhanh hơn máy chủ " : "chậm hơn máy chủ ") +
         duration_words(std::abs(ahead_ms));
}

class Concerns {
 public:
  Concerns(const DeviceState& device, const WorkingClock& clock) : device_(device), clock_(clock) {}

  std::vector<DeviceConcern> take() {
    add_conflicts();
    if (device_.heartbeats.empty()) {
      add_clock_of_events();
    } else {
      add_told(device_.heartbeats.front());
      add_epochs();
    }
    add_renumbering();
    add_salvage();
    add_restarts();
    if (device_.suspended_at) {
      add(Weight::kWarning, "Đang tạm dừng");
    } else {
      add_silence();
    }
    if (!has_key(device_)) add(Weight::kWarning, "Không còn khóa nào dùng được");
    if (const std::int64_t odd = device_.quarantined(); odd > 0) {
      add(Weight::kNote, vietnamese_count(odd) + " sự kiện cách ly");
    }
    std::stable_sort(found_.begin(), found_.end(),
                     [](const auto& a, const auto& b) { return a.weight > b.weight; });
    return std::move(found_);
  }

 private:
  void add(Weight weight, std::string words) { found_.push_back({weight, std::move(words)}); }

  void add_conflicts() {
    if (device_.conflicts.empty()) return;
    add(Weight::kAlarm, vietnamese_count(static_cast<std::int64_t>(device_.conflicts.size())) +
                            " lần gửi mâu thuẫn với dữ liệu đã nhận");
  }

  void add_renumbering() {
    if (const std::int64_t lost = device_.lost(); lost > 0) {
      add(Weight::kAlarm,
          "Có thể đã mất " + vietnamese_count(lost) + " sự kiện khi thẻ nhớ được cài lại");
    }
    if (std::any_of(device_.epochs.begin(), device_.epochs.end(),
                    [](const storage::EpochState& epoch) { return epoch.renumbers(); })) {
      add(Weight::kNote, "Thẻ nhớ cài lại đã đánh số lại");
    }
  }

  /// A card that damaged one journal will damage the next.
  void add_salvage() {
    const auto salvaged = device_.salvaged();
    if (!salvaged) return;
    add(Weight::kWarning, "Nhật ký đã hỏng từ sự kiện " + vietnamese_count(salvaged->last + 1) +
                              " (báo ngày " + vietnamese_date(core::local_date(salvaged->seen_at)) +
                              "): nên thay thẻ nhớ");
  }

  void add_restarts() {
    if (device_.epochs.empty()) return;
    if (device_.epochs.front().many_boots_ms.value_or(kADayMs) >= kADayMs) return;
    add(Weight::kWarning, "Khởi động " + std::to_string(storage::kManyBoots) +
                              " lần trong một ngày: kiểm tra nguồn điện");
  }

  void add_silence() {
    const auto sign = device_.last_sign();
    if (!sign) return add(Weight::kWarning, "Chưa gửi dữ liệu lần nào");
    if (!is_silent(device_, clock_)) return;
    const std::int64_t silent = clock_.now_ms - *sign;
    if (device_.heartbeats.empty()) {
      return add(Weight::kWarning,
                 "Không có dữ liệu mới " + std::to_string(silent / kADayMs) + " ngày");
    }
    add(Weight::kAlarm, "Im lặng " + duration_words(silent) + ": kiểm tra điện và mạng");
  }

  void add_clock_of_events() {
    if (device_.epochs.empty()) return;
    const storage::EpochState& latest = device_.epochs.front();
    if (!latest.last_event_at) return;
    const std::int64_t ahead = *latest.last_event_at - latest.received_at;
    if (ahead > kClockAheadMs) {
      add(Weight::kAlarm, "Đồng hồ " + clock_offset_words(ahead));
    } else if (!latest.clock_synced) {
      add(Weight::kWarning, "Đồng hồ chưa được chỉnh theo giờ chuẩn");
    }
  }

  void add_told(const ToldState& state) {
    const wire::Heartbeat& told = state.told;
    std::string offset = clock_offset_words(told.now.wall_ms - state.received_at);
    if (!offset.empty()) {
      add(Weight::kWarning, "Đồng hồ " + offset);
    } else if (told.now.clock == core::ClockState::kUnsynced) {
      add(Weight::kNote, "Đồng hồ chưa được chỉnh theo giờ chuẩn");
    }
    if (told.disk && told.disk->free < kNearlyFull) {
      add(told.disk->free < kAlmostNothing ? Weight::kAlarm : Weight::kWarning,
          "Chỗ lưu trữ " + disk_words(*told.disk));
    }
    if (told.temperature && *told.temperature >= kWarm) {
      add(*told.temperature >= kTooHot ? Weight::kAlarm : Weight::kWarning,
          "Nóng " + degrees(*told.temperature));
    }
    if (told.oldest_ms.value_or(0) > kADayMs) {
      add(Weight::kWarning, "Có dữ liệu chờ gửi " + duration_words(*told.oldest_ms));
    }
    for (const std::string& fault : told.faults) add(Weight::kAlarm, "Lỗi trên máy: " + fault);
    if (!told.bundle_fault.empty()) {
      add(Weight::kWarning, "Cấu hình mới không dùng được: " + told.bundle_fault);
    } else if (device_.config && told.bundle != device_.config->id &&
               state.received_at - device_.config->published_at > kADayMs) {
      add(Weight::kWarning, "Chưa dùng cấu hình công bố trước đó " +
                                duration_words(state.received_at - device_.config->published_at));
    }
  }

  /// A card has one life at a time: an older one that speaks again was copied or put back.
  void add_epochs() {
    const std::vector<ToldState>& told = device_.heartbeats;
    if (told.size() < 2) return;
    const auto newest =
        std::max_element(told.begin(), told.end(),
                         [](const auto& a, const auto& b) { return a.first_seen < b.first_seen; });
    if (newest != told.begin()) {
      add(Weight::kAlarm,
          "Đang chạy bằng thẻ nhớ cũ (đời thẻ " + told.front().told.epoch.value + ")");
    } else if (clock_.now_ms - newest->first_seen < kNewEpochMs) {
      add(Weight::kWarning,
          "Đời thẻ mới từ " + vietnamese_date(core::local_date(newest->first_seen)));
    }
  }

  const DeviceState& device_;
  const WorkingClock& clock_;
  std::vector<DeviceConcern> found_;
};

const char* badge_of(Weight weight) {
  return weight == Weight::kAlarm ? "bad" : weight == Weight::kWarning ? "warn" : "plain";
}

std::string queue_words(const wire::Heartbeat& told) {
  const std::int64_t waiting = told.last - told.receipted;
  if (waiting <= 0) return "không có gì chờ";
  std::string words = vietnamese_count(waiting) + " sự kiện";
  if (told.oldest_ms) words += ", lâu nhất " + duration_words(*told.oldest_ms);
  return words;
}

std::string clock_words(const ToldState& state) {
  std::string offset = clock_offset_words(state.told.now.wall_ms - state.received_at);
  if (!offset.empty()) return offset;
  return state.told.now.clock == core::ClockState::kSynced ? "đúng giờ"
                                                           : "khớp máy chủ, chưa có giờ chuẩn";
}

std::string chain_words(const DeviceState& device, const ToldState& state) {
  const std::string last = "đến sự kiện " + vietnamese_count(state.told.last);
  const bool contradicts =
      std::any_of(device.conflicts.begin(), device.conflicts.end(), [&](const auto& conflict) {
        return conflict.epoch == state.told.epoch.value && conflict.last == state.told.last;
      });
  return last + (contradicts ? ": trái với những gì đã thấy" : "");
}

}  // namespace

bool has_key(const DeviceState& device) {
  return std::any_of(device.keys.begin(), device.keys.end(),
                     [](const storage::KeyState& key) { return !key.revoked_at; });
}

std::vector<DeviceConcern> concerns_of(const DeviceState& device, const WorkingClock& clock) {
  return Concerns(device, clock).take();
}

kainjow::mustache::data concerns_data(const std::vector<DeviceConcern>& concerns) {
  kainjow::mustache::data list(kainjow::mustache::data::type::list);
  for (const DeviceConcern& concern : concerns) {
    kainjow::mustache::data shown = one_text(concern.words);
    shown.set("badge", badge_of(concern.weight));
    list << shown;
  }
  return list;
}

std::vector<ToldFact> told_facts(const DeviceState& device, core::LocalDate today) {
  if (device.heartbeats.empty()) return {};
  const ToldState& state = device.heartbeats.front();
  const wire::Heartbeat& told = state.told;
  std::vector<ToldFact> facts = {{"Báo về", moment_words(state.received_at, today)},
                                 {"Phiên bản", told.version},
                                 {"Chờ gửi", queue_words(told)},
                                 {"Chuỗi sự kiện", chain_words(device, state)},
                                 {"Đồng hồ", clock_words(state)}};
  if (told.tap_ms) facts.push_back({"Bấm lần cuối", duration_words(*told.tap_ms) + " trước đó"});
  if (told.disk) facts.push_back({"Chỗ lưu trữ", disk_words(*told.disk)});
  if (told.temperature) facts.push_back({"Nhiệt độ", degrees(*told.temperature)});
  if (!told.bundle.empty()) facts.push_back({"Cấu hình đang dùng", told.bundle});
  return facts;
}

std::string duration_words(std::int64_t ms) {
  const std::int64_t minutes = ms / 60'000;
  if (minutes < 120) return std::to_string(minutes) + " phút";
  if (minutes < std::int64_t{48} * 60) return std::to_string(minutes / 60) + " giờ";
  return std::to_string(ms / kADayMs) + " ngày";
}

}  // namespace hailong::district::web
