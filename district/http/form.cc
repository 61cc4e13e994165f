#include "district/http/form.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>

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

std::string escaped(std::string_view text) {
  static constexpr std::string_view kPlain =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
  static constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string address;
  for (const char c : text) {
    if (kPlain.find(c) != std::string_view::npos) {
      address.push_back(c);
    } else {
      const auto byte = static_cast<unsigned char>(c);
      address.push_back('%');
      address.push_back(kDigits[byte >> 4U]);
      address.push_back(kDigits[byte & 15U]);
    }
  }
  return address;
}

std::string address_of(std::string_view path, const Fields& query) {
  std::string address;
  while (!path.empty()) {
    const std::size_t end = std::min(path.find('/'), path.size());
    address.append(escaped(path.substr(0, end)));
    if (end < path.size()) address.push_back('/');
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  char separator = '?';
  for (const auto& [name, value] : query) {
    address.push_back(separator);
    address.append(escaped(name)).append("=").append(escaped(value));
    separator = '&';
  }
  return address;
}

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
