#include "district/web/device_pages.h"

#include <algorithm>

#include "district/clock.h"
#include "district/ingest/projection.h"
#include "district/web/staff_deeds_page.h"

namespace hailong::district::web {

using access::Right;

void DevicePages::add_to(Site& site) {
  site.get("/devices", Right::kSeeDevices,
           [this, &site](const http::Request& request, const access::Principal& person) {
             return page(site, request, person);
           });
  site.api("/api/v1/devices", Right::kSeeDevices,
           [this](const http::Request&, const access::Principal& reader) { return list(reader); });
  site.get("/devices/{}/staff", Right::kSeeDevices,
           [this, &site](const http::Request& request, const access::Principal& person) {
             return staff(site, request, person);
           });
  for (const bool suspended : {true, false}) {
    site.post(
        suspended ? "/devices/{}/suspend" : "/devices/{}/resume", Right::kManageDevices,
        [this, &site, suspended](const http::Request& request, const access::Principal& person) {
          return set_suspended(site, request, person, suspended);
        });
  }
}

core::Result<DevicesView> DevicePages::view(const access::Principal& person) {
  auto states = states_.read();
  if (!states) return core::Failure(states.error());
  DevicesView view{now_ms(),    {}, config_.rules.units, may(person, Right::kManageDevices),
                   person.csrf, {}};
  for (storage::DeviceState& state : *states) {
    const core::LocalDate today = core::local_date(view.now_ms);
    if (may_see_unit(person, ingest::unit_id_on(view.units, state.places, today))) {
      view.devices.push_back(std::move(state));
    }
  }
  return view;
}

http::Response DevicePages::page(const Site& site, const http::Request& request,
                                 const access::Principal& person) {
  auto shown = view(person);
  if (!shown) return store_failed(shown.error());
  shown->list = list_asked_of(request);
  return site.page(person, "devices", "Thiết bị", devices_html(*shown));
}

http::Response DevicePages::list(const access::Principal& reader) {
  const auto shown = view(reader);
  if (!shown) return store_failed(shown.error());
  return {200, "application/json", devices_json(*shown), {}};
}

http::Response DevicePages::staff(const Site& site, const http::Request& request,
                                  const access::Principal& person) {
  const core::DeviceId device{request.parameter()};
  const auto states = states_.read();
  if (!states) return store_failed(states.error());
  const auto state = std::find_if(states->begin(), states->end(),
                                  [&](const auto& each) { return each.device == device; });
  if (state == states->end()) return site.not_found(person);
  const core::UnitRegister& units = config_.rules.units;
  const auto unit_on = [&](core::LocalDate day) {
    return ingest::unit_id_on(units, state->places, day);
  };
  const core::LocalDate today = core::local_date(now_ms());
  if (!may_see_unit(person, unit_on(today))) return site.forbidden(person);
  auto found = staff_.deeds(device, kMostDeeds);
  if (!found) return store_failed(found.error());
  // What was done where it stood before is not for those where it stands now.
  std::erase_if(found->deeds, [&](const storage::KioskDeed& deed) {
    return !may_see_unit(person, unit_on(core::local_date(deed.at_ms)));
  });
  const StaffDeedsView view{today, device, std::move(*found)};
  return site.page(person, "devices", "Cán bộ trên kiosk " + device.value, staff_deeds_html(view));
}

http::Response DevicePages::set_suspended(const Site& site, const http::Request& request,
                                          const access::Principal& person, bool suspended) {
  const core::DeviceId device{request.parameter()};
  const storage::Author by{person.name, now_ms()};
  const auto changed = suspended ? devices_.suspend(device, by) : devices_.resume(device, by);
  if (!changed && changed.error().fault == core::Fault::kNotFound) return site.not_found(person);
  if (!changed) return store_failed(changed.error());
  return http::redirect_to("/devices");
}

}  // namespace hailong::district::web
