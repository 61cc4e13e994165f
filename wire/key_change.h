#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/ids.h"
#include "core/result.h"
#include "wire/signing.h"

/// How a device puts another key in the place of its own (docs/formats.md). The old key vouches for
/// the new one, and the new one for itself; the chain of events knows nothing of keys and goes on.

namespace hailong::wire {

inline constexpr std::size_t kLongestKeyChange = 2048;

struct KeyChange {
  core::DeviceId device;
  PublicKey old_key{};
  PublicKey new_key{};

  bool operator==(const KeyChange&) const = default;
};

/// The bytes to send.
std::string seal_key_change(const core::DeviceId& device, const SigningKey& old_key,
                            const SigningKey& new_key);

/// A change that both keys signed. Errors: kInvalid (no key change of version 1), kRefused (a
/// signature does not hold).
core::Result<KeyChange> open_key_change(std::string_view bytes);

/// The district's word that the new key may speak for the device.
std::string seal_key_answer(const KeyChange& change, const SigningKey& district);

/// Errors: kInvalid when it is no answer, kRefused when it is not the district's to this change.
core::Result<void> check_key_answer(std::string_view bytes, const KeyChange& change,
                                    const PublicKey& district);

}  // namespace hailong::wire
