#pragma once

#include "district/http/message.h"
#include "district/storage/device_configs.h"
#include "wire/signing.h"

namespace hailong::district::api {

/// GET /api/v1/devices/{device}/config: the configuration bundle in force for a kiosk, signed. Asks
/// for no login: a kiosk shows every word of it to whoever stands before it. Any thread.
class DeviceConfigEndpoint {
 public:
  /// `district` must outlive it.
  DeviceConfigEndpoint(storage::Store& store, const wire::SigningKey& district)
      : configs_(store), district_(district) {}

  http::Response get(const http::Request& request);

 private:
  storage::DeviceConfigs configs_;
  const wire::SigningKey& district_;
};

}  // namespace hailong::district::api
