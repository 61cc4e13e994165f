#include "district/http/rate_limiter.h"

#include <arpa/inet.h>
#include <sodium.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string>

namespace hailong::district::http {
namespace {

/// The network that an address stands for, as bytes: a home has one IPv4 address or one /64.
std::string network_of(std::string_view address) {
  std::array<unsigned char, 16> bytes{};
  if (inet_pton(AF_INET6, std::string(address).c_str(), bytes.data()) != 1) {
    return std::string(address);
  }
  in6_addr v6{};
  std::memcpy(&v6, bytes.data(), bytes.size());
  const std::size_t kept = IN6_IS_ADDR_V4MAPPED(&v6) != 0 ? 16 : 8;
  return {bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(kept)};
}

}  // namespace

RateLimiter::RateLimiter(const Rate& per_network, const Rate& overall)
    : per_network_(per_network), overall_(overall) {
  static_assert(sizeof(secret_) == crypto_shorthash_KEYBYTES);
  randombytes_buf(secret_.data(), secret_.size());
}

std::size_t RateLimiter::place_of(std::string_view address) const {
  const std::string network = network_of(address);
  std::array<unsigned char, crypto_shorthash_BYTES> hash{};
  crypto_shorthash(hash.data(), reinterpret_cast<const unsigned char*>(network.data()),
                   network.size(), secret_.data());
  std::uint64_t number = 0;
  std::memcpy(&number, hash.data(), sizeof number);
  return static_cast<std::size_t>(number % kPlaces);
}

std::chrono::milliseconds RateLimiter::Debt::wait(const Rate& rate, Moment now) const {
  const auto free_from = until - rate.interval * (rate.burst - 1);
  if (free_from <= now) return std::chrono::milliseconds::zero();
  return std::chrono::ceil<std::chrono::milliseconds>(free_from - now);
}

void RateLimiter::Debt::add(const Rate& rate, Moment now) {
  until = std::max(until, now) + rate.interval;
}

std::chrono::milliseconds RateLimiter::admit(std::string_view address, Moment now) {
  const std::size_t place = place_of(address);
  const std::lock_guard lock(mutex_);
  Debt& network = networks_[place];
  const auto wait = std::max(network.wait(per_network_, now), all_.wait(overall_, now));
  if (wait > std::chrono::milliseconds::zero()) return wait;
  network.add(per_network_, now);
  all_.add(overall_, now);
  return wait;
}

}  // namespace hailong::district::http
