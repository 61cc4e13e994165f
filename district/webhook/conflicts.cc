#include "district/webhook/conflicts.h"

#include <set>

#include "district/ingest/projection.h"
#include "district/webhook/message.h"

namespace hailong::district::webhook {
namespace {

storage::WebhookMessage conflict_message(const storage::DeviceState& device,
                                         const storage::ConflictState& conflict,
                                         const core::UnitRegister& units, std::int64_t now_ms) {
  const std::string unit_id =
      ingest::unit_id_on(units, device.places, core::local_date(conflict.received_at));
  const core::Unit* const unit = units.find_id(unit_id);
  return message_of("journal-conflict/" + device.device.value + "/" + conflict.epoch,
                    "journal.conflict", now_ms,
                    {{"device", device.device.value},
                     {"unit_id", unit_id},
                     {"unit_name", unit == nullptr ? unit_id : unit->full_name()},
                     {"epoch", conflict.epoch},
                     {"first", conflict.first},
                     {"last", conflict.last},
                     {"reason", conflict.reason},
                     {"received", moment(conflict.received_at)}});
}

}  // namespace

core::Result<std::vector<storage::WebhookMessage>> journal_conflicts(
    storage::DeviceStates& devices, const core::UnitRegister& units, std::int64_t now_ms) {
  const auto states = devices.read();
  if (!states) return core::Failure(states.error());
  std::vector<storage::WebhookMessage> messages;
  for (const storage::DeviceState& device : *states) {
    std::set<std::string> told;
    for (auto conflict = device.conflicts.rbegin(); conflict != device.conflicts.rend();
         ++conflict) {
      if (!told.insert(conflict->epoch).second) continue;
      messages.push_back(conflict_message(device, *conflict, units, now_ms));
    }
  }
  return messages;
}

}  // namespace hailong::district::webhook
