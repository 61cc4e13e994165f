#include "kiosk/input/headphones.h"

#include <fcntl.h>
#include <linux/input.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <array>
#include <climits>
#include <cstring>
#include <string>
#include <utility>

namespace hailong::kiosk::input {
namespace {

using program::Descriptor;

constexpr std::size_t kBitsPerWord = sizeof(unsigned long) * CHAR_BIT;
using Switches = std::array<unsigned long, SW_MAX / kBitsPerWord + 1>;

bool is_set(const Switches& switches, std::size_t place) {
  return ((switches[place / kBitsPerWord] >> (place % kBitsPerWord)) & 1U) != 0;
}

/// None when there is no such folder.
Descriptor watch(const std::filesystem::path& folder) {
  Descriptor changes(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC));
  constexpr auto kChanges = IN_CREATE | IN_ATTRIB | IN_DELETE | IN_ONLYDIR;
  if (::inotify_add_watch(changes.get(), folder.c_str(), kChanges) < 0) return Descriptor();
  return changes;
}

struct Changes {
  bool any = false;
  bool folder_is_gone = false;
};

Changes read_changes(const Descriptor& descriptor) {
  Changes changes;
  alignas(inotify_event) std::array<char, 4096> buffer;
  for (;;) {
    const auto count = ::read(descriptor.get(), buffer.data(), buffer.size());
    if (count <= 0) return changes;
    changes.any = true;
    for (std::size_t at = 0; at < static_cast<std::size_t>(count);) {
      inotify_event event{};
      std::memcpy(&event, buffer.data() + at, sizeof event);
      if ((event.mask & IN_IGNORED) != 0) changes.folder_is_gone = true;
      at += sizeof event + event.len;
    }
  }
}

}  // namespace

std::optional<bool> headphone_switch(const Descriptor& device) {
  Switches switches{};
  if (::ioctl(device.get(), EVIOCGBIT(EV_SW, sizeof switches), switches.data()) < 0 ||
      !is_set(switches, SW_HEADPHONE_INSERT)) {
    return std::nullopt;
  }
  switches = {};
  if (::ioctl(device.get(), EVIOCGSW(sizeof switches), switches.data()) < 0) return std::nullopt;
  return is_set(switches, SW_HEADPHONE_INSERT);
}

Headphones Headphones::open(std::filesystem::path folder, Switch read) {
  return {std::move(folder), std::move(read)};
}

Headphones::Headphones(std::filesystem::path folder, Switch read)
    : folder_(std::move(folder)), read_(std::move(read)) {}

std::optional<bool> Headphones::inserted() {
  if (has_changed()) open_jacks();
  std::optional<bool> any;
  for (const Descriptor& jack : jacks_) {
    if (const auto is_inserted = read_(jack)) any = any.value_or(false) || *is_inserted;
  }
  return any;
}

/// Whether devices came or went, or got their permissions, since the last call.
bool Headphones::has_changed() {
  if (!changes_.is_open()) {
    changes_ = watch(folder_);
    return changes_.is_open();
  }
  const Changes changes = read_changes(changes_);
  if (!changes.folder_is_gone) return changes.any;
  changes_ = watch(folder_);  // another one may be in its place already
  return true;
}

void Headphones::open_jacks() {
  jacks_.clear();
  std::error_code no_folder;
  for (const auto& entry : std::filesystem::directory_iterator(folder_, no_folder)) {
    if (!entry.path().filename().string().starts_with("event")) continue;
    Descriptor device(::open(entry.path().c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
    if (device.is_open() && read_(device)) jacks_.push_back(std::move(device));
  }
}

}  // namespace hailong::kiosk::input
