#include "district/retention.h"

#include <spdlog/spdlog.h>

#include <utility>

namespace hailong::district {

RetentionTimer::RetentionTimer(storage::Store& store, const Config& config,
                               const wire::SigningKey& key, Clock clock,
                               std::chrono::milliseconds every)
    : eraser_(store, config.rules.units, key),
      config_(config),
      clock_(std::move(clock)),
      every_(every),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

void RetentionTimer::run(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    erase();
    std::unique_lock lock(mutex_);
    wait_.wait_for(lock, stop, every_, [] { return false; });
  }
}

void RetentionTimer::erase() {
  const auto erased = eraser_.erase_outdated(config_.retention, {storage::kItself, clock_()});
  if (!erased) {
    spdlog::error("retention: {}", erased.error().message);
  } else if (*erased > 0) {
    spdlog::info("retention: erased {} texts whose time was over", *erased);
  }
}

}  // namespace hailong::district
