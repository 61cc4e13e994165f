#include "core/chain.h"

#include <sodium.h>

#include <string>

#include "core/bytes.h"

namespace hailong::core {

Bytes32 chain_start(const DeviceId& device, const EpochId& epoch, Seq first) {
  std::string text = "hailong chain 1\n" + device.value + "\n" + epoch.value;
  if (first != 1) text.append("\n").append(std::to_string(first));
  Bytes32 hash{};
  crypto_generichash(hash.data(), hash.size(), bytes_of(text), text.size(), nullptr, 0);
  return hash;
}

Bytes32 chain_next(const Bytes32& previous, std::string_view event_bytes) {
  crypto_generichash_state state;
  Bytes32 hash{};
  crypto_generichash_init(&state, nullptr, 0, hash.size());
  crypto_generichash_update(&state, previous.data(), previous.size());
  crypto_generichash_update(&state, bytes_of(event_bytes), event_bytes.size());
  crypto_generichash_final(&state, hash.data(), hash.size());
  return hash;
}

Bytes32 content_digest(const Bytes32& salt, std::string_view content) {
  Bytes32 hash{};
  crypto_generichash(hash.data(), hash.size(), bytes_of(content), content.size(), salt.data(),
                     salt.size());
  return hash;
}

}  // namespace hailong::core
