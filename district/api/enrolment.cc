#include "district/api/enrolment.h"

#include <spdlog/spdlog.h>

#include "district/clock.h"
#include "district/http/problem.h"
#include "wire/key_change.h"

namespace hailong::district::api {
namespace {

using storage::KeyChanged;
using storage::NotEnrolled;

http::Response store_failure(const char* doing, const core::Error& error) {
  spdlog::error("{}: {}", doing, error.message);
  return http::store_problem(error);
}

/// What is no well-signed request at all.
http::Response unreadable(const core::Error& error) {
  const bool forged = error.fault == core::Fault::kRefused;
  return http::problem(forged ? 403 : 400, forged ? "forged" : "malformed", error.message);
}

http::Response not_enrolled(NotEnrolled why) {
  switch (why) {
    case NotEnrolled::kUnknownCode:
      return http::problem(403, "unknown-code", "no invitation has this code");
    case NotEnrolled::kUsed:
      return http::problem(403, "code-used", "another machine has used this code");
    case NotEnrolled::kExpired:
      return http::problem(403, "code-expired",
                           "this code is not good any more; ask for a new one");
    case NotEnrolled::kKeyTaken:
      return http::problem(409, "key-taken",
                           "this machine's key is another device's, or was revoked");
    case NotEnrolled::kOtherDevice:
      return http::problem(409, "other-device",
                           "the journal on this machine is of another device than the code is for");
  }
  return http::problem(403, "unknown-code", "no invitation has this code");
}

http::Response too_many_tries(std::chrono::seconds wait) {
  http::Response response =
      http::problem(429, "too-many-tries", "too many wrong codes; wait before the next one");
  response.headers.emplace_back("Retry-After", std::to_string(wait.count()));
  return response;
}

}  // namespace

http::Response EnrolmentEndpoint::enrol(const http::Request& request, const std::string& address) {
  const auto received = wire::receive_enrolment_request(request.body);
  if (!received) return unreadable(received.error());
  const wire::PublicKey& expected = received->request.district;
  if (expected != wire::PublicKey{} && expected != district_.public_key()) {
    return http::problem(409, "other-district", "the machine is set up for another district's key");
  }
  const std::string& invitation = received->request.invitation;
  const std::int64_t now = now_ms();
  const auto wait = tries_.try_now(invitation, address, now);
  if (!wait) return store_failure("counting an enrolment", wait.error());
  if (wait->count() > 0) return too_many_tries(*wait);
  const auto answer = invitations_.enrol(*received, now);
  if (!answer) return store_failure("enrolling a device", answer.error());
  if (const auto* why = std::get_if<NotEnrolled>(&*answer)) {
    http::Response refused = not_enrolled(*why);
    spdlog::warn("enrolment refused: invitation={} from={} reason={}", invitation, address,
                 refused.problem);
    return refused;
  }
  const auto& enrolled = std::get<storage::Enrolled>(*answer);
  if (auto passed = tries_.passed(invitation, address); !passed) {
    return store_failure("counting an enrolment", passed.error());
  }
  spdlog::info("device enrolled: device={} invitation={} first={}{}",
               enrolled.enrolment.device.value, invitation, enrolled.enrolment.first,
               enrolled.again ? " (answered again)" : "");
  return {200,
          "application/json",
          wire::seal_enrolment(enrolled.enrolment, received->request, enrolled.secret, district_),
          {}};
}

http::Response EnrolmentEndpoint::change_key(const http::Request& request) {
  const auto change = wire::open_key_change(request.body);
  if (!change) return unreadable(change.error());
  if (change->device.value != request.parameter()) {
    return http::problem(400, "wrong-device", "the key change is of another device");
  }
  const auto changed = devices_.change_key(*change, now_ms());
  if (!changed) return store_failure("changing a key", changed.error());
  if (*changed == KeyChanged::kDone) {
    spdlog::info("key added: device={}", change->device.value);
    return {200, "application/json", wire::seal_key_answer(*change, district_), {}};
  }
  spdlog::warn("key change refused: device={}", change->device.value);
  switch (*changed) {
    case KeyChanged::kSuspended:
      return http::problem(403, "suspended", "the device is suspended");
    case KeyChanged::kKeyTaken:
      return http::problem(409, "key-taken", "the new key is another device's, or was revoked");
    default:
      return http::problem(403, "unknown-key", "the old key may not speak for this device");
  }
}

}  // namespace hailong::district::api
