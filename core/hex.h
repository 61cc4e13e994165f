#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace hailong::core {

/// 32 bytes: a chain hash, a content digest, a salt or a public key.
using Bytes32 = std::array<std::uint8_t, 32>;

/// Lower-case hexadecimal, two digits a byte.
std::string to_hex(std::span<const std::uint8_t> bytes);

/// Fills `out` from exactly 2 * out.size() hex digits of either case; false for anything else.
bool from_hex(std::string_view text, std::span<std::uint8_t> out);

inline std::optional<Bytes32> bytes32_from_hex(std::string_view text) {
  Bytes32 bytes{};
  if (!from_hex(text, bytes)) return std::nullopt;
  return bytes;
}

}  // namespace hailong::core
