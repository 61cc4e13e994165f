#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <random>

namespace hailong::tests {

/// What TCP costs on a link of 64 kbit/s that loses every twentieth packet, by a clock of its own:
/// nobody waits for it. A packet that was lost is sent again after a second, then after two, four …
class ThinLink {
 public:
  explicit ThinLink(std::uint32_t seed) : random_(seed) {}

  struct Carried {
    std::int64_t bytes = 0;  // with those that were sent again, without the headers of TCP and IP
    std::chrono::milliseconds time{0};
  };

  Carried carry(std::int64_t bytes) {
    Carried carried;
    for (std::int64_t left = bytes; left > 0; left -= kPacket) {
      const std::int64_t packet = std::min(left, kPacket);
      std::chrono::milliseconds pause{1000};
      while (is_lost_(random_)) {
        add(carried, packet);
        carried.time += pause;
        pause *= 2;
      }
      add(carried, packet);
    }
    return carried;
  }

 private:
  static constexpr std::int64_t kBytesPerSecond = 8'000;
  static constexpr std::int64_t kPacket = 1'448;
  static constexpr std::int64_t kHeaders = 52;

  static void add(Carried& carried, std::int64_t packet) {
    carried.bytes += packet;
    carried.time += std::chrono::milliseconds((packet + kHeaders) * 1000 / kBytesPerSecond);
  }

  std::mt19937 random_;
  std::bernoulli_distribution is_lost_{0.05};
};

}  // namespace hailong::tests
