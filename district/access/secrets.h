#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/hex.h"
#include "core/result.h"

/// Secrets that people and programs carry, and what is kept of them.

namespace hailong::district::access {

/// Chooses libsodium's fastest code for this machine; to be called once, before other threads
/// start. Errors: kIo (no source of randomness).
core::Result<void> prepare();

/// A secret of 256 random bits in hex: a session cookie's value, or what a token is made of.
std::string new_secret();

/// A program's token: "hailong-" and a secret.
std::string new_token();

/// What is stored of such a secret. One that is random and long needs no slow hash.
core::Bytes32 hash_of_secret(std::string_view secret);

/// What the forms of the session with this secret must carry. It tells nothing about the secret.
std::string csrf_of(std::string_view session_secret);

/// True when both are the same; takes as long for a wrong one as for a right one.
bool same_secret(std::string_view one, std::string_view other);

/// A password that can be read out: 20 letters and digits, about 100 bits.
std::string new_password();

/// Argon2id, with libsodium's parameters for interactive use. Errors: kFull (no memory for it).
core::Result<std::string> hash_password(std::string_view password);

/// Takes as long for a wrong password as for a right one.
bool is_password(const std::string& hash, std::string_view password);

}  // namespace hailong::district::access
