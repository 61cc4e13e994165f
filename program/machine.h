#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

/// What the kernel tells of the machine. Reads files: milliseconds. Any thread.

namespace hailong::program {

/// Of one file system, in bytes.
struct Disk {
  std::int64_t free = 0;  // for programs that are not root's
  std::int64_t total = 0;
  bool read_only = false;  // as the kernel makes it after an error

  bool operator==(const Disk&) const = default;
};

/// Nothing when the file system of `folder` could not be asked.
std::optional<Disk> disk_of(const std::filesystem::path& folder);

/// Tenths of a degree Celsius at the hottest place; nothing when the machine does not tell.
std::optional<int> hottest_of(const std::filesystem::path& thermal = "/sys/class/thermal");

/// The numbers that stand in a file of the kernel's, with or without "0x"; none when it cannot be
/// read, as that of a sensor that sleeps.
std::vector<std::int64_t> kernel_numbers(const std::filesystem::path& file, int base);

/// The entries of a folder of the kernel's; none where it has no such things.
std::vector<std::filesystem::path> kernel_entries(const std::filesystem::path& folder);

}  // namespace hailong::program
