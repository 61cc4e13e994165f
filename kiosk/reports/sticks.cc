#include "kiosk/reports/sticks.h"

#include <sys/statvfs.h>

#include <algorithm>
#include <fstream>
#include <optional>
#include <set>
#include <sstream>

namespace hailong::kiosk::reports {
namespace {

namespace fs = std::filesystem;

/// proc(5) writes space, tab, line end and backslash as three octal digits.
std::string unescaped(const std::string& field) {
  std::string text;
  for (std::size_t i = 0; i < field.size(); ++i) {
    const auto is_octal = [&](std::size_t at) {
      return at < field.size() && field[at] >= '0' && field[at] <= '7';
    };
    if (field[i] == '\\' && is_octal(i + 1) && is_octal(i + 2) && is_octal(i + 3)) {
      text.push_back(static_cast<char>(std::stoi(field.substr(i + 1, 3), nullptr, 8)));
      i += 3;
    } else {
      text.push_back(field[i]);
    }
  }
  return text;
}

struct Mount {
  std::string source;  // "/dev/sda1"
  fs::path folder;
};

/// One line of mountinfo (proc(5)): six fields, optional ones up to "-", type and source.
std::optional<Mount> mount_of(const std::string& line) {
  std::istringstream fields(line);
  Mount mount;
  std::string field;
  for (int i = 0; i < 5; ++i) fields >> field;
  mount.folder = unescaped(field);
  while (fields >> field && field != "-") {
  }
  if (!(fields >> field >> field)) return std::nullopt;
  mount.source = unescaped(field);
  return mount;
}

/// Where overlayroot shows what lies below a read-only root.
constexpr const char* kLowerRoot = "root-ro";

bool is_within(const fs::path& folder, const std::vector<fs::path>& places) {
  return std::any_of(places.begin(), places.end(), [&](const fs::path& place) {
    return std::mismatch(place.begin(), place.end(), folder.begin(), folder.end()).first ==
           place.end();
  });
}

}  // namespace

core::Result<std::vector<Stick>> sticks(const StickPlaces& places) {
  std::ifstream file(places.mounts);
  if (!file) {
    return core::fail(core::Fault::kIo, "Không xem được các USB đang cắm: hãy khởi động lại máy.");
  }
  std::vector<Stick> found;
  std::set<std::string> sources;
  for (std::string line; std::getline(file, line);) {
    const auto mount = mount_of(line);
    if (!mount || !mount->source.starts_with("/dev/") ||
        !is_within(mount->folder, places.folders) || mount->folder.filename() == kLowerRoot) {
      continue;
    }
    struct statvfs space {};
    // One that does not answer was pulled out just now.
    if (::statvfs(mount->folder.c_str(), &space) != 0) continue;
    if (!sources.insert(mount->source).second) continue;  // the same drive once more
    found.push_back({mount->folder, mount->folder.filename().string(),
                     std::uint64_t{space.f_bavail} * space.f_frsize});
  }
  std::sort(found.begin(), found.end(),
            [](const Stick& a, const Stick& b) { return a.label < b.label; });
  return found;
}

}  // namespace hailong::kiosk::reports
