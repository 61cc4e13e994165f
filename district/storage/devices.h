#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/ids.h"
#include "core/result.h"
#include "district/storage/audit.h"
#include "district/storage/store.h"
#include "wire/key_change.h"
#include "wire/signing.h"

/// The kiosks that may send. Any thread.

namespace hailong::district::storage {

struct NewDevice {
  core::DeviceId device;
  core::UnitCode unit;
  core::CounterId counter;  // empty: not said
  std::string note;
  wire::PublicKey key{};
};

struct DeviceLine {
  core::DeviceId device;
  core::UnitCode unit;
  core::CounterId counter;
  std::string note;
  bool suspended = false;
  std::int64_t keys = 0;                    // active ones
  std::int64_t epochs = 0;                  // lives of its card that sent something
  std::int64_t events = 0;                  // of all epochs
  std::optional<std::int64_t> received_at;  // when the last new event came
};

/// What Devices::add() did.
enum class DeviceAdded { kDevice, kKey, kNothing };

/// What became of a kiosk's wish to go on with another key.
enum class KeyChanged {
  kDone,  // the new one may speak for it; the old one too, until the new one has
  kUnknownKey,
  kSuspended,
  kKeyTaken,  // the new key is another device's, or was revoked
};

class Devices {
 public:
  explicit Devices(Store& store) : store_(store) {}

  /// Adds a device, or another key to one that is there (a re-imaged card). It belongs to its first
  /// unit until it is moved (ingest::Receiver::move).
  /// Errors: kConflict (another unit; a key of another device, or a revoked one).
  core::Result<DeviceAdded> add(const NewDevice& device, const Author& by);

  /// Errors: kNotFound.
  core::Result<void> suspend(const core::DeviceId& device, const Author& by);
  core::Result<void> resume(const core::DeviceId& device, const Author& by);

  /// Sets the note by which people know it. Errors: kNotFound.
  core::Result<void> rename(const core::DeviceId& device, const std::string& note,
                            const Author& by);

  /// Revokes all its keys for ever: it needs an invitation to send again. Returns how many there
  /// were. Errors: kNotFound.
  core::Result<std::int64_t> revoke_keys(const core::DeviceId& device, const Author& by);

  /// Takes what wire::open_key_change() gave; safe to repeat.
  core::Result<KeyChanged> change_key(const wire::KeyChange& change, std::int64_t now_ms);

  core::Result<std::vector<DeviceLine>> list();

 private:
  core::Result<void> set_suspended(const core::DeviceId& device, bool suspended, const Author& by);

  Store& store_;
};

}  // namespace hailong::district::storage
