#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "core/result.h"
#include "kiosk/staff/view.h"

namespace hailong::kiosk {

/// What the screen shows before this machine is a device of the district: it asks for the one-time
/// code, hands it to the daemon by a file in data_dir, and tells what becomes of it. The kiosk
/// itself speaks to no network.

/// The first screen. `state`: the word of wire::enrol_state(), empty for no request yet. `said`:
/// what else is to be told, or nothing.
staff::View enrolment_view(const std::string& state, const std::string& said = {});

/// In Vietnamese, for whoever stands there; empty for no state.
std::string enrolment_words(const std::string& state);

/// The thread that waits for the daemon, so that the window never does.
class EnrolmentDesk {
 public:
  /// Both are called on the desk's thread. `tell`: the answer to that ticket, and again whenever
  /// there is news of what was asked last. `enrolled`: once, as the last thing.
  struct Callbacks {
    std::function<void(std::uint64_t ticket, staff::View view)> tell;
    std::function<void()> enrolled;
  };
  struct Pace {
    std::chrono::milliseconds look{250};       // between looks while a request is answered
    std::chrono::milliseconds answer{15'000};  // from here on nobody seems to take a request
    std::chrono::milliseconds idle{1000};      // between looks otherwise
  };

  EnrolmentDesk(std::filesystem::path data_dir, Callbacks callbacks, Pace pace);
  EnrolmentDesk(const EnrolmentDesk&) = delete;
  EnrolmentDesk& operator=(const EnrolmentDesk&) = delete;
  /// As stop().
  ~EnrolmentDesk();

  /// Any thread; returns at once. kEnrol hands its text over as the code; all else shows how things
  /// stand. `ticket`: from 1.
  void ask(std::uint64_t ticket, staff::Command command);

  /// Ends the thread.
  void stop();

 private:
  struct Asked {
    std::uint64_t ticket = 0;
    staff::Command command;
  };

  void run();
  std::optional<Asked> next();
  void hand_over(const std::string& typed);
  void log(const core::Error& error);
  staff::View view();
  [[nodiscard]] bool is_enrolled() const;
  bool is_stopping();

  const std::filesystem::path data_dir_;
  const Callbacks callbacks_;
  const Pace pace_;

  // On the desk's thread alone.
  std::string said_;  // about what was typed last; nothing: it went to the daemon
  std::chrono::steady_clock::time_point asked_at_ = std::chrono::steady_clock::now();
  bool waits_ = false;  // for the daemon
  std::string logged_;

  std::mutex mutex_;  // guards asked_ and stopping_
  std::condition_variable changed_;
  std::deque<Asked> asked_;
  bool stopping_ = false;

  std::thread thread_;
};

}  // namespace hailong::kiosk
