#include "district/kiosks/publisher.h"

#include <algorithm>
#include <map>
#include <utility>

#include "district/ingest/projection.h"
#include "district/kiosks/config_files.h"
#include "district/storage/device_configs.h"
#include "district/storage/places.h"
#include "wire/bundle.h"

namespace hailong::district::kiosks {
namespace {

using core::Failure;
using core::Fault;

/// Kiosks and the present code of their units.
using Kiosks = std::map<std::string, core::UnitCode>;

core::Result<Kiosks> kiosks_of(storage::Store& store, const Config& config, const Chosen& chosen,
                               core::LocalDate today) {
  const auto devices = storage::Devices(store).list();
  if (!devices) return Failure(devices.error());
  Kiosks kiosks;
  for (const storage::DeviceLine& line : *devices) {
    if (!chosen.device.empty() && line.device != chosen.device) continue;
    const auto places = storage::Places(store).of(line.device);
    if (!places) return Failure(places.error());
    const std::string unit = ingest::unit_id_on(config.rules.units, *places, today);
    const core::UnitCode code{unit.substr(0, unit.find('@'))};
    if (chosen.unit.empty() || code == chosen.unit) kiosks[line.device.value] = code;
  }
  if (!kiosks.empty()) return kiosks;
  const std::string what = chosen.device.empty() && chosen.unit.empty() ? "no kiosk is registered"
                           : chosen.unit.empty() ? "no kiosk " + chosen.device.value
                                                 : "no kiosk stands in unit " + chosen.unit.value;
  return core::fail(Fault::kNotFound, what + "; see: admin device list");
}

core::WorkingCalendar without_sources(const core::WorkingCalendar& calendar) {
  auto days = calendar.days();
  for (auto& [date, day] : days) day.source.clear();
  return core::WorkingCalendar::of(std::move(days)).value();
}

/// What to publish for a kiosk: the config in force itself when it says the same.
core::Result<storage::DeviceConfig> compose(const std::optional<storage::DeviceConfig>& in_force,
                                            const Config& config, const core::DeviceId& device,
                                            const core::UnitCode& unit, std::int64_t now_ms) {
  auto bundle = read_config_files(config.kiosk_folder, unit, device);
  if (!bundle) return Failure(bundle.error());
  bundle->device = device;
  bundle->holidays = without_sources(config.calendar);
  bundle->number = in_force ? in_force->number : now_ms;
  auto text = wire::encode_bundle(*bundle);
  if (!text) return core::fail(text.error(), "kiosk " + device.value);
  if (in_force && *text == in_force->bundle) return *in_force;
  bundle->number = in_force ? std::max(now_ms, in_force->number + 1) : now_ms;
  text = wire::encode_bundle(*bundle);
  if (!text) return Failure(text.error());
  return storage::DeviceConfig{device, bundle->number, wire::bundle_id(*text), std::move(*text)};
}

}  // namespace

core::Result<std::vector<Publication>> publish(storage::Store& store, const Config& config,
                                               const Chosen& chosen, const storage::Author& by) {
  if (config.kiosk_folder.empty()) {
    return core::fail(Fault::kInvalid, "district.toml: [kiosks] folder is needed to publish");
  }
  const auto kiosks = kiosks_of(store, config, chosen, core::local_date(by.at_ms));
  if (!kiosks) return Failure(kiosks.error());
  storage::DeviceConfigs configs(store);
  std::vector<Publication> publications;
  std::vector<storage::DeviceConfig> changed;
  for (const auto& [id, unit] : *kiosks) {
    const core::DeviceId device{id};
    const auto in_force = configs.newest(device);
    if (!in_force) return Failure(in_force.error());
    auto made = compose(*in_force, config, device, unit, by.at_ms);
    if (!made) return Failure(made.error());
    const bool is_new = !in_force->has_value() || (*in_force)->id != made->id;
    publications.push_back({device, made->id, is_new});
    if (is_new) changed.push_back(std::move(*made));
  }
  if (auto published = configs.publish(changed, by); !published) {
    return Failure(published.error());
  }
  return publications;
}

}  // namespace hailong::district::kiosks
