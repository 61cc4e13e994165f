#pragma once

#include <memory>
#include <optional>

#include "kiosk/staff/shift.h"

namespace hailong::kiosk::staff {

/// Staff mode behind the screen: opens the journal at the door, lets people in by their PIN, and
/// makes a View of whatever they ask for. It takes what the last View offered and nothing else, so
/// that nobody does what they may not see a button for. It adds to the journal and never touches
/// what residents left. Blocks while it works; not thread-safe.
class Session {
 public:
  /// `house` must outlive it.
  Session(const House& house, Outside outside);
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;
  ~Session();

  View handle(const Command& command);

 private:
  struct Open;

  View shown(View view);
  View door(const Command& command);
  View inside(const Command& command);
  View error_view(const core::Error& error);
  core::Result<bool> is_still_in();
  void leave();
  void enter(Verb tab);
  [[nodiscard]] bool offered(const Command& command) const;

  const House& house_;
  const Outside outside_;
  std::unique_ptr<Open> open_;
  View last_;
};

}  // namespace hailong::kiosk::staff
