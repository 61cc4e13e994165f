#include "district/web/device_pages.h"

#include "district/clock.h"
#include "district/ingest/projection.h"

namespace hailong::district::web {

using access::Right;

void DevicePages::add_to(Site& site) {
  site.get("/devices", Right::kSeeDevices,
           [this, &site](const http::Request& request, const access::Principal& person) {
             return page(site, request, person);
           });
  site.api("/api/v1/devices", Right::kSeeDevices,
           [this](const http::Request&, const access::Principal& reader) { return list(reader); });
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
