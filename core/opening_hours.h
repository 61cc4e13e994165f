#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/result.h"

namespace hailong::core {

/// When a reception point is open, by the clock on its wall (Asia/Ho_Chi_Minh). Without any hours
/// it is taken to be open always. Public holidays are not known here.
struct OpeningHours {
  /// A line of the configuration: days "mon", "mon-fri", "sat-sun", "mon,wed,fri" (a range may run
  /// over the week's end); times "HH:MM", `to` up to "24:00".
  struct Entry {
    std::string days;
    std::string from;
    std::string to;

    bool operator==(const Entry&) const = default;
  };

  /// Minutes since midnight, `to` not included.
  struct Span {
    int from = 0;
    int to = 0;

    bool operator==(const Span&) const = default;
  };

  std::array<std::vector<Span>, 7> by_weekday;  // [0] is Monday

  /// Errors: kInvalid with what was expected: unknown days, times that do not exist, an end that is
  /// not after its beginning. Spans may overlap.
  static Result<OpeningHours> parse(std::span<const Entry> entries);

  [[nodiscard]] bool empty() const;

  bool operator==(const OpeningHours&) const = default;
};

/// Whether the point is open at a moment given in milliseconds since 1970-01-01 UTC.
bool is_open(const OpeningHours& hours, std::int64_t wall_ms);

}  // namespace hailong::core
