#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/clock_repair.h"

/// What is kept of a kiosk's boots, and when their events came.

namespace hailong::district::storage {

/// A boot, and the moments before which it did not end, by what is known and what is believed.
struct KeptBoot {
  core::Boot boot;
  std::optional<std::int64_t> known_end;
  std::optional<std::int64_t> believed_end;

  bool operator==(const KeptBoot&) const = default;
};

/// When the events of a stream were here at the latest, which the signed heads tell that were seen.
class Arrivals {
 public:
  /// `last_ms`: of what is behind the last head.
  explicit Arrivals(std::int64_t last_ms) : last_ms_(last_ms) {}

  /// Heads in the order of the stream.
  void add(core::Seq seq, std::int64_t seen_ms);
  [[nodiscard]] std::int64_t of(core::Seq seq) const;

 private:
  struct Head {
    core::Seq seq = 0;
    std::int64_t seen_ms = 0;
  };
  std::int64_t last_ms_;
  std::vector<Head> heads_;
};

}  // namespace hailong::district::storage
