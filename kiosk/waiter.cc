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

namespace hailong::kiosk {
namespace {

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

class FileDescriptor {
 public:
  explicit FileDescriptor(int number) : number_(number) {}
  FileDescriptor(FileDescriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  FileDescriptor& operator=(FileDescriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  FileDescriptor(const FileDescriptor&) = delete;
  FileDescriptor& operator=(const FileDescriptor&) = delete;
  ~FileDescriptor() {
    if (number_ >= 0) close(number_);
  }

  [[nodiscard]] int get() const { return number_; }

  /// Reads all there is. False when the device is gone.
  [[nodiscard]] bool drain() const {
    std::array<char, 4096> buffer;
    for (;;) {
      const auto count = read(number_, buffer.data(), buffer.size());
      if (count > 0) continue;
      return count < 0 && (errno == EAGAIN || errno == EINTR);
    }
  }

 private:
  int number_;
};

class DeviceWaiter : public Waiter {
 public:
  DeviceWaiter()
      : wake_(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)),
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
    const auto add = [this](const FileDescriptor& file) {
      polled_.push_back({file.get(), POLLIN, 0});
    };
    add(wake_);
    add(changes_);
    for (const FileDescriptor& device : devices_) add(device);
    // The kernel hands an event to one reader after the other: we may be awake before SDL's copy is
    // there, so SDL gets a second look soon.
    const int most = second_looks_ > 0 ? std::min(kSecondLookMs, bounded(limit)) : bounded(limit);
    if (second_looks_ > 0) --second_looks_;
    if (poll(polled_.data(), polled_.size(), most) > 0) drain();
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

  void drain() {
    const auto is_ready = [](const pollfd& file) { return file.revents != 0; };
    if (is_ready(polled_[0])) {
      std::uint64_t count = 0;
      [[maybe_unused]] const auto taken = read(wake_.get(), &count, sizeof count);
    }
    const bool changed = is_ready(polled_[1]) && changes_.drain();
    bool lost = false;
    for (std::size_t i = 0; i < devices_.size(); ++i) {
      if (!is_ready(polled_[i + 2])) continue;
      if (!devices_[i].drain()) lost = true;
      second_looks_ = kSecondLooks;
    }
    if (changed || lost) open_devices();
  }

  void open_devices() {
    devices_.clear();
    bool refused = false;
    std::error_code no_folder;  // said by the watch already
    for (const auto& entry : std::filesystem::directory_iterator(kFolder, no_folder)) {
      if (!entry.path().filename().string().starts_with("event")) continue;
      FileDescriptor device(open(entry.path().c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
      if (device.get() >= 0) {
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

  FileDescriptor wake_;
  FileDescriptor changes_;
  std::vector<FileDescriptor> devices_;
  std::vector<pollfd> polled_;
  int second_looks_ = 0;
};

}  // namespace

std::unique_ptr<Waiter> make_waiter() {
  const std::string_view driver = SDL_GetCurrentVideoDriver();
  if (driver == "x11" || driver == "wayland") return std::make_unique<WindowSystemWaiter>();
  return std::make_unique<DeviceWaiter>();
}

}  // namespace hailong::kiosk
