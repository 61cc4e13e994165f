#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <vector>

#include "district/http/server.h"

namespace hailong::district::webhook {

/// For what happens within milliseconds unless something is broken.
inline constexpr std::chrono::seconds kLong{20};

/// A program that is told things: a real HTTP server that answers as it is bidden.
class Listener {
 public:
  explicit Listener(std::uint16_t port = 0) {
    router_.add(
        "POST", "/hook", [this](const http::Request& request) { return take(request); }, 65'536);
    auto started =
        http::Server::start({"127.0.0.1", port, std::chrono::seconds(5)}, router_, counts_);
    if (!started) {
      ADD_FAILURE() << started.error().message;
      return;
    }
    server_.emplace(std::move(*started));
  }

  [[nodiscard]] std::uint16_t port() const { return server_->port(); }
  void answer_with(int status) { status_ = status; }

  /// The requests, once there are `count` of them.
  std::vector<http::Request> wait_for(std::size_t count) {
    std::unique_lock lock(mutex_);
    EXPECT_TRUE(came_.wait_for(lock, kLong, [&] { return requests_.size() >= count; }));
    return requests_;
  }

 private:
  http::Response take(const http::Request& request) {
    {
      const std::lock_guard lock(mutex_);
      requests_.push_back(request);
    }
    came_.notify_all();
    return {status_, "text/plain", "", {}};
  }

  std::atomic<int> status_{204};
  std::mutex mutex_;
  std::condition_variable came_;
  std::vector<http::Request> requests_;
  http::Router router_;
  http::AnswerCounts counts_;
  std::optional<http::Server> server_;  // the last: its threads use everything above
};

}  // namespace hailong::district::webhook
