#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/hex.h"
#include "core/ids.h"
#include "core/result.h"
#include "district/storage/audit.h"
#include "district/storage/store.h"
#include "wire/enrolment.h"

/// Who was invited to become a device, and who came. Any thread.

namespace hailong::district::storage {

struct Invitation {
  std::string name;  // the first characters of its code
  core::Bytes32 secret{};
  core::DeviceId device;  // that it is for; new, or one that is there
  core::UnitCode unit;
  std::string point;        // empty: not said
  core::CounterId counter;  // empty: not said
  std::string note;
  core::DeviceId replaces;  // empty: none
  std::int64_t valid_until = 0;
};

/// An invitation that nobody has used yet.
struct OpenInvitation {
  std::string name;
  core::DeviceId device;
  core::UnitCode unit;
  core::DeviceId replaces;  // empty: none
  std::int64_t valid_until = 0;
};

/// A machine that is a device from now on, or was made one by the same request before.
struct Enrolled {
  wire::Enrolment enrolment;  // without the district's key
  core::Bytes32 secret{};     // to answer by
  bool again = false;         // the answer was lost
};

enum class NotEnrolled {
  kUnknownCode,  // no such invitation, or the request was made without its code
  kUsed,         // by another machine
  kExpired,
  kKeyTaken,     // the key is another device's, or was revoked
  kOtherDevice,  // the journal on the machine is not the invited device's
};

using EnrolmentAnswer = std::variant<Enrolled, NotEnrolled>;

class Invitations {
 public:
  explicit Invitations(Store& store) : store_(store) {}

  /// Takes the place of unused ones for the same device. Errors: kConflict when the name is taken.
  core::Result<void> add(const Invitation& invitation, const Author& by);

  /// Makes the unused one for a device worthless. Errors: kNotFound.
  core::Result<void> withdraw(const core::DeviceId& device, const Author& by);

  /// Those that are good at `now_ms`, the latest first.
  core::Result<std::vector<OpenInvitation>> open(std::int64_t now_ms);

  /// True when a device of that id is there or invited.
  core::Result<bool> is_known(const core::DeviceId& device);

  /// Makes the machine that sent `request` the device that it was invited as: device, key and
  /// audit in one transaction. A device that it replaces is suspended. The same machine gets the
  /// same answer again.
  core::Result<EnrolmentAnswer> enrol(const wire::ReceivedEnrolment& request, std::int64_t now_ms);

 private:
  Store& store_;
};

}  // namespace hailong::district::storage
