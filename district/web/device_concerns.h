#pragma once

#include <cstdint>
#include <kainjow/mustache.hpp>
#include <string>
#include <vector>

#include "core/local_date.h"
#include "district/storage/device_states.h"

namespace hailong::district::web {

/// What deserves a look at a kiosk, in words and as worst first.
struct DeviceConcern {
  enum class Weight { kNote, kWarning, kAlarm };
  Weight weight = Weight::kNote;
  std::string words;
};

using storage::WorkingClock;

/// A kiosk's clock that differs from the receiver's by this much is wrong for certain.
inline constexpr std::int64_t kClockAheadMs = std::int64_t{5} * 60'000;

/// Whether any key may still speak for the kiosk.
bool has_key(const storage::DeviceState& device);

/// Everything that is not as it should be with a kiosk; empty when all is well.
std::vector<DeviceConcern> concerns_of(const storage::DeviceState& device,
                                       const WorkingClock& clock);

/// For a template: each concern's text and the class of its badge.
kainjow::mustache::data concerns_data(const std::vector<DeviceConcern>& concerns);

/// What a kiosk told of itself last, a line a fact. Empty when it never did.
struct ToldFact {
  std::string label;
  std::string words;
};
std::vector<ToldFact> told_facts(const storage::DeviceState& device, core::LocalDate today);

/// "90 phút", "5 giờ", "3 ngày": rounded down.
std::string duration_words(std::int64_t ms);

}  // namespace hailong::district::web
