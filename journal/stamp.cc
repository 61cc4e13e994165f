#include "journal/stamp.h"

#include <sys/timex.h>
#include <time.h>

#include <algorithm>
#include <fstream>
#include <string>

namespace hailong::journal {
namespace {

std::int64_t clock_ms(clockid_t clock) {
  timespec time{};
  clock_gettime(clock, &time);
  return std::int64_t{time.tv_sec} * 1000 + time.tv_nsec / 1'000'000;
}

std::string read_boot_id() {
  std::ifstream file("/proc/sys/kernel/random/boot_id");
  std::string id;
  file >> id;
  std::erase(id, '-');
  return id;
}

core::ClockState clock_state() {
  timex state{};                        // modes = 0: asks, sets nothing
  const int answer = adjtimex(&state);  // below 0: a sandbox forbids the question
  const bool synced = answer >= 0 && answer != TIME_ERROR && (state.status & STA_UNSYNC) == 0;
  return synced ? core::ClockState::kSynced : core::ClockState::kUnsynced;
}

}  // namespace

core::Stamp stamp_now() {
  static const std::string boot_id = read_boot_id();
  // CLOCK_BOOTTIME goes on during suspend, as the wall clock does.
  return {clock_ms(CLOCK_REALTIME), boot_id, clock_ms(CLOCK_BOOTTIME), clock_state()};
}

}  // namespace hailong::journal
