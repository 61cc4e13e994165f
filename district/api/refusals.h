#pragma once

#include <string>

#include "district/http/message.h"
#include "district/ingest/receiver.h"

/// How what a kiosk sent is refused, whatever it was. Any thread.

namespace hailong::district::api {

/// A device id as it may stand in the log: anything may stand in an address.
std::string loggable_device(const std::string& device);

/// Says in one log line why `what` ("batch", "heartbeat") was refused, and gives the problem.
http::Response refuse(const char* what, const std::string& device, const ingest::Refused& refused);

}  // namespace hailong::district::api
