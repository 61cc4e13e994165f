#include "district/web/small_samples.h"

namespace hailong::district::web {
namespace {

bool is_small(const Group& group) {
  return group.counts && group.counts->n() > 0 && group.counts->n() < kSmallestGroup;
}

/// The smallest group that is still shown and not empty; null when there is none.
Group* smallest_shown(std::vector<Group>& groups) {
  Group* smallest = nullptr;
  for (Group& group : groups) {
    if (!group.counts || group.counts->n() == 0) continue;
    if (smallest == nullptr || group.counts->n() < smallest->counts->n()) smallest = &group;
  }
  return smallest;
}

}  // namespace

std::vector<Group> without_small_groups(std::vector<Group> groups) {
  std::int64_t hidden = 0;
  std::int64_t hidden_groups = 0;
  const auto hide = [&](Group& group) {
    hidden += group.counts->n();
    ++hidden_groups;
    group.counts.reset();
  };
  for (Group& group : groups) {
    if (is_small(group)) hide(group);
  }
  // The total less what is shown is what is hidden: that must be five at least, and of two groups.
  while (hidden_groups == 1 || (hidden > 0 && hidden < kSmallestGroup)) {
    Group* next = smallest_shown(groups);
    if (next == nullptr) break;
    hide(*next);
  }
  return groups;
}

std::optional<std::int64_t> unless_small(std::int64_t count) {
  if (count > 0 && count < kSmallestGroup) return std::nullopt;
  return count;
}

}  // namespace hailong::district::web
