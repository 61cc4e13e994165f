#include "district/api/refusals.h"

#include <spdlog/spdlog.h>

#include <optional>

#include "district/http/problem.h"

namespace hailong::district::api {
namespace {

using ingest::Refusal;

int status_of(Refusal refusal) {
  switch (refusal) {
    case Refusal::kMalformed:
    case Refusal::kWrongDevice:
      return 400;
    case Refusal::kForged:
    case Refusal::kUnknownKey:
    case Refusal::kSuspended:
      return 403;
    case Refusal::kUnknownDevice:
      return 404;
    case Refusal::kGap:
    case Refusal::kConflict:
      return 409;
    case Refusal::kTooLarge:
      return 413;
    case Refusal::kBadContent:
      return 422;
  }
  return 400;
}

}  // namespace

std::string loggable_device(const std::string& device) {
  return core::is_plain_name(device) ? device : "(no device id)";
}

http::Response refuse(const char* what, const std::string& device, const ingest::Refused& refused) {
  const std::string reason(ingest::name_of(refused.why));
  // A gap is a daemon that starts anew; all else is for a person to look at.
  const auto level = refused.why == Refusal::kGap ? spdlog::level::info : spdlog::level::warn;
  spdlog::log(level, "{} refused: device={} reason={} {}", what, loggable_device(device), reason,
              refused.detail);
  const auto expected =
      refused.why == Refusal::kGap ? std::optional(refused.expected) : std::nullopt;
  return http::problem(status_of(refused.why), reason, refused.detail, expected);
}

}  // namespace hailong::district::api
