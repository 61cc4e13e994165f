#include "kiosk/waiter.h"

#include <SDL.h>
#include <fcntl.h>
#include <poll.h>
#include <spdlog/spdlog.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "program/descriptor.h"

namespace hailong::kiosk {
namespace {

using program::Descriptor;
using std::chrono::milliseconds;

constexpr milliseconds kLongest{2000};

int bounded(std::optional<milliseconds> limit) {
  return static_cast<int>(std::clamp(limit.value_or(kLongest), milliseconds(0), kLongest).count());
}

/// SDL's own wait; pushing an event ends it.
class WindowSystemWaiter : public Waiter {
 public:
  void wait(std::optional<milliseconds> limit) override {
    SDL_WaitEventTimeout(nullptr, bounded(limit));
  }
  void wake() override {}
};

/// Reads all there is. False when the device is gone.
bool drain(const Descriptor& file) {
  std::array<char, 4096> buffer;
  for (;;) {
    const auto count = read(file.get(), buffer.data(), buffer.size());
    if (count > 0) continue;
    return count < 0 && (errno == EAGAIN || errno == EINTR);
  }
}

class DeviceWaiter : public Waiter {
 public:
  explicit DeviceWaiter(std::function<void()> devices_changed)
      : devices_changed_(std::move(devices_changed)),
        wake_(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)),
        changes_(inotify_init1(IN_NONBLOCK | IN_CLOEXEC)) {
    // udev sets a new device's permissions after it was made.
    if (inotify_add_watch(changes_.get(), kFolder, IN_CREATE | IN_ATTRIB | IN_DELETE) < 0) {
      spdlog::warn("{}: cannot be watched ({}): devices plugged in later stay unseen", kFolder,
                   std::strerror(errno));
    }
    open_devices();
  }

  void wait(std::optional<milliseconds> limit) override {
    SDL_PumpEvents();
    if (SDL_HasEvents(SDL_FIRSTEVENT, SDL_LASTEVENT) == SDL_TRUE) return;
    polled_.clear();
    const auto add = [this](const Descriptor& file) { polled_.push_back({file.get(), POLLIN, 0}); };
    add(wake_);
    add(changes_);
    for (const Descriptor& device : devices_) add(device);
    // The kernel hands an event to one reader after the other: we may be awake before SDL's copy is
    // there, so SDL gets a second look soon.
    const int most = second_looks_ > 0 ? std::min(kSecondLookMs, bounded(limit)) : bounded(limit);
    if (second_looks_ > 0) --second_looks_;
    if (poll(polled_.data(), polled_.size(), most) > 0) read_all();
  }

  void wake() override {
    constexpr std::uint64_t kOne = 1;
    // Fails only when the counter is full, and then the wait has been ended already.
    [[maybe_unused]] const auto written = write(wake_.get(), &kOne, sizeof kOne);
  }

 private:
  static constexpr const char* kFolder = "/dev/input";
  static constexpr int kSecondLookMs = 2;
  static constexpr int kSecondLooks = 3;

  void read_all() {
    const auto is_ready = [](const pollfd& file) { return file.revents != 0; };
    if (is_ready(polled_[0])) {
      std::uint64_t count = 0;
      [[maybe_unused]] const auto taken = read(wake_.get(), &count, sizeof count);
    }
    const bool changed = is_ready(polled_[1]) && drain(changes_);
    bool lost = false;
    for (std::size_t i = 0; i < devices_.size(); ++i) {
      if (!is_ready(polled_[i + 2])) continue;
      if (!drain(devices_[i])) lost = true;
      second_looks_ = kSecondLooks;
    }
    if (!changed && !lost) return;
    devices_changed_();
    open_devices();
  }

  void open_devices() {
    devices_.clear();
    bool refused = false;
    std::error_code no_folder;  // said by the watch already
    for (const auto& entry : std::filesystem::directory_iterator(kFolder, no_folder)) {
      if (!entry.path().filename().string().starts_with("event")) continue;
      Descriptor device(open(entry.path().c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
      if (device.is_open()) {
        devices_.push_back(std::move(device));
      } else {
        refused = refused || errno == EACCES;
      }
    }
    if (refused && devices_.empty()) {
      spdlog::error("{}: no permission: touches are noticed late; put the user into group input",
                    kFolder);
    }
  }

  const std::function<void()> devices_changed_;
  Descriptor wake_;
  Descriptor changes_;
  std::vector<Descriptor> devices_;
  std::vector<pollfd> polled_;
  int second_looks_ = 0;
};

}  // namespace

std::unique_ptr<Waiter> make_waiter(std::function<void()> devices_changed) {
  const std::string_view driver = SDL_GetCurrentVideoDriver();
  if (driver == "x11" || driver == "wayland") return std::make_unique<WindowSystemWaiter>();
  return std::make_unique<DeviceWaiter>(std::move(devices_changed));
}

}  // namespace hailong::kiosk
