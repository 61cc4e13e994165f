#pragma once

#include "district/http/message.h"
#include "district/ingest/heartbeats.h"
#include "district/storage/device_configs.h"
#include "wire/signing.h"

namespace hailong::district::api {

/// POST /api/v1/devices/{device_id}/heartbeat. Answers with the district's signed time and
/// the id of the newest configuration, or a problem; says in one log line what contradicts what is
/// known of the kiosk. Any thread.
class Heartbeats {
 public:
  Heartbeats(storage::Store& store, const wire::SigningKey& district)
      : intake_(store), configs_(store), district_(district) {}

  http::Response post(const http::Request& request);

 private:
  ingest::Heartbeats intake_;
  storage::DeviceConfigs configs_;
  const wire::SigningKey& district_;
};

}  // namespace hailong::district::api
