#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <vector>

#include "program/descriptor.h"

namespace hailong::kiosk::input {

/// Whether an input device that is open for reading has headphones in its jack; nothing when it has
/// no switch for that (SW_HEADPHONE_INSERT) or has been unplugged.
std::optional<bool> headphone_switch(const program::Descriptor& device);

/// The jacks of all sound cards, as the kernel reports them among the input devices. Asking is
/// cheap (one system call a jack), so it can be done every other second. Not thread-safe.
///
/// Not every card reports its jack, and reading needs membership in group input: then nothing is
/// known, and the button on the screen is the only way to the spoken prompts.
class Headphones {
 public:
  using Switch = std::function<std::optional<bool>(const program::Descriptor& device)>;

  /// `folder` may come into being later. `read` is how a device is asked.
  static Headphones open(std::filesystem::path folder = "/dev/input",
                         Switch read = headphone_switch);

  /// Whether there are headphones in any jack; nothing when there is no jack that reports it.
  /// Devices may come and go between two calls.
  std::optional<bool> inserted();

 private:
  Headphones(std::filesystem::path folder, Switch read);
  bool has_changed();
  void open_jacks();

  std::filesystem::path folder_;
  Switch read_;
  program::Descriptor changes_;  // inotify; none while there is no folder
  std::vector<program::Descriptor> jacks_;
};

}  // namespace hailong::kiosk::input
