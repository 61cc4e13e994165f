#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "kiosk/staff/session.h"

namespace hailong::kiosk {

/// The thread that staff mode's Session works on, so that the window never waits for it: the
/// journal, a PIN's hash, a stick. It also reads what was done about what residents said, at the
/// start and whenever staff mode is left.
class Clerk {
 public:
  /// All are called on the clerk's thread.
  struct Callbacks {
    std::function<void(std::uint64_t ticket, staff::View view)> tell;
    std::function<void(std::uint64_t ticket, float share)> progress;
    std::function<void(std::vector<std::string> answers)> publish;  // newest first
    std::function<void()> play_test_sound;
    std::function<core::Stamp()> now;
  };

  Clerk(staff::House house, Callbacks callbacks);
  Clerk(const Clerk&) = delete;
  Clerk& operator=(const Clerk&) = delete;
  /// As stop().
  ~Clerk();

  /// Any thread; returns at once. Commands are taken in order; one that waits interrupts something
  /// long.
  void ask(std::uint64_t ticket, staff::Command command);

  /// Any thread; returns at once. After the command that it is at, the clerk goes on in another
  /// house: whoever is signed in is signed out.
  void move_to(staff::House house);

  /// Ends the thread after the command that it is at; whoever is signed in is signed out.
  void stop();

 private:
  struct Asked {
    std::uint64_t ticket = 0;
    staff::Command command;
  };

  struct Office;

  void run();
  void serve(Office& office, const Asked& asked);
  void read_public_answers(const staff::House& house);
  staff::Outside outside();

  const Callbacks callbacks_;
  std::uint64_t ticket_ = 0;  // of the command that is worked on; the thread's own

  std::mutex mutex_;  // guards what follows, up to the thread
  std::condition_variable changed_;
  std::deque<Asked> asked_;
  std::optional<staff::House> next_house_;
  bool stopping_ = false;

  std::thread thread_;
};

}  // namespace hailong::kiosk
