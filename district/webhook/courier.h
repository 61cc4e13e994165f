#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "core/result.h"
#include "district/storage/webhook_outbox.h"
#include "district/webhook/settings.h"

namespace hailong::district::webhook {

class Post;

/// Finds what is to be told, and tells it, on a thread of its own: each message at least once, with
/// an id by which the other side knows a repetition. What was found lies in the store until it was
/// taken (2xx), however often it must be tried and whoever stops in between.
class Courier {
 public:
  /// What there is to tell now; a message of the same id is told once. Called on the thread.
  using Watch =
      std::function<core::Result<std::vector<storage::WebhookMessage>>(std::int64_t now_ms)>;

  struct Pace {
    std::chrono::milliseconds look{std::chrono::minutes(5)};  // between two looks of the watches
    std::chrono::milliseconds first_retry{std::chrono::seconds(10)};
    std::chrono::milliseconds last_retry{std::chrono::hours(1)};  // waits double up to this
  };

  /// `store` must outlive it.
  Courier(Settings settings, storage::Store& store, std::vector<Watch> watches, Pace pace);
  Courier(const Courier&) = delete;
  Courier& operator=(const Courier&) = delete;
  /// Ends the thread, in the middle of a transfer if need be.
  ~Courier();

 private:
  void run();
  void look(std::int64_t now_ms);
  void deliver_what_is_due(Post& post);
  void deliver(Post& post, const storage::DueMessage& message, std::int64_t now_ms);
  [[nodiscard]] std::chrono::milliseconds wait_after(std::int64_t tries) const;
  [[nodiscard]] bool stopping() const;

  Settings settings_;
  storage::WebhookOutbox outbox_;
  std::vector<Watch> watches_;
  Pace pace_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;  // under mutex_
  std::thread thread_;     // the last: it uses everything above
};

}  // namespace hailong::district::webhook
