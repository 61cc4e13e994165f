#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/result.h"

namespace hailong::kiosk::reports {

/// A removable drive that is mounted.
struct Stick {
  std::filesystem::path folder;
  std::string label;  // the name of its folder, which desktops take from the drive
  std::uint64_t free_bytes = 0;

  bool operator==(const Stick&) const = default;
};

/// Where mounted drives are looked for.
struct StickPlaces {
  std::filesystem::path mounts = "/proc/self/mountinfo";
  std::vector<std::filesystem::path> folders = {"/media", "/run/media", "/mnt"};
};

/// The drives that are mounted now, by label. Asks the system each time; blocks as long as a drive
/// takes to answer. Any thread. Errors: kIo.
core::Result<std::vector<Stick>> sticks(const StickPlaces& places = {});

}  // namespace hailong::kiosk::reports
