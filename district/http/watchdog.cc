#include "district/http/watchdog.h"

#include <sys/socket.h>

#include <algorithm>

namespace hailong::district::http {

Watchdog::Watchdog(std::chrono::milliseconds deadline)
    : deadline_(deadline), thread_([this] { watch(); }) {}

Watchdog::~Watchdog() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

void Watchdog::start(const void* connection, int socket) {
  const std::lock_guard lock(mutex_);
  set(connection, {socket, Clock::now() + deadline_});
}

void Watchdog::rest(const void* connection, int socket) {
  const std::lock_guard lock(mutex_);
  const auto others = std::count_if(watched_.begin(), watched_.end(), [&](const auto& other) {
    return other.first != connection && other.second.rests;
  });
  const bool rests = others < kMostResting && kKioskRest > deadline_;
  set(connection, {socket, Clock::now() + (rests ? kKioskRest : deadline_), rests});
}

/// Under the lock.
void Watchdog::set(const void* connection, const Watched& watched) {
  // The thread sleeps no longer than a deadline, so that it is awake for any that begins meanwhile;
  // it need only hear of the first.
  if (watched_.empty()) changed_.notify_one();
  watched_[connection] = watched;
}

void Watchdog::forget(const void* connection) {
  const std::lock_guard lock(mutex_);
  watched_.erase(connection);
}

void Watchdog::watch() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    if (watched_.empty()) {
      changed_.wait(lock);
    } else {
      changed_.wait_until(lock, cut_late_ones(Clock::now()));
    }
  }
}

Watchdog::Clock::time_point Watchdog::cut_late_ones(Clock::time_point now) {
  Clock::time_point next = now + deadline_;
  for (auto& [connection, watched] : watched_) {
    if (watched.until <= now) {
      // The server then sees the end of the stream and closes the socket itself.
      ::shutdown(watched.socket, SHUT_RDWR);
      watched.until = Clock::time_point::max();
    }
    next = std::min(next, watched.until);
  }
  return next;
}

}  // namespace hailong::district::http
