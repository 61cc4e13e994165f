#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <mutex>
#include <string_view>

namespace hailong::district::http {

/// How often something may be asked: `burst` times at once, then once per `interval`.
struct Rate {
  int burst = 1;
  std::chrono::milliseconds interval{1000};
};

/// Lets requests pass at one rate per network (an IPv4 address, or an IPv6 /64) and at one rate for
/// all together. Needs the same memory however many ask: networks share a fixed number of places,
/// chosen by a keyed hash, so that two of them may now and then have to share one rate. Any thread.
class RateLimiter {
 public:
  using Moment = std::chrono::steady_clock::time_point;

  RateLimiter(const Rate& per_network, const Rate& overall);

  /// Zero when `address` may pass now, which then counts; else how long it has to wait.
  std::chrono::milliseconds admit(std::string_view address, Moment now);

 private:
  static constexpr std::size_t kPlaces = 4096;

  /// When everything that passed so far would have passed at the steady rate.
  struct Debt {
    Moment until{};

    [[nodiscard]] std::chrono::milliseconds wait(const Rate& rate, Moment now) const;
    void add(const Rate& rate, Moment now);
  };

  [[nodiscard]] std::size_t place_of(std::string_view address) const;

  const Rate per_network_;
  const Rate overall_;
  std::array<unsigned char, 16> secret_{};
  std::mutex mutex_;  // guards what follows
  std::array<Debt, kPlaces> networks_{};
  Debt all_;
};

}  // namespace hailong::district::http
