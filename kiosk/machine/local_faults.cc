#include "kiosk/machine/local_faults.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <string>

#include "core/numbers.h"
#include "journal/reader.h"
#include "journal/set_aside.h"
#include "wire/key_file.h"

namespace hailong::kiosk::machine {
namespace {

namespace fs = std::filesystem;
using core::Fault;

KeyState key_state(const fs::path& data_dir) {
  const auto reader = journal::Reader::open(data_dir / journal::kJournalFile);
  const auto key = wire::read_key(data_dir / journal::kDeviceKeyFile);
  if (!key) return key.error().fault == Fault::kNotFound ? KeyState::kLost : KeyState::kUnreadable;
  const bool is_foreign = reader && reader->identity().public_key != key->public_key();
  return is_foreign ? KeyState::kForeign : KeyState::kRight;
}

std::vector<SetAside> find_set_aside(const fs::path& data_dir) {
  std::vector<SetAside> found;
  for (const fs::path& folder : journal::damaged_journals(data_dir)) {
    SetAside aside;
    auto reader = journal::Reader::open(folder / journal::kJournalFile);
    const auto counted = reader ? reader->statistics()
                                : core::Result<journal::Statistics>(core::Failure(reader.error()));
    if (counted) {
      const core::Seq known = std::max(counted->receipted, counted->identity.first - 1);
      aside = {counted->last, counted->last - known};
    }
    found.push_back(aside);
  }
  return found;
}

/// What a start that was refused wrote down (program/sole_run.h).
std::optional<std::int64_t> refused_at(const fs::path& lock_file) {
  std::ifstream stream(lock_file);
  std::string text;
  stream >> text;
  std::int64_t ms = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, ms);
  if (error != std::errc() || stop != end) return std::nullopt;
  return ms;
}

std::string why(Fault fault) {
  switch (fault) {
    case Fault::kFull:
      return "bộ nhớ đã đầy. Xóa bớt tệp khác; máy tự ghi lại khi có chỗ";
    case Fault::kBusy:
      return "chương trình khác đang giữ dữ liệu. Tắt chương trình đó; máy tự ghi lại";
    case Fault::kCorrupt:
      return "dữ liệu hỏng và chưa cất riêng được. Giữ nguyên thẻ nhớ, báo người quản trị ngay";
    case Fault::kInvalid:
      return "cấu hình không khớp với dữ liệu. Báo người quản trị";
    default:
      return "thẻ nhớ chỉ đọc được hoặc đã hỏng. Báo người quản trị thay thẻ; máy tự ghi lại khi"
             " ghi được";
  }
}

Fact recording_fact(const std::optional<RecordingTrouble>& trouble) {
  const std::string label = "Ghi đánh giá";
  if (!trouble) return {label, "Ghi được", Verdict::kGood};
  const bool is_synced = trouble->since.clock == core::ClockState::kSynced;
  return {label,
          "Không ghi được từ " +
              moment(is_synced ? std::optional(trouble->since.wall_ms) : std::nullopt) + ": " +
              why(trouble->error.fault),
          Verdict::kAct};
}

Fact key_fact(KeyState key) {
  const std::string label = "Khóa của máy";
  const std::string then = ". Đánh giá vẫn được ghi nhưng không gửi đi được: báo người quản trị";
  switch (key) {
    case KeyState::kLost:
      return {label, "Bị mất" + then, Verdict::kAct};
    case KeyState::kForeign:
      return {label, "Là khóa của máy khác" + then, Verdict::kAct};
    case KeyState::kUnreadable:
      return {label, "Không đọc được" + then, Verdict::kAct};
    case KeyState::kRight:
      break;
  }
  return {label, "Đúng", Verdict::kGood};
}

Fact set_aside_fact(const SetAside& aside) {
  const std::string label = "Nhật ký hỏng đã cất";
  if (aside.last == 0) {
    return {label, "Không đọc được gì: giữ nguyên thẻ nhớ, báo người quản trị", Verdict::kAct};
  }
  const std::string words = "Còn nguyên đến sự kiện " + core::vietnamese_count(aside.last);
  if (aside.waiting == 0) return {label, words + ", đã gửi hết", Verdict::kLook};
  return {label, words + ", chờ gửi " + core::vietnamese_count(aside.waiting) + " mục",
          Verdict::kLook};
}

Fact second_start_fact(const std::string& program, std::int64_t at_ms) {
  return {
      "Mở hai lần",
      program + " bị mở lần thứ hai lúc " + moment(at_ms) + "; lần sau đã tự đóng, không mất gì",
      Verdict::kLook};
}

}  // namespace

LocalFaults find_faults(const fs::path& data_dir, std::optional<RecordingTrouble> recording) {
  return {std::move(recording), key_state(data_dir), find_set_aside(data_dir),
          refused_at(data_dir / "kiosk.lock"), refused_at(data_dir / "sync.lock")};
}

std::vector<Fact> facts_of(const LocalFaults& faults) {
  std::vector<Fact> facts = {recording_fact(faults.recording), key_fact(faults.key)};
  if (faults.second_kiosk) {
    facts.push_back(second_start_fact("Chương trình đánh giá", *faults.second_kiosk));
  }
  if (faults.second_daemon) {
    facts.push_back(second_start_fact("Chương trình gửi dữ liệu", *faults.second_daemon));
  }
  return facts;
}

std::vector<Fact> set_aside_facts(const LocalFaults& faults) {
  std::vector<Fact> facts;
  facts.reserve(faults.set_aside.size());
  for (const SetAside& aside : faults.set_aside) facts.push_back(set_aside_fact(aside));
  return facts;
}

}  // namespace hailong::kiosk::machine
