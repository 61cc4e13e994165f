#include "core/doubts.h"

#include <algorithm>
#include <optional>

namespace hailong::core {
namespace {

using std::chrono::milliseconds;

/// How long before `later` something happened, as far as that can be known.
std::optional<milliseconds> elapsed(const Stamp& earlier, const Stamp& later) {
  if (earlier.boot_id == later.boot_id) return milliseconds{later.mono_ms - earlier.mono_ms};
  const bool both_synced =
      earlier.clock == ClockState::kSynced && later.clock == ClockState::kSynced;
  if (!both_synced) return std::nullopt;
  return milliseconds{later.wall_ms - earlier.wall_ms};
}

bool is_burst(std::span<const PastRating> past, const PastRating& now, const DoubtRules& rules) {
  if (rules.burst_count <= 0) return false;
  const auto recent = std::count_if(past.begin(), past.end(), [&](const PastRating& rating) {
    const auto before = elapsed(rating.stamp, now.stamp);
    return before && *before >= milliseconds{0} && *before < rules.burst_window;
  });
  return recent + 1 >= rules.burst_count;
}

bool is_identical(std::span<const PastRating> past, const PastRating& now,
                  const DoubtRules& rules) {
  if (rules.identical_run <= 0) return false;
  const auto needed = static_cast<std::size_t>(rules.identical_run - 1);
  if (past.size() < needed) return false;
  const auto run = past.last(needed);
  return std::all_of(run.begin(), run.end(),
                     [&](const PastRating& rating) { return rating.score == now.score; });
}

bool is_out_of_hours(const PastRating& now, const DoubtRules& rules) {
  return now.stamp.clock == ClockState::kSynced && !is_open(rules.hours, now.stamp.wall_ms);
}

}  // namespace

std::vector<std::string> doubts(std::span<const PastRating> past, const PastRating& now,
                                const DoubtRules& rules, bool staff_mode_lately) {
  std::vector<std::string> found;
  if (is_burst(past, now, rules)) found.emplace_back("burst");
  if (is_identical(past, now, rules)) found.emplace_back("identical");
  if (is_out_of_hours(now, rules)) found.emplace_back("out-of-hours");
  if (staff_mode_lately) found.emplace_back("staff-mode");
  return found;
}

}  // namespace hailong::core
