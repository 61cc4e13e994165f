#include "district/ingest/sender.h"

namespace hailong::district::ingest {

std::optional<Refused> refused_sender(const std::optional<storage::KnownDevice>& device,
                                      storage::Ledger::Transaction& ledger,
                                      const core::DeviceId& id, const wire::PublicKey& key) {
  if (!device) {
    return Refused{Refusal::kUnknownDevice, "no such device is registered here"};
  }
  if (device->suspended) return Refused{Refusal::kSuspended, "the device is suspended"};
  if (!ledger.key_is_active(id, key)) {
    return Refused{Refusal::kUnknownKey,
                   "key " + core::to_hex(key) + " may not speak for this device"};
  }
  return std::nullopt;
}

}  // namespace hailong::district::ingest
