#include "kiosk/machine/machine_state.h"

#include <algorithm>

#include "journal/stamp.h"

namespace hailong::kiosk::machine {
namespace {

namespace fs = std::filesystem;

/// The bits: https://www.raspberrypi.com/documentation/computers/os.html#get_throttled
std::optional<Power> power_of(const fs::path& file) {
  const auto found = program::kernel_numbers(file, 16);
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
  for (const fs::path& card : program::kernel_entries(cards)) {
    for (const std::int64_t estimate : program::kernel_numbers(card / "life_time", 16)) {
      if (estimate <= 11) most = std::max(most, estimate);
    }
  }
  if (most == 0) return std::nullopt;
  return static_cast<int>(10 * most);
}

}  // namespace

MachineState read_state(const Sources& sources) {
  return {journal::stamp_now(),
          program::hottest_of(sources.thermal),
          program::disk_of(sources.data_dir),
          power_of(sources.power),
          wear_of(sources.cards),
          HAILONG_VERSION};
}

}  // namespace hailong::kiosk::machine
