#include "district/storage/devices.h"

#include <iostream>

#include "district/admin/admin.h"
#include "district/admin/operator.h"
#include "district/storage/invitations.h"

namespace hailong::district::admin {
namespace {

using core::Failure;
using core::Fault;
using core::Result;

/// What to say before the device's id.
const char* said_of(storage::DeviceAdded added) {
  switch (added) {
    case storage::DeviceAdded::kDevice:
      return "added device ";
    case storage::DeviceAdded::kKey:
      return "added the key to device ";
    case storage::DeviceAdded::kNothing:
      break;
  }
  return "nothing to do: the key is there already, of device ";
}

}  // namespace

Result<void> Admin::add_device(const std::string& id, const std::string& unit,
                               const std::string& public_key, const std::string& counter,
                               const std::string& note) {
  if (!core::is_plain_name(id)) {
    return core::fail(Fault::kInvalid, "--id: expected 1 to 64 of a-z, 0-9 and '-'");
  }
  if (!counter.empty() && !core::is_plain_name(counter)) {
    return core::fail(Fault::kInvalid, "--counter: expected 1 to 64 of a-z, 0-9 and '-'");
  }
  const core::UnitCode code{unit};
  if (config_.rules.units.find(code, core::local_date(now_ms())) == nullptr) {
    return core::fail(Fault::kInvalid,
                      "--unit: no unit bears the code " + unit + " today; see: admin unit list");
  }
  const auto key = core::bytes32_from_hex(public_key);
  if (!key) return core::fail(Fault::kInvalid, "--public-key: expected 64 hex digits");
  const auto added = storage::Devices(store_).add(
      {core::DeviceId{id}, code, core::CounterId{counter}, note, *key}, operator_now());
  if (!added) return Failure(added.error());
  std::cout << said_of(*added) << id << "\n";
  return {};
}

Result<void> Admin::list_devices() {
  const auto devices = storage::Devices(store_).list();
  if (!devices) return Failure(devices.error());
  for (const storage::DeviceLine& device : *devices) {
    std::cout << device.device.value << "  unit " << device.unit.value << "  counter "
              << (device.counter.empty() ? "-" : device.counter.value) << "  keys " << device.keys
              << "  epochs " << device.epochs << "  events " << device.events << "  last received "
              << (device.received_at ? local_minute(*device.received_at) : "never")
              << (device.suspended ? "  suspended" : "")
              << (device.note.empty() ? "" : "  " + device.note) << "\n";
  }
  return {};
}

Result<void> Admin::suspend_device(const std::string& id) {
  return storage::Devices(store_).suspend(core::DeviceId{id}, operator_now());
}

Result<void> Admin::resume_device(const std::string& id) {
  return storage::Devices(store_).resume(core::DeviceId{id}, operator_now());
}

Result<void> Admin::invite_device(const access::InvitationForm& form) {
  const auto answer = access::invite(store_, config_.rules.units, form, operator_now());
  if (!answer) return Failure(answer.error());
  if (const auto* mistake = std::get_if<access::InvitationMistake>(&*answer)) {
    return core::fail(Fault::kInvalid, std::string(in_english(*mistake)));
  }
  const auto& invited = std::get<access::Invited>(*answer);
  std::cout << invited.code.shown() << std::endl;
  std::cerr << "for device " << invited.device.value << ", once, until "
            << local_minute(invited.valid_until) << "; the code cannot be shown again\n";
  return {};
}

Result<void> Admin::list_invitations() {
  const auto open = storage::Invitations(store_).open(now_ms());
  if (!open) return Failure(open.error());
  for (const storage::OpenInvitation& invitation : *open) {
    std::cout << invitation.name << "  device " << invitation.device.value << "  unit "
              << invitation.unit.value << "  until " << local_minute(invitation.valid_until)
              << (invitation.replaces.empty() ? "" : "  replaces " + invitation.replaces.value)
              << "\n";
  }
  return {};
}

Result<void> Admin::withdraw_invitation(const std::string& device) {
  return storage::Invitations(store_).withdraw(core::DeviceId{device}, operator_now());
}

Result<void> Admin::rename_device(const std::string& id, const std::string& note) {
  if (!access::is_note(note)) {
    return core::fail(Fault::kInvalid, std::string(in_english(access::InvitationMistake::kNote)));
  }
  return storage::Devices(store_).rename(core::DeviceId{id}, note, operator_now());
}

Result<void> Admin::revoke_device_keys(const std::string& id) {
  const auto revoked = storage::Devices(store_).revoke_keys(core::DeviceId{id}, operator_now());
  if (!revoked) return Failure(revoked.error());
  std::cout << "revoked " << *revoked << " keys of " << id
            << "; it needs an invitation to send again\n";
  return {};
}

}  // namespace hailong::district::admin
