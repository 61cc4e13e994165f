#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/event.h"
#include "core/result.h"
#include "journal/staff_book.h"

/// Personal PINs: how they are kept, and what wrong tries cost.

namespace hailong::kiosk::staff {

inline constexpr int kShortestPin = 6;
inline constexpr int kLongestPin = 12;

/// Why a PIN must not be chosen, in Vietnamese: too short, no digits, all alike, a run.
std::optional<std::string> fault_of_pin(std::string_view pin);

/// Argon2id with libsodium's interactive limits: 64 MiB, about half a second on a Raspberry Pi 4.
/// Errors: kIo without that much memory.
core::Result<std::string> hash_pin(std::string_view pin);
/// As long as hash_pin() takes.
bool is_right_pin(std::string_view hash, std::string_view pin);

/// Digest of the one-time code of the configuration.
core::Bytes32 setup_code_digest(std::string_view code);

/// How long nothing is taken after so many wrong tries in a row, in milliseconds: two are free, the
/// third costs 30 s, each further one twice as much, an hour at most.
std::int64_t wait_after(int wrong);

/// What is left of that wait. It counts by the clock of the boot, which nobody can set; after a
/// restart it begins anew with the boot.
std::int64_t wait_left(const journal::PinTries& tries, const core::Stamp& now);

}  // namespace hailong::kiosk::staff
