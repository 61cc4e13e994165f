#include "district/webhook/settings.h"

#include <sodium.h>

#include <algorithm>
#include <array>

namespace hailong::district::webhook {
namespace {

constexpr std::string_view kPrefix = "whsec_";
constexpr std::size_t kLeastBytes = 24;
constexpr std::size_t kMostBytes = 64;

}  // namespace

bool is_safe_url(std::string_view url) {
  constexpr std::string_view kSecure = "https://";
  constexpr std::string_view kPlain = "http://";
  if (url.starts_with(kSecure)) return url.size() > kSecure.size();
  if (!url.starts_with(kPlain)) return false;
  const std::string_view place =
      url.substr(kPlain.size(), url.find('/', kPlain.size()) - kPlain.size());
  constexpr std::array<std::string_view, 3> kHere = {"127.0.0.1", "localhost", "[::1]"};
  return std::any_of(kHere.begin(), kHere.end(), [&](std::string_view host) {
    if (!place.starts_with(host)) return false;
    const std::string_view port = place.substr(host.size());
    return port.empty() || (port.size() > 1 && port.front() == ':' &&
                            port.find_first_not_of("0123456789", 1) == std::string_view::npos);
  });
}

std::optional<std::string> key_of(std::string_view secret) {
  if (!secret.starts_with(kPrefix)) return std::nullopt;
  secret.remove_prefix(kPrefix.size());
  std::array<unsigned char, kMostBytes> bytes{};
  std::size_t length = 0;
  const char* end = nullptr;
  if (sodium_base642bin(bytes.data(), bytes.size(), secret.data(), secret.size(), nullptr, &length,
                        &end, sodium_base64_VARIANT_ORIGINAL) != 0 ||
      end != secret.data() + secret.size() || length < kLeastBytes) {
    return std::nullopt;
  }
  return std::string(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(length));
}

}  // namespace hailong::district::webhook
