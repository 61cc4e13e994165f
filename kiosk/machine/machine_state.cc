#include "kiosk/machine/machine_state.h"

#include <sys/statvfs.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <string_view>
#include <vector>

#include "journal/stamp.h"

namespace hailong::kiosk::machine {
namespace {

namespace fs = std::filesystem;

/// The numbers that stand in a file of the kernel's, with or without "0x"; none when it cannot be
/// read, as that of a sensor that sleeps.
std::vector<std::int64_t> numbers_in(const fs::path& file, int base) {
  std::ifstream stream(file);
  std::vector<std::int64_t> numbers;
  for (std::string word; stream >> word;) {
    std::string_view digits = word;
    if (base == 16 && digits.starts_with("0x")) digits.remove_prefix(2);
    const char* const end = digits.data() + digits.size();
    std::int64_t number = 0;
    const auto [stop, error] = std::from_chars(digits.data(), end, number, base);
    if (error != std::errc() || stop != end) return {};
    numbers.push_back(number);
  }
  return numbers;
}

/// The entries of a folder of the kernel's; none where it has no such things.
std::vector<fs::path> entries_of(const fs::path& folder) {
  std::vector<fs::path> entries;
  std::error_code error;
  fs::directory_iterator entry(folder, error);
  for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
    entries.push_back(entry->path());
  }
  return entries;
}

std::optional<int> hottest(const fs::path& thermal) {
  std::optional<std::int64_t> most;
  for (const fs::path& zone : entries_of(thermal)) {
    if (!zone.filename().string().starts_with("thermal_zone")) continue;
    const auto found = numbers_in(zone / "temp", 10);  // thousandths
    if (found.size() == 1) most = std::max(most.value_or(found[0]), found[0]);
  }
  if (!most) return std::nullopt;
  return static_cast<int>(*most / 100);
}

std::optional<Disk> disk_of(const fs::path& folder) {
  struct statvfs found {};
  if (::statvfs(folder.c_str(), &found) != 0) return std::nullopt;
  const auto block = static_cast<std::int64_t>(found.f_frsize);
  return Disk{static_cast<std::int64_t>(found.f_bavail) * block,
              static_cast<std::int64_t>(found.f_blocks) * block};
}

/// The bits: https://www.raspberrypi.com/documentation/computers/os.html#get_throttled
std::optional<Power> power_of(const fs::path& file) {
  const auto found = numbers_in(file, 16);
  if (found.size() != 1) return std::nullopt;
  constexpr std::uint64_t kWeak = 0b0001;
  constexpr std::uint64_t kSlowed = 0b1110;  // capped, throttled, soft limit of temperature
  const auto now = static_cast<std::uint64_t>(found[0]);
  const std::uint64_t before = now >> 16U;
  return Power{(now & kWeak) != 0, (before & kWeak) != 0, (now & kSlowed) != 0,
               (before & kSlowed) != 0};
}

/// JEDEC eMMC 5.0, DEVICE_LIFE_TIME_EST_TYP_A and _B: 1 is 0 to 10 %, … 11 is beyond; 0 is unknown.
std::optional<int> wear_of(const fs::path& cards) {
  std::int64_t most = 0;
  for (const fs::path& card : entries_of(cards)) {
    for (const std::int64_t estimate : numbers_in(card / "life_time", 16)) {
      if (estimate <= 11) most = std::max(most, estimate);
    }
  }
  if (most == 0) return std::nullopt;
  return static_cast<int>(10 * most);
}

}  // namespace

MachineState read_state(const Sources& sources) {
  return {journal::stamp_now(),    hottest(sources.thermal), disk_of(sources.data_dir),
          power_of(sources.power), wear_of(sources.cards),   HAILONG_VERSION};
}

}  // namespace hailong::kiosk::machine
