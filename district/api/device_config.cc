#include "district/api/device_config.h"

#include <spdlog/spdlog.h>

#include "district/http/etag.h"
#include "district/http/problem.h"
#include "wire/bundle.h"

namespace hailong::district::api {

http::Response DeviceConfigEndpoint::get(const http::Request& request) {
  const core::DeviceId device{request.parameter()};
  const auto config = configs_.newest(device);
  if (!config) {
    spdlog::error("configuration: {}", config.error().message);
    return http::store_problem(config.error());
  }
  if (!config->has_value()) {
    return http::problem(404, "no-config", "no configuration was published for this device");
  }
  const std::string etag = "\"" + (*config)->id + "\"";
  if (http::has_version(request, etag)) {
    return http::versioned({304, "application/json", "", {}}, etag);
  }
  return http::versioned(
      {200, "application/json", wire::seal_bundle((*config)->bundle, district_), {}}, etag);
}

}  // namespace hailong::district::api
