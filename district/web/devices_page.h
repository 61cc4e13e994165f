#pragma once

#include <kainjow/mustache.hpp>
#include <string>
#include <vector>

#include "core/local_date.h"
#include "core/units.h"
#include "district/storage/device_states.h"
#include "district/web/long_list.h"

namespace hailong::district::web {

/// What deserves a look at a kiosk, in words and as worst first.
struct DeviceConcern {
  enum class Weight { kNote, kWarning, kAlarm };
  Weight weight = Weight::kNote;
  std::string words;
};

/// A kiosk that has sent nothing for this long is called silent. It sends when somebody taps, so
/// that a weekend alone is no silence.
inline constexpr std::int64_t kSilentAfterMs = std::int64_t{3} * 86'400'000;

/// A kiosk's clock that is this far ahead of the receiver's is wrong for certain.
inline constexpr std::int64_t kClockAheadMs = std::int64_t{5} * 60'000;

/// For a template: each concern's text and the class of its badge.
kainjow::mustache::data concerns_data(const std::vector<DeviceConcern>& concerns);

/// Everything that is not as it should be with a kiosk; empty when all is well.
std::vector<DeviceConcern> concerns_of(const storage::DeviceState& device, std::int64_t now_ms);

struct DevicesView {
  std::int64_t now_ms = 0;
  std::vector<storage::DeviceState> devices;
  const core::UnitRegister& units;
  bool may_manage = false;
  std::string csrf;
  ListAsked list;
};

/// The inside of the page. Everything that came from outside is escaped.
std::string devices_html(const DevicesView& view);

/// The same for programs: the body of GET /api/v1/devices.
std::string devices_json(const DevicesView& view);

}  // namespace hailong::district::web
