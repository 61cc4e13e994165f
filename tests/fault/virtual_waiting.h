#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <utility>

#include "sync/waiting.h"

namespace hailong::tests {

/// Lets the daemon wait in no time, and adds up how long it would have waited. `meanwhile` happens
/// during every wait, and may stop the daemon.
class VirtualWaiting final : public sync::Waiting {
 public:
  explicit VirtualWaiting(std::function<void(VirtualWaiting&)> meanwhile)
      : meanwhile_(std::move(meanwhile)) {}

  void stop() { stopped_ = true; }
  void go_on() { stopped_ = false; }

  [[nodiscard]] std::chrono::milliseconds waited() const { return waited_; }
  [[nodiscard]] int waits() const { return waits_; }

  bool stopped() override { return stopped_; }
  /// Of a boot of its own, which began with the test.
  [[nodiscard]] core::Stamp now() const override {
    return {1'795'453'200'000 + waited_.count(), std::string(32, 'd'), waited_.count(),
            core::ClockState::kSynced};
  }
  void watch() override {}

  Woken for_change(std::chrono::milliseconds most) override { return for_time(most); }
  Woken for_time(std::chrono::milliseconds time) override {
    if (stopped_) return Woken::kByStop;
    waited_ += time;
    ++waits_;
    meanwhile_(*this);
    return stopped_ ? Woken::kByStop : Woken::kByTime;
  }

 private:
  std::function<void(VirtualWaiting&)> meanwhile_;
  std::chrono::milliseconds waited_{0};
  int waits_ = 0;
  bool stopped_ = false;
};

}  // namespace hailong::tests
