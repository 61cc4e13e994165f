#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>

#include "district/storage/webhook_outbox.h"

namespace hailong::district::webhook {

/// "2026-11-02T08:00:00+07:00"
std::string moment(std::int64_t at_ms);

/// {"type": …, "timestamp": "2026-11-02T08:00:00+07:00", "data": …}, as Standard Webhooks advise.
storage::WebhookMessage message_of(std::string id, const char* type, std::int64_t now_ms,
                                   nlohmann::ordered_json data);

}  // namespace hailong::district::webhook
