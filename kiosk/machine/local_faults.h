#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

#include "core/event.h"
#include "core/result.h"
#include "kiosk/machine/facts.h"

/// What can go wrong on this machine alone, and what staff read of it.

namespace hailong::kiosk::machine {

/// Why answers cannot be recorded, and since when.
struct RecordingTrouble {
  core::Error error;
  core::Stamp since;
};

/// A journal that was damaged and set aside (journal/set_aside.h).
struct SetAside {
  core::Seq last = 0;        // its last event that verifies; 0: nothing could be read
  std::int64_t waiting = 0;  // of those, how many the district has not confirmed

  bool operator==(const SetAside&) const = default;
};

enum class KeyState {
  kRight,
  kLost,
  kForeign,     // of another journal
  kUnreadable,  // not a key, or not for this program's eyes alone
};

struct LocalFaults {
  std::optional<RecordingTrouble> recording;
  KeyState key = KeyState::kRight;
  std::vector<SetAside> set_aside;
  std::optional<std::int64_t> second_kiosk;   // when a second start was refused, milliseconds since
  std::optional<std::int64_t> second_daemon;  // 1970; nothing: never in this run
};

/// Reads files; for a worker thread. `recording`: what the writer knows. Errors: none; what cannot
/// be read is a fault.
LocalFaults find_faults(const std::filesystem::path& data_dir,
                        std::optional<RecordingTrouble> recording);

/// Recording and key always; second starts only where there was one.
std::vector<Fact> facts_of(const LocalFaults& faults);
/// One for each journal that was set aside.
std::vector<Fact> set_aside_facts(const LocalFaults& faults);

}  // namespace hailong::kiosk::machine
