#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "core/result.h"
#include "wire/enrolment.h"
#include "wire/enrolment_code.h"

/// What the district said that this machine is, and how the kiosk, which never speaks to a network,
/// asks the daemon to enrol it: small files in the data_dir that both share, each written by one of
/// them alone.

namespace hailong::wire {

inline constexpr const char* kEnrolmentFile = "enrolment.json";

/// Errors: kNotFound while the machine is not enrolled, kCorrupt, kRefused (others may read the
/// file), kIo.
core::Result<Enrolment> read_enrolment(const std::filesystem::path& data_dir);

/// Takes the place of what stood there; on disk when this returns. Errors: kFull, kIo.
core::Result<void> write_enrolment(const std::filesystem::path& data_dir,
                                   const Enrolment& enrolment);

/// A code that somebody entered at the kiosk: "<request id> <code>". The kiosk writes it.
inline constexpr const char* kEnrolRequestFile = "enrol-request";
/// What became of it so far: "<request id> <word>", and " over" once nothing more will by itself.
/// The daemon writes it.
inline constexpr const char* kEnrolStateFile = "enrol-state";

/// Words of the state beside the kinds of problems that the district answers.
inline constexpr std::string_view kEnrolAsking = "asking";
inline constexpr std::string_view kEnrolOffline = "offline";  // tried again by itself
inline constexpr std::string_view kEnrolFailed = "failed";    // this machine's fault; in the log

struct EnrolRequest {
  std::string id;  // new for each time that a code is entered, so that no answer is another's
  EnrolmentCode code;

  bool operator==(const EnrolRequest&) const = default;
};

struct EnrolState {
  std::string word;  // empty: nobody has taken the request
  bool is_over = false;

  bool operator==(const EnrolState&) const = default;
};

/// Kiosk: hands a code over; the state begins anew. Errors: kFull, kIo.
core::Result<void> ask_to_enrol(const std::filesystem::path& data_dir, const EnrolmentCode& code);

/// Kiosk: takes away what is answered, for no code is to lie there for ever. Errors: kIo.
core::Result<void> forget_enrol_request(const std::filesystem::path& data_dir);

/// The request that was not answered for good. Errors: kNotFound when there is none, kCorrupt,
/// kRefused, kIo.
core::Result<EnrolRequest> asked_to_enrol(const std::filesystem::path& data_dir);

/// Daemon: says what became of `request`. Errors: kFull, kIo; nothing is said then.
core::Result<void> say_enrol_state(const std::filesystem::path& data_dir,
                                   const EnrolRequest& request, const EnrolState& state);

/// Of the request that is there, or of the last one when there is none. Errors: kCorrupt, kRefused,
/// kIo.
core::Result<EnrolState> enrol_state(const std::filesystem::path& data_dir);

}  // namespace hailong::wire
