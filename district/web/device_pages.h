#pragma once

#include "district/storage/device_states.h"
#include "district/storage/devices.h"
#include "district/storage/invitations.h"
#include "district/storage/staff_records.h"
#include "district/web/devices_page.h"
#include "district/web/site.h"

namespace hailong::district::web {

/// The kiosks: how they are, and who may send. Any thread.
class DevicePages {
 public:
  DevicePages(storage::Store& store, const Config& config)
      : store_(store),
        states_(store),
        devices_(store),
        invitations_(store),
        staff_(store),
        config_(config) {}

  /// Adds /devices, /devices/{}/staff and /api/v1/devices to `site`; must then outlive it.
  void add_to(Site& site);

 private:
  core::Result<DevicesView> view(const access::Principal& person);
  http::Response page(const Site& site, const http::Request& request,
                      const access::Principal& person);
  http::Response list(const access::Principal& reader);
  http::Response staff(const Site& site, const http::Request& request,
                       const access::Principal& person);
  http::Response set_suspended(const Site& site, const http::Request& request,
                               const access::Principal& person, bool suspended);
  http::Response invite(const Site& site, const http::Request& request,
                        const access::Principal& person);
  http::Response withdraw(const Site& site, const http::Request& request,
                          const access::Principal& person);
  http::Response rename(const Site& site, const http::Request& request,
                        const access::Principal& person);
  http::Response revoke(const Site& site, const http::Request& request,
                        const access::Principal& person);

  storage::Store& store_;
  storage::DeviceStates states_;
  storage::Devices devices_;
  storage::Invitations invitations_;
  storage::StaffRecords staff_;
  const Config& config_;
};

}  // namespace hailong::district::web
