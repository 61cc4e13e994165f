#include "district/webhook/signature.h"

#include <sodium.h>

#include <array>

#include "core/bytes.h"

namespace hailong::district::webhook {

std::string signature(std::string_view key, std::string_view id, std::int64_t seconds,
                      std::string_view body) {
  std::string signed_text(id);
  signed_text.append(".").append(std::to_string(seconds)).append(".").append(body);
  std::array<unsigned char, crypto_auth_hmacsha256_BYTES> code{};
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, core::bytes_of(key), key.size());
  crypto_auth_hmacsha256_update(&state, core::bytes_of(signed_text), signed_text.size());
  crypto_auth_hmacsha256_final(&state, code.data());
  std::array<char, sodium_base64_ENCODED_LEN(crypto_auth_hmacsha256_BYTES,
                                             sodium_base64_VARIANT_ORIGINAL)>
      text{};
  sodium_bin2base64(text.data(), text.size(), code.data(), code.size(),
                    sodium_base64_VARIANT_ORIGINAL);
  return std::string("v1,") + text.data();
}

}  // namespace hailong::district::webhook
