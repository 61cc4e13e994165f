#include "core/token.h"

#include <sodium.h>

#include <string>

#include "core/bytes.h"

namespace hailong::core {

Bytes32 token_digest(std::string_view token) {
  const std::string text = "hailong token 1\n" + std::string(token);
  Bytes32 digest{};
  crypto_generichash(digest.data(), digest.size(), bytes_of(text), text.size(), nullptr, 0);
  return digest;
}

}  // namespace hailong::core
