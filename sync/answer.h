#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <variant>

namespace hailong::sync {

/// Whatever came back over HTTP. Who wrote it is not known: only a signed receipt in the body is
/// the district's word.
struct HttpAnswer {
  long status = 0;
  std::optional<std::chrono::seconds> retry_after;
  std::string content_type;
  std::string body;  // empty when it was longer than the request allows
  std::string etag{};
};

/// No whole answer: no network, no such host, bad certificate, a cut or silent connection.
struct NetworkFailure {
  std::string text;
};

using Answer = std::variant<HttpAnswer, NetworkFailure>;

}  // namespace hailong::sync
