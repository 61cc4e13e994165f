#include "district/web/device_pages.h"

#include <algorithm>
#include <charconv>
#include <string>
#include <utility>

#include "district/access/invitation.h"
#include "district/clock.h"
#include "district/ingest/projection.h"
#include "district/web/invitations_page.h"
#include "district/web/staff_deeds_page.h"

namespace hailong::district::web {

using access::Right;

namespace {

std::string typed_in(const http::Request& request, std::string_view field) {
  return http::first_of(request.form, field).value_or("");
}

http::Response not_changed(const Site& site, const access::Principal& person,
                           const core::Error& error) {
  return error.fault == core::Fault::kNotFound ? site.not_found(person) : store_failed(error);
}

}  // namespace

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
  const auto bound = [this, &site](auto handler) {
    return [this, &site, handler](const http::Request& request, const access::Principal& person) {
      return (this->*handler)(site, request, person);
    };
  };
  site.post("/devices/invite", Right::kManageDevices, bound(&DevicePages::invite));
  site.post("/devices/{}/withdraw", Right::kManageDevices, bound(&DevicePages::withdraw));
  site.post("/devices/{}/rename", Right::kManageDevices, bound(&DevicePages::rename));
  site.post("/devices/{}/revoke", Right::kManageDevices, bound(&DevicePages::revoke));
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
  DevicesView view{working_clock(config_, now_ms()),   {},          config_.rules.units,
                   may(person, Right::kManageDevices), person.csrf, {}};
  for (storage::DeviceState& state : *states) {
    const core::LocalDate today = core::local_date(view.clock.now_ms);
    if (may_see_unit(person, ingest::unit_id_on(view.units, state.places, today))) {
      view.devices.push_back(std::move(state));
    }
  }
  auto uncertain = states_.uncertain_ratings();
  if (!uncertain) return core::Failure(uncertain.error());
  view.uncertain = std::move(*uncertain);
  return view;
}

http::Response DevicePages::page(const Site& site, const http::Request& request,
                                 const access::Principal& person) {
  auto shown = view(person);
  if (!shown) return store_failed(shown.error());
  shown->list = list_asked_of(request);
  std::string main = devices_html(*shown);
  if (shown->may_manage) {
    auto open = invitations_.open(shown->clock.now_ms);
    if (!open) return store_failed(open.error());
    main += invitations_html({shown->clock.now_ms, std::move(*open), shown->units, person.csrf});
  }
  return site.page(person, "devices", "Thiết bị", main);
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

http::Response DevicePages::invite(const Site& site, const http::Request& request,
                                   const access::Principal& person) {
  access::InvitationForm form{typed_in(request, "unit"),     typed_in(request, "counter"),
                              typed_in(request, "point"),    typed_in(request, "device"),
                              typed_in(request, "replaces"), typed_in(request, "note")};
  const std::string days = typed_in(request, "days");
  if (!days.empty()) {
    const auto read = std::from_chars(days.data(), days.data() + days.size(), form.valid_days);
    if (read.ec != std::errc() || read.ptr != days.data() + days.size()) form.valid_days = 0;
  }
  const auto answer = access::invite(store_, config_.rules.units, form, {person.name, now_ms()});
  if (!answer) return store_failed(answer.error());
  if (const auto* mistake = std::get_if<access::InvitationMistake>(&*answer)) {
    return site.refused(person, "devices", std::string(in_vietnamese(*mistake)));
  }
  return site.page(person, "devices", "Mã đăng ký",
                   invited_html(std::get<access::Invited>(*answer)));
}

http::Response DevicePages::withdraw(const Site& site, const http::Request& request,
                                     const access::Principal& person) {
  const auto done =
      invitations_.withdraw(core::DeviceId{request.parameter()}, {person.name, now_ms()});
  return done ? http::redirect_to("/devices") : not_changed(site, person, done.error());
}

http::Response DevicePages::rename(const Site& site, const http::Request& request,
                                   const access::Principal& person) {
  const std::string note = typed_in(request, "note");
  if (!access::is_note(note)) {
    return site.refused(person, "devices",
                        std::string(in_vietnamese(access::InvitationMistake::kNote)));
  }
  const auto done =
      devices_.rename(core::DeviceId{request.parameter()}, note, {person.name, now_ms()});
  return done ? http::redirect_to("/devices") : not_changed(site, person, done.error());
}

http::Response DevicePages::revoke(const Site& site, const http::Request& request,
                                   const access::Principal& person) {
  const auto done =
      devices_.revoke_keys(core::DeviceId{request.parameter()}, {person.name, now_ms()});
  return done ? http::redirect_to("/devices") : not_changed(site, person, done.error());
}

http::Response DevicePages::set_suspended(const Site& site, const http::Request& request,
                                          const access::Principal& person, bool suspended) {
  const core::DeviceId device{request.parameter()};
  const storage::Author by{person.name, now_ms()};
  const auto changed = suspended ? devices_.suspend(device, by) : devices_.resume(device, by);
  return changed ? http::redirect_to("/devices") : not_changed(site, person, changed.error());
}

}  // namespace hailong::district::web
