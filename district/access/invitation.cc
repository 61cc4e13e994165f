#include "district/access/invitation.h"

#include <algorithm>
#include <vector>

#include "core/text.h"
#include "district/storage/device_states.h"
#include "district/storage/invitations.h"
#include "district/storage/places.h"

namespace hailong::district::access {
namespace {

using core::Failure;
using core::Result;
using Mistaken = std::optional<InvitationMistake>;

constexpr std::size_t kLongestNote = 200;  // bytes
constexpr std::int64_t kInvitationDayMs = 86'400'000;
constexpr int kNamesTried = 5;

/// The form with what is known beside it.
struct Inviting {
  const InvitationForm& form;
  const core::UnitRegister& units;
  core::LocalDate today;
  std::vector<storage::DeviceState> devices;
  std::vector<storage::ReceptionPoint> points;

  [[nodiscard]] const storage::DeviceState* find(const std::string& id) const {
    const auto found = std::find_if(devices.begin(), devices.end(),
                                    [&](const auto& each) { return each.device.value == id; });
    return found == devices.end() ? nullptr : &*found;
  }
};

/// Fills what the form leaves open from the place of the device that it is about.
void take_place(storage::Invitation& invitation, const storage::DevicePlace& place,
                const Inviting& inviting) {
  const core::Unit* unit = inviting.units.find(place.unit, place.from);
  if (invitation.unit.empty()) {
    invitation.unit =
        unit == nullptr ? place.unit : inviting.units.successor(*unit, inviting.today).code;
  }
  if (invitation.point.empty()) invitation.point = place.point;
  if (invitation.counter.empty()) invitation.counter = place.counter;
}

Mistaken mistake_in_replacing(const Inviting& inviting) {
  const InvitationForm& form = inviting.form;
  if (form.replaces.empty()) return std::nullopt;
  if (form.replaces == form.device || inviting.find(form.replaces) == nullptr) {
    return InvitationMistake::kReplaces;
  }
  if (!form.device.empty() && inviting.find(form.device) != nullptr) {
    return InvitationMistake::kAlreadyReplaced;
  }
  return std::nullopt;
}

Mistaken mistake_in_point(const storage::Invitation& invitation, const Inviting& inviting) {
  if (invitation.point.empty()) return std::nullopt;
  for (const storage::ReceptionPoint& point : inviting.points) {
    if (point.id != invitation.point || !point.is_open_on(inviting.today)) continue;
    const core::Unit* unit = inviting.units.find(point.unit, point.from);
    if (unit != nullptr &&
        inviting.units.successor(*unit, inviting.today).code == invitation.unit) {
      return std::nullopt;
    }
  }
  return InvitationMistake::kPoint;
}

Mistaken mistake_in_form(const InvitationForm& form) {
  if (!form.device.empty() && !core::is_plain_name(form.device)) return InvitationMistake::kDevice;
  if (!form.counter.empty() && !core::is_plain_name(form.counter)) {
    return InvitationMistake::kCounter;
  }
  if (form.valid_days < 1 || form.valid_days > kLongestInvitationDays) {
    return InvitationMistake::kDays;
  }
  if (!is_note(form.note)) return InvitationMistake::kNote;
  return std::nullopt;
}

/// Nothing wrong, and `invitation` filled; or what is.
Mistaken fill(storage::Invitation& invitation, const Inviting& inviting) {
  const InvitationForm& form = inviting.form;
  if (const auto mistake = mistake_in_form(form)) return mistake;
  if (const auto mistake = mistake_in_replacing(inviting)) return mistake;
  invitation.device.value = form.device;
  invitation.unit.value = form.unit;
  invitation.point = form.point;
  invitation.counter.value = form.counter;
  invitation.note = form.note;
  invitation.replaces.value = form.replaces;
  const storage::DeviceState* same = form.device.empty() ? nullptr : inviting.find(form.device);
  if (same != nullptr) take_place(invitation, same->places.back(), inviting);
  if (const auto* old = inviting.find(form.replaces)) {
    take_place(invitation, old->places.back(), inviting);
  }
  if (inviting.units.find(invitation.unit, inviting.today) == nullptr) {
    return InvitationMistake::kUnit;
  }
  if (const auto mistake = mistake_in_point(invitation, inviting)) return mistake;
  if (same == nullptr) return std::nullopt;
  if (same->suspended_at) return InvitationMistake::kSuspended;
  storage::Invitation there;
  take_place(there, same->places.back(), inviting);
  const bool stays = there.unit == invitation.unit && there.point == invitation.point &&
                     there.counter == invitation.counter;
  return stays ? Mistaken() : InvitationMistake::kElsewhere;
}

/// "10750-q1", "10750-q1-2" …: the first that nobody bears.
Result<core::DeviceId> free_id(storage::Invitations& invitations,
                               const storage::Invitation& invitation) {
  const std::string stem = invitation.unit.value + "-" +
                           (invitation.counter.empty() ? "kiosk" : invitation.counter.value);
  for (int n = 1;; ++n) {
    core::DeviceId id{n == 1 ? stem : stem + "-" + std::to_string(n)};
    const auto known = invitations.is_known(id);
    if (!known) return Failure(known.error());
    if (!*known) return id;
  }
}

}  // namespace

bool is_note(std::string_view text) {
  const std::u32string points = core::code_points(text);
  return text.size() <= kLongestNote && std::all_of(points.begin(), points.end(), [](char32_t c) {
           return c != U'\n' && c != U'\uFFFD' && core::can_be_written(c);
         });
}

Result<InvitationAnswer> invite(storage::Store& store, const core::UnitRegister& units,
                                const InvitationForm& form, const storage::Author& by) {
  auto devices = storage::DeviceStates(store).read();
  if (!devices) return Failure(devices.error());
  auto points = storage::Places(store).points();
  if (!points) return Failure(points.error());
  const Inviting inviting{form, units, core::local_date(by.at_ms), std::move(*devices),
                          std::move(*points)};
  storage::Invitation invitation;
  if (const auto mistake = fill(invitation, inviting)) return InvitationAnswer{*mistake};
  storage::Invitations invitations(store);
  if (invitation.device.empty()) {
    auto id = free_id(invitations, invitation);
    if (!id) return Failure(id.error());
    invitation.device = std::move(*id);
  }
  invitation.valid_until = by.at_ms + form.valid_days * kInvitationDayMs;
  for (int tried = 1;; ++tried) {
    wire::EnrolmentCode code = wire::new_enrolment_code();
    invitation.name = code.invitation();
    invitation.secret = code.secret();
    const auto added = invitations.add(invitation, by);
    if (added) {
      return InvitationAnswer{Invited{std::move(code), invitation.device, invitation.valid_until}};
    }
    // Names are drawn from a million.
    const bool taken = added.error().fault == core::Fault::kConflict;
    if (!taken || tried == kNamesTried) return Failure(added.error());
  }
}

std::string_view in_english(InvitationMistake mistake) {
  switch (mistake) {
    case InvitationMistake::kUnit:
      return "--unit: no unit bears this code today; see: admin unit list";
    case InvitationMistake::kDevice:
      return "--id: expected 1 to 64 of a-z, 0-9 and '-'";
    case InvitationMistake::kCounter:
      return "--counter: expected 1 to 64 of a-z, 0-9 and '-'";
    case InvitationMistake::kPoint:
      return "--point: no such point is open in this unit; see: admin point list";
    case InvitationMistake::kReplaces:
      return "--replaces: expected another device that is there; see: admin device list";
    case InvitationMistake::kElsewhere:
      return "the device is there at another place; a kiosk that moves is moved: admin device move";
    case InvitationMistake::kSuspended:
      return "the device is suspended; first: admin device resume";
    case InvitationMistake::kAlreadyReplaced:
      return "--id: the device that takes the place must be a new one";
    case InvitationMistake::kDays:
      return "--valid-days: expected 1 to 90";
    case InvitationMistake::kNote:
      return "--note: expected at most 200 bytes in one line";
  }
  return {};
}

std::string_view in_vietnamese(InvitationMistake mistake) {
  switch (mistake) {
    case InvitationMistake::kUnit:
      return "Hiện không có đơn vị nào mang mã này.";
    case InvitationMistake::kDevice:
      return "Mã kiosk chỉ gồm chữ thường không dấu, chữ số và dấu gạch ngang, tối đa 64 ký tự.";
    case InvitationMistake::kCounter:
      return "Mã quầy chỉ gồm chữ thường không dấu, chữ số và dấu gạch ngang, tối đa 64 ký tự.";
    case InvitationMistake::kPoint:
      return "Đơn vị này không có điểm tiếp nhận nào đang mở mang mã này.";
    case InvitationMistake::kReplaces:
      return "Kiosk bị thay phải là một kiosk khác đã đăng ký.";
    case InvitationMistake::kElsewhere:
      return "Kiosk này đang đặt ở nơi khác. Hãy chuyển kiosk trước, rồi mời lại.";
    case InvitationMistake::kSuspended:
      return "Kiosk này đang tạm dừng. Hãy cho gửi lại trước, rồi mời lại.";
    case InvitationMistake::kAlreadyReplaced:
      return "Kiosk mới phải mang một mã chưa được đăng ký.";
    case InvitationMistake::kDays:
      return "Mã mời có hiệu lực từ 1 đến 90 ngày.";
    case InvitationMistake::kNote:
      return "Ghi chú tối đa 200 byte và phải viết trên một dòng.";
  }
  return {};
}

}  // namespace hailong::district::access
