#pragma once

#include <filesystem>
#include <string>
#include <variant>

#include "core/result.h"
#include "sync/transport.h"
#include "wire/enrolment.h"
#include "wire/enrolment_code.h"

/// How this machine becomes a device of the district, and how it changes its key.

namespace hailong::sync {

/// Why it is none yet.
struct NotEnrolled {
  std::string state;  // one word for the kiosk: wire/enrolment_file.h, or a kind of problem
  core::Error error;  // in one line

  /// Whether trying again may help; else a person must do something.
  [[nodiscard]] bool passes() const {
    return error.fault == core::Fault::kOffline || error.fault == core::Fault::kFull ||
           error.fault == core::Fault::kIo || error.fault == core::Fault::kBusy;
  }
};

using EnrolmentOutcome = std::variant<wire::Enrolment, NotEnrolled>;

/// Presents the code with this machine's key, which is made when there is none, and keeps what the
/// district answers in enrolment.json. A journal that is there goes on, by that key. `expected`:
/// the district's key, when the configuration names one; else zeros. Safe to repeat at any time.
EnrolmentOutcome enrol(const std::filesystem::path& data_dir, const wire::EnrolmentCode& code,
                       const wire::PublicKey& expected, Transport& transport);

/// Puts a new key in the place of the device's and tells the district by the old one. Whatever cuts
/// it short, one of both keys is the journal's and known to the district; repeating it ends it.
/// Returns the new key's public half. Errors: kOffline, kRefused, those of Source::open.
core::Result<wire::PublicKey> rotate_key(const std::filesystem::path& data_dir,
                                         const wire::PublicKey& district, Transport& transport);

}  // namespace hailong::sync
