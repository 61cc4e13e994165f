#pragma once

#include <vector>

#include "core/units.h"
#include "district/feedback/timeliness.h"
#include "district/storage/webhook_outbox.h"

namespace hailong::district::webhook {

/// A message for each overdue case, once for each of its deadlines. Holds no words. Errors: the
/// store's.
core::Result<std::vector<storage::WebhookMessage>> overdue_feedback(
    feedback::TimelinessReader& timeliness, const core::UnitRegister& units, std::int64_t now_ms);

}  // namespace hailong::district::webhook
