#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "core/ids.h"
#include "core/result.h"
#include "core/units.h"
#include "district/storage/audit.h"
#include "district/storage/store.h"
#include "wire/enrolment_code.h"

/// How a machine is invited to become a kiosk of the district.

namespace hailong::district::access {

inline constexpr int kUsualInvitationDays = 7;
inline constexpr int kLongestInvitationDays = 90;

/// As it was typed. An empty unit, point or counter is that of the device that is replaced, or of
/// `device` when it is there already; an empty device gets a name of its own.
struct InvitationForm {
  std::string unit{};      // code
  std::string counter{};   // id
  std::string point{};     // id of a reception point
  std::string device{};    // id
  std::string replaces{};  // id of a lost device
  std::string note{};
  int valid_days = kUsualInvitationDays;
};

enum class InvitationMistake {
  kUnit,             // no unit bears the code today
  kDevice,           // no device id
  kCounter,          // no counter id
  kPoint,            // no such point is open in that unit
  kReplaces,         // no such device to replace, or the device itself
  kElsewhere,        // the device is there, at another place
  kSuspended,        // the device was suspended
  kAlreadyReplaced,  // the new device is there already
  kDays,
  kNote,
};

std::string_view in_english(InvitationMistake mistake);
std::string_view in_vietnamese(InvitationMistake mistake);

struct Invited {
  wire::EnrolmentCode code;  // kept nowhere: to be shown once
  core::DeviceId device;
  std::int64_t valid_until = 0;
};

using InvitationAnswer = std::variant<Invited, InvitationMistake>;

/// Draws a code and stores the invitation. Errors: the store's.
core::Result<InvitationAnswer> invite(storage::Store& store, const core::UnitRegister& units,
                                      const InvitationForm& form, const storage::Author& by);

/// What may stand as a device's note: at most 200 bytes, in one line.
bool is_note(std::string_view text);

}  // namespace hailong::district::access
