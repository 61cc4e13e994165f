#pragma once

#include <vector>

#include "district/scoring/score_table.h"
#include "district/storage/webhook_outbox.h"

namespace hailong::district::webhook {

/// A message for each unit whose satisfied share of the last whole month lies below that of the
/// month before by more than chance explains (core::dropped_beyond_noise), once for each unit and
/// month. Units stand as they are at that month's end. Errors: the store's.
core::Result<std::vector<storage::WebhookMessage>> score_drops(storage::RollUpReader& roll_ups,
                                                               const scoring::Rules& rules,
                                                               std::int64_t now_ms);

}  // namespace hailong::district::webhook
