#pragma once

#include "district/api/batches.h"
#include "district/config.h"
#include "district/feedback/timeliness.h"
#include "district/http/message.h"
#include "district/http/server.h"
#include "district/storage/device_states.h"
#include "district/storage/roll_ups.h"
#include "district/storage/webhook_outbox.h"

namespace hailong::district::api {

/// GET /healthz and GET /metrics. Any thread.
class Health {
 public:
  Health(storage::Store& store, const Config& config, const BatchCounts& batches,
         const http::AnswerCounts& answers)
      : store_(store),
        config_(config),
        units_(config.rules.units),
        roll_ups_(store),
        device_states_(store),
        outbox_(store),
        timeliness_(store, config.case_limits, config.calendar),
        batches_(batches),
        answers_(answers) {}

  /// 200 when a real write to the store succeeds, else 503.
  http::Response health();

  /// Prometheus text. Nothing of people; units by their ids.
  http::Response metrics();

 private:
  core::Result<std::int64_t> silent_devices();

  storage::Store& store_;
  const Config& config_;
  const core::UnitRegister& units_;
  storage::RollUpReader roll_ups_;
  storage::DeviceStates device_states_;
  storage::WebhookOutbox outbox_;
  feedback::TimelinessReader timeliness_;
  const BatchCounts& batches_;
  const http::AnswerCounts& answers_;
};

}  // namespace hailong::district::api
