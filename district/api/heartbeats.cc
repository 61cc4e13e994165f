#include "district/api/heartbeats.h"

#include <spdlog/spdlog.h>

#include "district/api/refusals.h"
#include "district/clock.h"
#include "district/http/problem.h"

namespace hailong::district::api {

http::Response Heartbeats::post(const http::Request& request) {
  const std::string& device = request.parameter();
  if (!core::is_plain_name(device)) {
    return refuse("heartbeat", device,
                  {ingest::Refusal::kUnknownDevice, "this is no device id", 0});
  }
  const std::int64_t now = now_ms();
  const auto outcome = intake_.take(core::DeviceId{device}, request.body, now);
  if (!outcome) {
    spdlog::error("heartbeat not stored: device={} {}", device, outcome.error().message);
    return http::store_problem(outcome.error());
  }
  if (const auto* refused = std::get_if<ingest::Refused>(&*outcome)) {
    return refuse("heartbeat", device, *refused);
  }
  const auto& taken = std::get<ingest::TakenHeartbeat>(*outcome);
  if (!taken.contradiction.empty()) {
    spdlog::error("alert: device={} epoch={} {}", device, taken.told.epoch.value,
                  taken.contradiction);
  }
  if (taken.new_epoch) {
    spdlog::warn("new epoch: device={} epoch={}", device, taken.told.epoch.value);
  }
  const auto config = configs_.newest(taken.told.device);
  if (!config) return http::store_problem(config.error());
  const std::string bundle = *config ? (*config)->id : "";
  return {200,
          "application/vnd.hailong.heartbeat",
          wire::seal_heartbeat_answer({taken.told.nonce, now, bundle}, district_),
          {}};
}

}  // namespace hailong::district::api
