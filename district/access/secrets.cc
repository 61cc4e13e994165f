#include "district/access/secrets.h"

#include <sodium.h>

#include <array>

#include "core/chain.h"
#include "wire/signing.h"

namespace hailong::district::access {
namespace {

constexpr int kPasswordLength = 20;
// Without l, 1, o and 0, which look alike on paper.
constexpr std::string_view kPasswordLetters = "abcdefghijkmnpqrstuvwxyz23456789";

}  // namespace

core::Result<void> prepare() {
  if (sodium_init() < 0) return core::fail(core::Fault::kIo, "libsodium cannot be initialised");
  return {};
}

std::string new_secret() { return core::to_hex(wire::random_bytes32()); }

std::string new_token() { return "hailong-" + new_secret(); }

core::Bytes32 hash_of_secret(std::string_view secret) { return core::chain_next({}, secret); }

std::string csrf_of(std::string_view session_secret) {
  return core::to_hex(core::chain_next({}, "hailong csrf 1\n" + std::string(session_secret)));
}

bool same_secret(std::string_view one, std::string_view other) {
  return one.size() == other.size() && sodium_memcmp(one.data(), other.data(), one.size()) == 0;
}

std::string new_password() {
  std::string password;
  for (int i = 0; i < kPasswordLength; ++i) {
    password.push_back(
        kPasswordLetters[randombytes_uniform(static_cast<std::uint32_t>(kPasswordLetters.size()))]);
  }
  return password;
}

core::Result<std::string> hash_password(std::string_view password) {
  std::array<char, crypto_pwhash_STRBYTES> hash{};
  if (crypto_pwhash_str(hash.data(), password.data(), password.size(),
                        crypto_pwhash_OPSLIMIT_INTERACTIVE,
                        crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0) {
    return core::fail(core::Fault::kFull, "not enough memory to hash a password");
  }
  return std::string(hash.data());
}

bool is_password(const std::string& hash, std::string_view password) {
  return crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

}  // namespace hailong::district::access
