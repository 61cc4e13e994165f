#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace hailong::district::webhook {

/// Whom to tell, and how the message is signed.
struct Settings {
  std::string url;  // https, or http to this machine itself
  std::string key;  // 24 to 64 bytes
};

/// True for https://… and for http:// to 127.0.0.1, localhost or [::1]: messages are signed, not
/// encrypted.
bool is_safe_url(std::string_view url);

/// The key of a secret as the Standard Webhooks specification writes it: "whsec_" and 24 to 64
/// bytes in base64. Nothing for another text.
std::optional<std::string> key_of(std::string_view secret);

}  // namespace hailong::district::webhook
