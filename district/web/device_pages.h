#pragma once

#include "district/storage/device_states.h"
#include "district/storage/devices.h"
#include "district/storage/staff_records.h"
#include "district/web/devices_page.h"
#include "district/web/site.h"

namespace hailong::district::web {

/// The kiosks: how they are, and who may send. Any thread.
class DevicePages {
 public:
  DevicePages(storage::Store& store, const Config& config)
      : states_(store), devices_(store), staff_(store), config_(config) {}

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

  storage::DeviceStates states_;
  storage::Devices devices_;
  storage::StaffRecords staff_;
  const Config& config_;
};

}  // namespace hailong::district::web
