#pragma once

#include <filesystem>

#include "core/ids.h"
#include "wire/signing.h"

namespace hailong::journal {

inline constexpr const char* kJournalFile = "journal.db";
inline constexpr const char* kDeviceKeyFile = "device.key";
/// The key that is about to take its place.
inline constexpr const char* kNextKeyFile = "device.key.next";

/// Whose journal it is. The epoch is drawn when the journal is made: a card that is imaged again
/// starts a new one, so that its numbers never stand for two events. The numbers of an epoch that
/// follows others at its place go on behind theirs.
struct Identity {
  core::DeviceId device;
  core::EpochId epoch;
  wire::PublicKey public_key{};
  core::Seq first = 1;  // number of the epoch's first event
};

}  // namespace hailong::journal
