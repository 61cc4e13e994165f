#include "district/http/etag.h"

#include "core/chain.h"

namespace hailong::district::http {

std::string etag_of(std::string_view text) {
  const core::Bytes32 hash = core::chain_next({}, text);
  return "\"" + core::to_hex(std::span(hash).first(16)) + "\"";
}

bool has_version(const Request& request, std::string_view etag) {
  // The header is a list; our tags hold nothing that could be part of another one.
  const auto known = request.header("if-none-match");
  return known && (*known == "*" || known->find(etag) != std::string::npos);
}

Response versioned(Response response, const std::string& etag) {
  response.headers.emplace_back("ETag", etag);
  response.headers.emplace_back("Cache-Control", "private, no-cache");
  return response;
}

}  // namespace hailong::district::http
