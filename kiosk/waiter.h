#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace hailong::kiosk {

/// Blocks the loop until there is something to do, at no cost.
///
/// Under X11 and Wayland SDL itself blocks. Other video drivers (KMSDRM, offscreen, dummy) have no
/// wait of their own, and SDL would wake up every millisecond: there this waits on the input
/// devices
/// (/dev/input/event*, plugged in at any time) and lets SDL read its own copies of their events.
///
/// Never waits longer than 2 s, so that a signal which arrives just before the wait is not missed.
class Waiter {
 public:
  virtual ~Waiter() = default;

  /// Returns when an event came, somebody called wake(), a signal came, or `limit` has passed.
  virtual void wait(std::optional<std::chrono::milliseconds> limit) = 0;

  /// Any thread: ends the wait after an event was pushed.
  virtual void wake() = 0;
};

/// For the video driver that SDL has chosen. `devices_changed`: called by wait() when input devices
/// have come or gone, where it watches them.
std::unique_ptr<Waiter> make_waiter(std::function<void()> devices_changed);

}  // namespace hailong::kiosk
