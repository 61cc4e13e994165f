#include "district/http/problem.h"

#include <nlohmann/json.hpp>

namespace hailong::district::http {
namespace {

const char* title_of(int status) {
  switch (status) {
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 409:
      return "Conflict";
    case 413:
      return "Content Too Large";
    case 422:
      return "Unprocessable Content";
    case 429:
      return "Too Many Requests";
    case 503:
      return "Service Unavailable";
    default:
      return "Internal Server Error";
  }
}

}  // namespace

Response problem(int status, const std::string& kind, const std::string& detail,
                 std::optional<core::Seq> expected_seq) {
  nlohmann::ordered_json json = {{"type", "urn:hailong:problem:" + kind},
                                 {"title", title_of(status)},
                                 {"status", status},
                                 {"detail", detail}};
  if (expected_seq) json["expected_seq"] = *expected_seq;
  // A detail may quote what a client sent, valid UTF-8 or not.
  using Handler = nlohmann::ordered_json::error_handler_t;
  return {
      status, "application/problem+json", json.dump(-1, ' ', false, Handler::replace), {}, kind};
}

Response store_unavailable(const std::string& detail) {
  Response response = problem(503, "store-unavailable", detail);
  response.headers.emplace_back("Retry-After", "10");
  return response;
}

Response store_problem(const core::Error& error) {
  if (error.fault == core::Fault::kBusy || error.fault == core::Fault::kFull) {
    return store_unavailable("the store cannot take it now");
  }
  return problem(500, "store-failed", "the store failed; its operator was told");
}

}  // namespace hailong::district::http
