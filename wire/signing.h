#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/hex.h"

/// Ed25519 (libsodium). Every signed text begins with a line that names its purpose, so that a
/// signature made for one purpose can never pass for another.

namespace hailong::wire {

using PublicKey = core::Bytes32;
using Signature = std::array<std::uint8_t, 64>;

/// Secret half of a key pair. Wiped when it goes away; never printed.
class SigningKey {
 public:
  static constexpr std::size_t kSeedSize = 32;

  /// A new key from the kernel's random source.
  static SigningKey generate();

  /// The key that belongs to a stored seed.
  static SigningKey from_seed(const core::Bytes32& seed);

  SigningKey(const SigningKey&) = default;
  SigningKey(SigningKey&&) = default;
  SigningKey& operator=(const SigningKey&) = default;
  SigningKey& operator=(SigningKey&&) = default;
  ~SigningKey();

  [[nodiscard]] PublicKey public_key() const;
  [[nodiscard]] core::Bytes32 seed() const;

  /// Signature over "hailong <purpose> 1\n" ‖ text.
  [[nodiscard]] Signature sign(std::string_view purpose, std::string_view text) const;

 private:
  SigningKey() = default;

  std::array<std::uint8_t, 64> secret_{};
};

/// True when `signature` is `key`'s over the same purpose and text.
bool verify_signature(const PublicKey& key, std::string_view purpose, std::string_view text,
                      const Signature& signature);

/// 32 bytes from the kernel's random source.
core::Bytes32 random_bytes32();

/// Random name of 16 hex digits, for visits and epochs.
std::string random_id();

}  // namespace hailong::wire
