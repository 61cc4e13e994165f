#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "core/units.h"
#include "district/config.h"
#include "district/ingest/eraser.h"

namespace hailong::district {

/// Erases what residents wrote when its time is over: once at the start and then every hour, on a
/// thread of its own, which ends with this. What could not be erased is logged and tried again.
class RetentionTimer {
 public:
  /// All three outlive this.
  RetentionTimer(storage::Store& store, const Config& config, const wire::SigningKey& key);
  RetentionTimer(const RetentionTimer&) = delete;
  RetentionTimer& operator=(const RetentionTimer&) = delete;

 private:
  void run(const std::stop_token& stop);
  void erase();

  ingest::Eraser eraser_;
  const Config& config_;
  std::mutex mutex_;  // for `hour_`, which only a stop ends early
  std::condition_variable_any hour_;
  std::jthread thread_;  // the last: it uses the others
};

}  // namespace hailong::district
