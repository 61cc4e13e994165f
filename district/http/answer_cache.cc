#include "district/http/answer_cache.h"

#include <algorithm>

namespace hailong::district::http {

std::optional<Response> AnswerCache::find(const std::string& etag) {
  const std::lock_guard lock(mutex_);
  const auto found =
      std::find_if(kept_.begin(), kept_.end(), [&](const Kept& kept) { return kept.etag == etag; });
  if (found == kept_.end()) return std::nullopt;
  return found->response;
}

void AnswerCache::keep(const std::string& etag, const Response& response) {
  if (response.body.size() > most_bytes_) return;
  const std::lock_guard lock(mutex_);
  kept_.push_back({etag, response});
  bytes_ += response.body.size();
  while (kept_.size() > kMostAnswers || bytes_ > most_bytes_) {
    bytes_ -= kept_.front().response.body.size();
    kept_.pop_front();
  }
}

}  // namespace hailong::district::http
