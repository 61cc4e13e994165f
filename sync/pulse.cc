#include "sync/pulse.h"

#include <algorithm>

namespace hailong::sync {

Pulse::Time Pulse::until_due(Time now) const { return std::max(due_ - now, Time{0}); }

Pulse::Time Pulse::rest(Time now) const {
  constexpr Time kUnused = std::chrono::hours(2);
  constexpr Time kRare = std::chrono::minutes(50);
  return now - used_ > kUnused ? std::max(every_, kRare) : every_;
}

void Pulse::delivered(Time now) {
  constexpr int kAllTheSame = 3;
  used_ = now;
  if (is_heard_) due_ = std::min(now + every_, heard_ + kAllTheSame * every_);
}

void Pulse::heard(Time now) {
  if (used_ == Time{0}) used_ = now;
  is_heard_ = true;
  heard_ = now;
  again_ = kAgain;
  due_ = now + rest(now);
}

void Pulse::unheard(Time now) {
  is_heard_ = false;
  due_ = now + std::min(again_, every_);
  again_ = std::min(2 * again_, every_);
}

}  // namespace hailong::sync
