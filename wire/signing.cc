#include "wire/signing.h"

#include <sodium.h>

#include <string>

#include "core/bytes.h"

namespace hailong::wire {
namespace {

std::string purposeful(std::string_view purpose, std::string_view text) {
  std::string signed_text = "hailong ";
  signed_text.append(purpose).append(" 1\n").append(text);
  return signed_text;
}

}  // namespace

SigningKey SigningKey::generate() { return from_seed(random_bytes32()); }

SigningKey SigningKey::from_seed(const core::Bytes32& seed) {
  SigningKey key;
  PublicKey unused{};
  crypto_sign_seed_keypair(unused.data(), key.secret_.data(), seed.data());
  return key;
}

SigningKey::~SigningKey() { sodium_memzero(secret_.data(), secret_.size()); }

PublicKey SigningKey::public_key() const {
  PublicKey key{};
  crypto_sign_ed25519_sk_to_pk(key.data(), secret_.data());
  return key;
}

core::Bytes32 SigningKey::seed() const {
  core::Bytes32 seed{};
  crypto_sign_ed25519_sk_to_seed(seed.data(), secret_.data());
  return seed;
}

Signature SigningKey::sign(std::string_view purpose, std::string_view text) const {
  const std::string signed_text = purposeful(purpose, text);
  Signature signature{};
  crypto_sign_detached(signature.data(), nullptr, core::bytes_of(signed_text), signed_text.size(),
                       secret_.data());
  return signature;
}

bool verify_signature(const PublicKey& key, std::string_view purpose, std::string_view text,
                      const Signature& signature) {
  const std::string signed_text = purposeful(purpose, text);
  return crypto_sign_verify_detached(signature.data(), core::bytes_of(signed_text),
                                     signed_text.size(), key.data()) == 0;
}

core::Bytes32 random_bytes32() {
  core::Bytes32 bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  return bytes;
}

std::string random_id() {
  std::array<std::uint8_t, 8> bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  return core::to_hex(bytes);
}

}  // namespace hailong::wire
