#pragma once

#include <chrono>

#include "core/event.h"

namespace hailong::sync {

/// How the daemon spends its time between batches. Tests give one that only notes what was asked.
class Waiting {
 public:
  enum class Woken { kByStop, kByChange, kByTime };

  Waiting() = default;
  Waiting(const Waiting&) = delete;
  Waiting& operator=(const Waiting&) = delete;
  virtual ~Waiting() = default;

  /// True for good once the daemon was asked to stop.
  virtual bool stopped() = 0;

  /// What the clocks say; how long things take is told by the boot's own.
  [[nodiscard]] virtual core::Stamp now() const = 0;

  /// From now on every change of the journal is noticed. Called before the journal is looked at, so
  /// that no change falls between looking and waiting.
  virtual void watch() = 0;

  /// Sleeps until the journal changes, at most so long; not at all if it changed since the last
  /// call.
  virtual Woken for_change(std::chrono::milliseconds most) = 0;

  /// Sleeps so long whatever the journal does.
  virtual Woken for_time(std::chrono::milliseconds time) = 0;
};

}  // namespace hailong::sync
