#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "core/hex.h"

/// Reading of small JSON objects without exceptions and without silent narrowing. For .cc files
/// only.

namespace hailong::wire {

using Json = nlohmann::ordered_json;

/// The object that `text` holds and nothing besides; nothing for anything else, invalid UTF-8
/// included. A null byte, which JSON knows nowhere, would hide from the parser what follows it.
inline std::optional<Json> parse_object(std::string_view text) {
  if (text.find('\0') != text.npos) return std::nullopt;
  Json json = Json::parse(text, nullptr, false);
  if (!json.is_object()) return std::nullopt;
  return json;
}

inline std::optional<std::string> text_of(const Json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end() || !found->is_string()) return std::nullopt;
  return found->get<std::string>();
}

inline std::optional<std::int64_t> number_of(const Json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end() || !found->is_number_integer()) return std::nullopt;
  if (found->is_number_unsigned() && found->get<std::uint64_t>() > INT64_MAX) return std::nullopt;
  return found->get<std::int64_t>();
}

inline std::optional<core::Bytes32> bytes32_of(const Json& object, const char* key) {
  const auto text = text_of(object, key);
  return text ? core::bytes32_from_hex(*text) : std::nullopt;
}

}  // namespace hailong::wire
