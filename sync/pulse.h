#pragma once

#include <chrono>

namespace hailong::sync {

/// When the next heartbeat is due: at the start, and then whenever nothing has told the district
/// for so long that the kiosk lives. Events that it received tell that too, but not how disk and
/// clock are, so that every third time a heartbeat goes all the same. One without an answer is
/// repeated sooner. Where nobody has tapped for two hours, as at night, they are rarer, yet more
/// than one an hour: who is silent for an hour is looked for.
///
/// Times are milliseconds by one clock that nobody sets.
class Pulse {
 public:
  using Time = std::chrono::milliseconds;

  explicit Pulse(Time every) : every_(every) {}

  /// 0: now.
  [[nodiscard]] Time until_due(Time now) const;

  /// The district received events.
  void delivered(Time now);

  /// A heartbeat went and was answered, or was not.
  void heard(Time now);
  void unheard(Time now);

 private:
  /// Between two heartbeats that are answered.
  [[nodiscard]] Time rest(Time now) const;

  static constexpr Time kAgain = std::chrono::minutes(1);

  Time every_;
  Time due_{0};
  Time heard_{0};
  Time used_{0};           // when events went last; before the first, when it was heard first
  Time again_ = kAgain;    // how soon one without an answer is repeated; doubles
  bool is_heard_ = false;  // the last one was answered
};

}  // namespace hailong::sync
