#include "program/machine.h"

#include <sys/statvfs.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <string>
#include <string_view>

namespace hailong::program {

namespace fs = std::filesystem;

std::vector<std::int64_t> kernel_numbers(const fs::path& file, int base) {
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

std::vector<fs::path> kernel_entries(const fs::path& folder) {
  std::vector<fs::path> entries;
  std::error_code error;
  fs::directory_iterator entry(folder, error);
  for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
    entries.push_back(entry->path());
  }
  return entries;
}

std::optional<int> hottest_of(const fs::path& thermal) {
  std::optional<std::int64_t> most;
  for (const fs::path& zone : kernel_entries(thermal)) {
    if (!zone.filename().string().starts_with("thermal_zone")) continue;
    const auto found = kernel_numbers(zone / "temp", 10);  // thousandths
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
              static_cast<std::int64_t>(found.f_blocks) * block, (found.f_flag & ST_RDONLY) != 0};
}

}  // namespace hailong::program
