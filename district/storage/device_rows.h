#pragma once

#include <cstdint>
#include <string>

#include "core/ids.h"
#include "core/result.h"
#include "district/sql/connection.h"
#include "wire/signing.h"

/// Rows of devices and their keys, inside the caller's transaction. For .cc files of this folder
/// only.

namespace hailong::district::storage {

struct DeviceRow {
  core::DeviceId device;
  core::UnitCode unit;
  std::string point;  // empty: not said
  core::CounterId counter;
  std::string note;
  std::string replaces;  // device id; empty: none
};

/// Its first place holds from the local day of `now_ms`.
void insert_device(sql::Connection& c, const DeviceRow& row, std::int64_t now_ms);

/// Adds a key unless the device has it already. `takes_over`: the device's other keys are revoked
/// once this one has signed a batch. False when it is there. Errors: kConflict (another device's
/// key, a revoked one).
core::Result<bool> insert_key(sql::Connection& c, const core::DeviceId& device,
                              const wire::PublicKey& key, bool takes_over, std::int64_t now_ms);

/// The highest number that was ever seen of a device and of those that it replaced: stored, or in a
/// signed head or a heartbeat. 0: none.
core::Seq highest_seen(sql::Connection& c, const core::DeviceId& device);

/// The same without what is known of one epoch of the device.
core::Seq highest_seen_but(sql::Connection& c, const core::DeviceId& device,
                           const core::EpochId& epoch);

}  // namespace hailong::district::storage
