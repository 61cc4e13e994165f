#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
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

  /// Ends the thread after the command that it is at; whoever is signed in is signed out.
  void stop();

 private:
  struct Asked {
    std::uint64_t ticket = 0;
    staff::Command command;
  };

  void run();
  void read_public_answers();
  staff::Outside outside();

  const staff::House house_;
  const Callbacks callbacks_;
  std::uint64_t ticket_ = 0;  // of the command that is worked on; the thread's own

  std::mutex mutex_;  // guards asked_ and stopping_
  std::condition_variable changed_;
  std::deque<Asked> asked_;
  bool stopping_ = false;

  std::thread thread_;
};

}  // namespace hailong::kiosk
