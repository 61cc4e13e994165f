#pragma once

#include <string_view>

namespace hailong::core {

/// The bytes of a text, as C libraries take them. Any thread.
inline const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace hailong::core
