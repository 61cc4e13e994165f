#include "district/access/throttle.h"

#include <algorithm>

namespace hailong::district::access {

std::chrono::seconds Throttle::try_now(const std::string& name, Moment now) {
  const std::lock_guard lock(mutex_);
  if (tries_.size() >= kMostNames && !tries_.contains(name)) forget_oldest();
  Tries& tries = tries_[name];
  if (now < tries.rests_until) {
    return std::chrono::ceil<std::chrono::seconds>(tries.rests_until - now);
  }
  ++tries.wrong;
  tries.last = now;
  if (tries.wrong >= kFreeTries) {
    const int doublings = std::min(tries.wrong - kFreeTries, 5);
    tries.rests_until = now + std::min(kFirstRest * (1 << doublings), kLongestRest);
  }
  return std::chrono::seconds::zero();
}

void Throttle::passed(const std::string& name) {
  const std::lock_guard lock(mutex_);
  tries_.erase(name);
}

void Throttle::forget_oldest() {
  const auto oldest =
      std::min_element(tries_.begin(), tries_.end(),
                       [](const auto& a, const auto& b) { return a.second.last < b.second.last; });
  tries_.erase(oldest);
}

}  // namespace hailong::district::access
