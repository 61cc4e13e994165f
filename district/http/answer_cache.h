#pragma once

#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>
#include <string>

#include "district/http/message.h"

namespace hailong::district::http {

/// The last answers, by the ETag that stands for all that they were made of, so that one asked for
/// again is not made again. What has changed has another ETag, hence nothing is ever cleared but
/// for room. Any thread.
class AnswerCache {
 public:
  /// Keeps bodies of so many bytes together, the latest ones.
  explicit AnswerCache(std::size_t most_bytes) : most_bytes_(most_bytes) {}

  std::optional<Response> find(const std::string& etag);
  void keep(const std::string& etag, const Response& response);

 private:
  struct Kept {
    std::string etag;
    Response response;
  };
  static constexpr std::size_t kMostAnswers = 64;

  const std::size_t most_bytes_;
  std::mutex mutex_;
  std::deque<Kept> kept_;  // oldest first
  std::size_t bytes_ = 0;
};

}  // namespace hailong::district::http
