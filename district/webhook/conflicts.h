#pragma once

#include <vector>

#include "core/units.h"
#include "district/storage/device_states.h"
#include "district/storage/webhook_outbox.h"

namespace hailong::district::webhook {

/// A message for each life of a kiosk's card of which something came that contradicts what was
/// known of it: rolled back, cut, altered or copied. Once, however often that goes on. Errors: the
/// store's.
core::Result<std::vector<storage::WebhookMessage>> journal_conflicts(
    storage::DeviceStates& devices, const core::UnitRegister& units, std::int64_t now_ms);

}  // namespace hailong::district::webhook
