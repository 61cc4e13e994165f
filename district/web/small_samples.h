#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "district/web/figures.h"

/// What the staff of a commune may see of ratings. The rater is confidential and must feel no
/// pressure: whoever sat at the counter must not be able to tell one
/// person's answer. So groups of fewer than five ratings are hidden from them, and one more where a
/// single hidden group could be worked out from the total.

namespace hailong::district::web {

inline constexpr std::int64_t kSmallestGroup = 5;

/// Takes the counts away from the groups that must not be shown beside the total of all of them.
/// Empty groups tell of nobody and stay.
std::vector<Group> without_small_groups(std::vector<Group> groups);

/// The same for plain numbers that do not add up to a known total: those below five become nothing.
std::optional<std::int64_t> unless_small(std::int64_t count);

}  // namespace hailong::district::web
