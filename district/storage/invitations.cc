#include "district/storage/invitations.h"

#include "district/storage/connection.h"
#include "district/storage/device_rows.h"

namespace hailong::district::storage {
namespace {

using core::Fault;
using sql::Connection;

struct StoredInvitation {
  Invitation invitation;
  std::optional<wire::PublicKey> used_by;
  core::Seq first = 0;  // when it was used
};

std::optional<StoredInvitation> find_invitation(Connection& c, const std::string& name) {
  const sql::Rows rows =
      c.query(c.for_update("SELECT secret, device_id, unit_code, point_id, counter_id, note, "
                           "replaces, valid_until, public_key, first "
                           "FROM invitation WHERE name = $1"),
              name);
  if (rows.empty()) return std::nullopt;
  const sql::Row row = rows[0];
  StoredInvitation found{
      {name, row.bytes32(0), core::DeviceId{row.text(1)}, core::UnitCode{row.text(2)},
       row.maybe_text(3).value_or(""), core::CounterId{row.text(4)}, row.text(5),
       core::DeviceId{row.text(6)}, row.integer(7)},
      std::nullopt,
      0};
  if (!row.is_null(8)) {
    found.used_by = row.bytes32(8);
    found.first = row.integer(9);
  }
  return found;
}

wire::Enrolment enrolment_of(const Invitation& invitation, core::Seq first) {
  return {invitation.device, invitation.unit, invitation.point, invitation.counter, first, {}};
}

/// Whether the key may become one of the device's, or is one.
bool is_free_for(Connection& c, const wire::PublicKey& key, const core::DeviceId& device) {
  const sql::Rows rows =
      c.query("SELECT device_id, revoked_at FROM device_key WHERE public_key = $1", key);
  return rows.empty() || (rows[0].text(0) == device.value && rows[0].is_null(1));
}

bool is_device(Connection& c, const core::DeviceId& device) {
  return !c.query("SELECT 1 FROM device WHERE device_id = $1", device.value).empty();
}

/// It keeps what it holds: an operator who finds it again lets it send the rest.
void suspend_replaced(Connection& c, const Invitation& invitation, std::int64_t now_ms) {
  const auto suspended =
      c.execute("UPDATE device SET suspended_at = $1 WHERE device_id = $2 AND suspended_at IS NULL",
                now_ms, invitation.replaces.value);
  if (suspended == 0) return;
  add_audit(c, {now_ms, kItself, "device-suspended", invitation.replaces.value,
                "thay bằng " + invitation.device.value});
}

}  // namespace

core::Result<void> Invitations::add(const Invitation& invitation, const Author& by) {
  return writing(store_, "inviting a device", [&](Connection& c) -> core::Result<void> {
    c.execute("DELETE FROM invitation WHERE device_id = $1 AND used_at IS NULL",
              invitation.device.value);
    const sql::Value point = invitation.point.empty() ? sql::Value() : sql::Value(invitation.point);
    const auto added = c.execute(
        "INSERT INTO invitation (name, secret, device_id, unit_code, point_id, counter_id, note, "
        "replaces, invited_at, valid_until) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) "
        "ON CONFLICT (name) DO NOTHING",
        invitation.name, invitation.secret, invitation.device.value, invitation.unit.value, point,
        invitation.counter.value, invitation.note, invitation.replaces.value, by.at_ms,
        invitation.valid_until);
    if (added == 0) return core::fail(Fault::kConflict, "an invitation has that name");
    std::string detail = "mã mời " + invitation.name + "…, đơn vị " + invitation.unit.value;
    if (!invitation.replaces.empty()) detail += ", thay " + invitation.replaces.value;
    add_audit(c, {by.at_ms, by.who, "device-invited", invitation.device.value, detail});
    return {};
  });
}

core::Result<void> Invitations::withdraw(const core::DeviceId& device, const Author& by) {
  return writing(store_, "withdrawing an invitation", [&](Connection& c) -> core::Result<void> {
    const auto withdrawn =
        c.execute("DELETE FROM invitation WHERE device_id = $1 AND used_at IS NULL", device.value);
    if (withdrawn == 0) {
      return core::fail(Fault::kNotFound, "no unused invitation for device " + device.value);
    }
    add_audit(c, {by.at_ms, by.who, "invitation-withdrawn", device.value, ""});
    return {};
  });
}

core::Result<std::vector<OpenInvitation>> Invitations::open(std::int64_t now_ms) {
  using Open = std::vector<OpenInvitation>;
  return reading(store_, "reading invitations", [&](Connection& c) -> core::Result<Open> {
    const sql::Rows rows = c.query(
        "SELECT name, device_id, unit_code, replaces, valid_until FROM invitation "
        "WHERE used_at IS NULL AND valid_until > $1 ORDER BY invited_at DESC, name",
        now_ms);
    Open open;
    open.reserve(rows.size());
    for (const sql::Row row : rows) {
      open.push_back({row.text(0), core::DeviceId{row.text(1)}, core::UnitCode{row.text(2)},
                      core::DeviceId{row.text(3)}, row.integer(4)});
    }
    return open;
  });
}

core::Result<bool> Invitations::is_known(const core::DeviceId& device) {
  return reading(store_, "looking for a device", [&](Connection& c) -> core::Result<bool> {
    return is_device(c, device) ||
           !c.query("SELECT 1 FROM invitation WHERE device_id = $1", device.value).empty();
  });
}

core::Result<EnrolmentAnswer> Invitations::enrol(const wire::ReceivedEnrolment& request,
                                                 std::int64_t now_ms) {
  return writing(store_, "enrolling a device", [&](Connection& c) -> core::Result<EnrolmentAnswer> {
    const wire::PublicKey& key = request.request.key;
    const auto found = find_invitation(c, request.request.invitation);
    if (!found || !request.knows(found->invitation.secret)) return NotEnrolled::kUnknownCode;
    const Invitation& invitation = found->invitation;
    const core::DeviceId& present = request.request.device;
    if (!present.empty() && present != invitation.device) return NotEnrolled::kOtherDevice;
    if (found->used_by) {
      if (*found->used_by != key) return NotEnrolled::kUsed;
      return Enrolled{enrolment_of(invitation, found->first), invitation.secret, true};
    }
    if (invitation.valid_until <= now_ms) return NotEnrolled::kExpired;
    if (!is_free_for(c, key, invitation.device)) return NotEnrolled::kKeyTaken;
    const bool is_new = !is_device(c, invitation.device);
    const core::DeviceId& counted =
        is_new && !invitation.replaces.empty() ? invitation.replaces : invitation.device;
    const core::Seq first = highest_seen(c, counted) + 1;
    if (is_new) {
      insert_device(c,
                    {invitation.device, invitation.unit, invitation.point, invitation.counter,
                     invitation.note, invitation.replaces.value},
                    now_ms);
    }
    const auto added = insert_key(c, invitation.device, key, true, now_ms);
    if (!added) return core::Failure(added.error());
    if (!invitation.replaces.empty()) suspend_replaced(c, invitation, now_ms);
    c.execute("UPDATE invitation SET used_at = $1, public_key = $2, first = $3 WHERE name = $4",
              now_ms, key, first, invitation.name);
    add_audit(c, {now_ms, kItself, is_new ? "device-added" : "device-key-added",
                  invitation.device.value, "mã mời " + invitation.name + "…"});
    return Enrolled{enrolment_of(invitation, first), invitation.secret, false};
  });
}

}  // namespace hailong::district::storage
