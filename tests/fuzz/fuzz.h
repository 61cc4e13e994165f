#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "wire/signing.h"

/// What the fuzzing programs share.

namespace hailong::fuzz {

/// Ends the program, so that the input is kept, unless `holds`.
inline void expect(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", what);
  std::abort();
}

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
  return {static_cast<const char*>(static_cast<const void*>(data)), size};
}

/// Somebody whose signature is good: what lies behind it is to be found, too.
inline const wire::SigningKey& signer() {
  static const wire::SigningKey key = wire::SigningKey::from_seed(core::Bytes32{7});
  return key;
}

}  // namespace hailong::fuzz
