#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/event.h"
#include "core/hex.h"
#include "core/result.h"
#include "wire/signing.h"

/// A kiosk's sign of life, and the district's answer (docs/formats.md). Both are signed: nobody on
/// the way can say that a kiosk is well, or tell it another time.

namespace hailong::wire {

/// Free and total bytes of the file system that the journal lies on.
struct HeartbeatDisk {
  std::int64_t free = 0;
  std::int64_t total = 0;

  bool operator==(const HeartbeatDisk&) const = default;
};

/// How a kiosk is. Ages are milliseconds, by a clock that nobody sets; what is nothing is not
/// known.
struct Heartbeat {
  core::DeviceId device;
  core::EpochId epoch;
  std::string version;                    // of the daemon
  std::string nonce;                      // 16 hex digits, new in each; the answer repeats it
  core::Seq last = 0;                     // of the journal, and
  core::Bytes32 head{};                   // the chain hash there
  core::Seq receipted = 0;                // last event that the district confirmed
  std::optional<std::int64_t> oldest_ms;  // how long the oldest unconfirmed event has waited
  std::optional<std::int64_t> tap_ms;     // since the last tap
  std::optional<HeartbeatDisk> disk;
  std::optional<int> temperature;   // tenths of a degree Celsius
  core::Stamp now;                  // the kiosk's clock
  std::string bundle;               // id of the configuration in place; empty: none
  std::string bundle_fault;         // why a newer one was not taken; empty: it was
  std::vector<std::string> faults;  // what else is wrong on the kiosk, a line each

  bool operator==(const Heartbeat&) const = default;
};

/// The bytes to send. Faults that are not valid UTF-8 or too long are made so.
std::string seal_heartbeat(const Heartbeat& heartbeat, const SigningKey& device);

/// A heartbeat whose signature holds. Whether the key may speak for the device is for the receiver
/// to say.
struct OpenedHeartbeat {
  Heartbeat heartbeat;
  PublicKey key{};
  std::string signed_text;  // as it was signed, and
  Signature signature{};    // the signature: evidence to keep
};

/// The most bytes that a heartbeat has.
inline constexpr std::size_t kMostHeartbeatBytes = 16'384;

/// Errors: kInvalid (malformed, too long), kRefused (the signature does not fit).
core::Result<OpenedHeartbeat> open_heartbeat(std::string_view bytes);

/// The text of a heartbeat that was opened and kept. Errors: kInvalid.
core::Result<Heartbeat> parse_heartbeat(std::string_view signed_text);

/// What the district answers.
struct HeartbeatAnswer {
  std::string nonce;
  std::int64_t now_ms = 0;  // the district's clock, milliseconds since 1970 UTC
  std::string bundle;       // id of the newest configuration for the device; empty: none

  bool operator==(const HeartbeatAnswer&) const = default;
};

std::string seal_heartbeat_answer(const HeartbeatAnswer& answer, const SigningKey& district);

/// Errors: kInvalid when it is no such answer, kRefused when the signature is not the district's or
/// the nonce another one: somebody answers in the district's place, or played an old answer again.
core::Result<HeartbeatAnswer> open_heartbeat_answer(std::string_view bytes,
                                                    const PublicKey& district,
                                                    std::string_view nonce);

}  // namespace hailong::wire
