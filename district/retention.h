#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <thread>

#include "core/units.h"
#include "district/clock.h"
#include "district/config.h"
#include "district/ingest/eraser.h"

namespace hailong::district {

/// Erases what residents wrote when its time is over: once at the start and then every hour, on a
/// thread of its own, which ends with this. What could not be erased is logged and tried again.
class RetentionTimer {
 public:
  using Clock = std::function<std::int64_t()>;

  /// All three outlive this. `clock` tells the time, `every` is the wait between two turns.
  RetentionTimer(storage::Store& store, const Config& config, const wire::SigningKey& key,
                 Clock clock = &now_ms, std::chrono::milliseconds every = std::chrono::hours(1));
  RetentionTimer(const RetentionTimer&) = delete;
  RetentionTimer& operator=(const RetentionTimer&) = delete;

 private:
  void run(const std::stop_token& stop);
  void erase();

  ingest::Eraser eraser_;
  const Config& config_;
  Clock clock_;
  std::chrono::milliseconds every_;
  std::mutex mutex_;  // for `wait_`, which only a stop ends early
  std::condition_variable_any wait_;
  std::jthread thread_;  // the last: it uses the others
};

}  // namespace hailong::district
