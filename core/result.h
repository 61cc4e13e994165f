#pragma once

#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace hailong::core {

/// What the caller can do about a failure.
enum class Fault {
  kInvalid,   // the input is wrong: mend it, trying again does not help
  kNotFound,  // the thing asked for does not exist
  kBusy,      // somebody else holds it: try again soon
  kOffline,   // the other side cannot be reached: try again later
  kRefused,   // the other side said no: a person must look
  kConflict,  // the same place holds something else: a person must look
  kCorrupt,   // stored data does not verify: keep it and raise an alarm
  kFull,      // no room left on the disk
  kIo,        // the disk or the system failed
};

/// One failure: what can be done, and one sentence for people.
struct Error {
  Fault fault = Fault::kIo;
  std::string message;
};

/// A value or an Error. Everything that can fail at run time returns one.
template <typename T>
class [[nodiscard]] Result : public tl::expected<T, Error> {
 public:
  using tl::expected<T, Error>::expected;
};

using Failure = tl::unexpected<Error>;

inline Failure fail(Fault fault, std::string message) {
  return Failure(Error{fault, std::move(message)});
}

/// Passes an error on with what was being done in front of it.
inline Failure fail(const Error& error, const std::string& doing) {
  return Failure(Error{error.fault, doing + ": " + error.message});
}

}  // namespace hailong::core
