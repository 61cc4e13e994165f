#pragma once

#include <filesystem>

#include "core/result.h"
#include "wire/enrolment.h"
#include "wire/enrolment_code.h"

/// What the district said that this machine is, and how the kiosk, which never speaks to a network,
/// asks the daemon to enrol it: small files in the data_dir that both share.

namespace hailong::wire {

inline constexpr const char* kEnrolmentFile = "enrolment.json";

/// Errors: kNotFound while the machine is not enrolled, kCorrupt, kRefused (others may read the
/// file), kIo.
core::Result<Enrolment> read_enrolment(const std::filesystem::path& data_dir);

/// Takes the place of what stood there; on disk when this returns. Errors: kFull, kIo.
core::Result<void> write_enrolment(const std::filesystem::path& data_dir,
                                   const Enrolment& enrolment);

/// A code that somebody entered at the kiosk; there until it was answered.
inline constexpr const char* kEnrolRequestFile = "enrol-request";
/// What became of it so far: one word.
inline constexpr const char* kEnrolStateFile = "enrol-state";

/// Words of the state beside the kinds of problems that the district answers.
inline constexpr std::string_view kEnrolAsking = "asking";
inline constexpr std::string_view kEnrolOffline = "offline";  // tried again by itself
inline constexpr std::string_view kEnrolFailed = "failed";    // this machine's fault; in the log

/// Hands a code over; the state begins anew. Errors: kFull, kIo.
core::Result<void> ask_to_enrol(const std::filesystem::path& data_dir, const EnrolmentCode& code);

/// The code that was handed over. Errors: kNotFound when there is none, kCorrupt, kRefused, kIo.
core::Result<EnrolmentCode> asked_to_enrol(const std::filesystem::path& data_dir);

/// Says what became of it; `done`: nothing more will by itself, and the request goes. Errors:
/// kFull, kIo; the state is empty then.
core::Result<void> say_enrol_state(const std::filesystem::path& data_dir, std::string_view state,
                                   bool done);

/// Empty while nobody has taken the request. Errors: kCorrupt, kRefused, kIo.
core::Result<std::string> enrol_state(const std::filesystem::path& data_dir);

}  // namespace hailong::wire
