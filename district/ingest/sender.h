#pragma once

#include <optional>

#include "district/ingest/receiver.h"

namespace hailong::district::ingest {

/// Whether a device may speak here, and with this key. Nothing when it may. `device` is what is
/// known of it.
std::optional<Refused> refused_sender(const std::optional<storage::KnownDevice>& device,
                                      storage::Ledger::Transaction& ledger,
                                      const core::DeviceId& id, const wire::PublicKey& key);

}  // namespace hailong::district::ingest
