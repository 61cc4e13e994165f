#include "district/http/form.h"

#include <array>
#include <cstdint>

#include "core/hex.h"

namespace hailong::district::http {
namespace {

std::string unescaped(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::array<std::uint8_t, 1> byte{};
    if (text[i] == '+') {
      plain.push_back(' ');
    } else if (text[i] == '%' && core::from_hex(text.substr(i + 1, 2), byte)) {
      plain.push_back(static_cast<char>(byte[0]));
      i += 2;
    } else {
      plain.push_back(text[i]);
    }
  }
  return plain;
}

}  // namespace

Fields parse_form(std::string_view text) {
  Fields fields;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('&'), text.size());
    const std::string_view field = text.substr(0, end);
    const std::size_t equals = std::min(field.find('='), field.size());
    fields.emplace_back(unescaped(field.substr(0, equals)),
                        unescaped(field.substr(std::min(equals + 1, field.size()))));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return fields;
}

}  // namespace hailong::district::http
