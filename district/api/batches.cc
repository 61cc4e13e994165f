#include "district/api/batches.h"

#include <spdlog/spdlog.h>

#include "district/api/refusals.h"
#include "district/clock.h"
#include "district/http/problem.h"
#include "wire/receipt.h"

namespace hailong::district::api {

using ingest::Refusal;

http::Response Batches::post(const http::Request& request) {
  const std::string& device = request.parameter();
  if (!core::is_plain_name(device)) {
    return refused(device, {Refusal::kUnknownDevice, "this is no device id", 0});
  }
  const auto answer = receiver_.receive(core::DeviceId{device}, request.body, now_ms());
  if (!answer) {
    ++counts_.store_failures;
    spdlog::error("batch not stored: device={} {}", device, answer.error().message);
    return http::store_problem(answer.error());
  }
  if (const auto* refusal = std::get_if<ingest::Refused>(&*answer)) {
    return refused(device, *refusal);
  }
  return accepted(std::get<ingest::Accepted>(*answer));
}

http::Response Batches::too_large(const http::Request& request) {
  return refused(request.parameter(),
                 {Refusal::kTooLarge, "the body is longer than what is taken here", 0});
}

http::Response Batches::accepted(const ingest::Accepted& accepted) {
  const wire::Receipt& receipt = accepted.receipt;
  ++(accepted.added > 0 ? counts_.accepted : counts_.repeated);
  if (accepted.new_epoch) {
    spdlog::info("new epoch: device={} epoch={}", receipt.device.value, receipt.epoch.value);
  }
  if (accepted.quarantined > 0) {
    spdlog::warn("quarantined: device={} epoch={} events={} up to seq={}", receipt.device.value,
                 receipt.epoch.value, accepted.quarantined, receipt.last);
  }
  if (accepted.alerts > 0) {
    spdlog::warn("alert: device={} answers that tell of money or misconduct={} up to seq={}",
                 receipt.device.value, accepted.alerts, receipt.last);
  }
  spdlog::debug("batch stored: device={} events={} last={}", receipt.device.value, accepted.added,
                receipt.last);
  return {200, "application/json", wire::seal_receipt(receipt, district_), {}};
}

http::Response Batches::refused(const std::string& device, const ingest::Refused& refused) {
  ++counts_.refused[static_cast<std::size_t>(refused.why)];
  return refuse("batch", device, refused);
}

}  // namespace hailong::district::api
