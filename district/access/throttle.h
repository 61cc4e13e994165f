#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <string>

namespace hailong::district::access {

/// Slows down guessing: after five wrong passwords in a row an account rests for 30 seconds, and
/// twice as long after each further one, up to 15 minutes. Unknown names rest as well, so that
/// resting tells nobody which names exist. Any thread.
class Throttle {
 public:
  using Moment = std::chrono::steady_clock::time_point;
  static constexpr int kFreeTries = 5;
  static constexpr std::chrono::seconds kFirstRest{30};
  static constexpr std::chrono::seconds kLongestRest{900};

  /// Zero when `name` may try now; the try then counts as wrong until passed() is told otherwise,
  /// so that tries at the same moment count too. Else how long it has to wait.
  std::chrono::seconds try_now(const std::string& name, Moment now);

  /// The password was right.
  void passed(const std::string& name);

 private:
  static constexpr std::size_t kMostNames = 10'000;
  struct Tries {
    int wrong = 0;
    Moment rests_until{};
    Moment last{};
  };

  void forget_oldest();

  std::mutex mutex_;  // guards tries_
  std::map<std::string, Tries> tries_;
};

}  // namespace hailong::district::access
