#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/result.h"

namespace hailong::district::webhook {

/// Sends JSON to one address over HTTP(S), by libcurl. Certificates are verified, redirects not
/// followed. The connection is kept for the next message. One thread at a time.
class Post {
 public:
  using Headers = std::vector<std::pair<std::string, std::string>>;

  /// `stopped` is asked about once a second during a transfer; true ends it.
  Post(std::string url, std::function<bool()> stopped);
  ~Post();

  /// Errors: kOffline when there is no answer, kRefused for any other than 2xx; both may pass.
  core::Result<void> send(const std::string& body, const Headers& headers);

 private:
  struct Connection;
  std::unique_ptr<Connection> connection_;
};

}  // namespace hailong::district::webhook
