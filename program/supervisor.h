#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace hailong::program {

/// The service manager that started this program: systemd, which is told when the program is ready,
/// how it stands (`systemctl status`) and that it lives, and which starts it anew when it does not
/// say so any more. Does nothing in a program that was started otherwise (no NOTIFY_SOCKET). To be
/// used by the loop whose life counts; one thread.
class Supervisor {
 public:
  /// Reads what the service manager has put into the environment.
  Supervisor();

  /// The program does what it is there for. Called again it only renews the status.
  void ready(std::string_view text);

  /// One line for people.
  void status(std::string_view text);

  /// The loop goes round. May be called at every turn: it says so a third of the watchdog's time
  /// after the last time, and costs no more than a look at the clock until then.
  void alive();

  /// The program was asked to end, and is about to.
  void stopping();

  /// How long the loop may sleep until alive() has something to say; nothing when no watchdog
  /// waits for it.
  [[nodiscard]] std::optional<std::chrono::milliseconds> until_alive() const;

 private:
  using Clock = std::chrono::steady_clock;

  static void tell(const std::string& what);

  bool is_there_ = false;
  bool is_ready_ = false;
  std::string status_;        // as told
  Clock::duration every_{0};  // 0: no watchdog
  Clock::time_point due_;
};

}  // namespace hailong::program
