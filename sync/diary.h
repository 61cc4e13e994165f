#pragma once

#include <cstdint>
#include <string>

#include "sync/step.h"

namespace hailong::sync {

/// What the log says: one line for each change of state, not for each try. A passing trouble is
/// named at once and then at every tenth try, an alarm when it is raised or changes, and its end
/// always.
class Diary {
 public:
  /// After a batch; `unsent` events wait for a receipt.
  void note(const Step& step, const Sent& sent, std::int64_t unsent);

  /// After a heartbeat; `why` it was not answered, empty when it was.
  void note_heartbeat(const std::string& why);

  /// Something here is damaged, and the daemon goes on all the same.
  static void damaged(const std::string& why);

  /// The journal cannot be used now. `expected` for a kiosk that has not started yet.
  void cannot_open(const std::string& why, bool expected);
  void opened(const std::string& device, core::Seq last, core::Seq receipted);

 private:
  enum class State { kFine, kTrouble, kAlarm, kClosed };

  void note_trouble(const Step& step, std::int64_t unsent);

  State state_ = State::kFine;
  int tries_ = 0;        // of the present trouble
  std::string why_;      // of the present alarm, or why the journal is closed
  std::string unheard_;  // why the last heartbeat was not answered; empty: it was
  std::string detour_;   // why the last batch was made smaller or begun elsewhere
};

}  // namespace hailong::sync
