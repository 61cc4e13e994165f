#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "core/event.h"
#include "program/machine.h"

namespace hailong::kiosk::machine {

using program::Disk;

/// Where the system tells how the machine is. Tests give places of their own.
struct Sources {
  std::filesystem::path data_dir;
  std::filesystem::path thermal = "/sys/class/thermal";
  std::filesystem::path power = "/sys/devices/platform/soc/soc:firmware/get_throttled";
  std::filesystem::path cards = "/sys/bus/mmc/devices";
};

/// What the firmware of a Raspberry Pi says of its supply. "before": at some time since the machine
/// started, as far as the firmware remembers.
struct Power {
  bool weak = false;
  bool weak_before = false;
  bool slowed = false;  // the processor, because of a weak supply or heat
  bool slowed_before = false;

  bool operator==(const Power&) const = default;
};

/// What is nothing, the machine does not tell.
struct MachineState {
  core::Stamp now;                 // its time, whether it is true, and how long it has been up
  std::optional<int> temperature;  // tenths of a degree Celsius, at the hottest place
  std::optional<Disk> disk;        // nothing: the file system could not be asked
  std::optional<Power> power;
  std::optional<int> wear;  // of soldered flash (eMMC): the most that its life may be used up, in
                            // steps of 10 %; 110: beyond it. SD cards do not tell
  std::string version;      // of this program
};

/// Reads files: for a worker thread; milliseconds.
MachineState read_state(const Sources& sources);

}  // namespace hailong::kiosk::machine
