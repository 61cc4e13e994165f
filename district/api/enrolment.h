#pragma once

#include <string>

#include "district/access/gate.h"
#include "district/http/message.h"
#include "district/storage/devices.h"
#include "district/storage/invitations.h"
#include "wire/signing.h"

namespace hailong::district::api {

/// POST /api/v1/enrol, by which an invited machine becomes a device, and POST
/// /api/v1/devices/{device_id}/keys, by which a device goes on with another key. Both may be
/// repeated when their answer was lost. Any thread.
class EnrolmentEndpoint {
 public:
  EnrolmentEndpoint(storage::Store& store, const wire::SigningKey& district)
      : invitations_(store), devices_(store), tries_(store), district_(district) {}

  /// `address`: where it comes from, which is how tries are counted.
  http::Response enrol(const http::Request& request, const std::string& address);
  http::Response change_key(const http::Request& request);

 private:
  storage::Invitations invitations_;
  storage::Devices devices_;
  access::EnrolmentTries tries_;
  const wire::SigningKey& district_;
};

}  // namespace hailong::district::api
