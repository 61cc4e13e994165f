#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/ids.h"
#include "core/local_date.h"
#include "core/result.h"
#include "core/staff.h"
#include "district/storage/store.h"

/// What the commune's staff did at their kiosk, for those who look after them. Any thread.

namespace hailong::district::storage {

/// Somebody said that all of a day was looked through.
struct SignedDay {
  std::string unit_id;  // where the kiosk stood on that day
  core::LocalDate day;
  std::string who;         // account at the kiosk
  std::string name;        // of the person, as the kiosk knows it now; empty when it does not
  std::int64_t at_ms = 0;  // by the kiosk's clock
  core::DeviceId device;
};

/// Signed days, and those that have something to be looked through.
struct SignOffs {
  std::vector<SignedDay> days;                             // by day, unit, time
  std::map<std::string, std::set<core::LocalDate>> rated;  // by unit id
};

/// An account at a kiosk as an event made it.
struct KioskAccount {
  std::string id;
  std::string name;
  core::StaffRole role = core::StaffRole::kOfficer;
  bool active = true;
};

/// One thing that somebody did at a kiosk: an act, or making an account what it is.
struct KioskDeed {
  std::int64_t stream = 0;
  core::Seq seq = 0;
  std::int64_t at_ms = 0;               // by the kiosk's clock
  std::string who;                      // account; empty: nobody had proved who they were
  std::optional<core::StaffDeed> deed;  // nothing: see `account`
  std::string about;
  std::optional<KioskAccount> account;
};

struct KioskDeeds {
  std::vector<KioskDeed> deeds;                // the latest first
  std::map<std::string, KioskAccount> people;  // by id, as they are now
};

class StaffRecords {
 public:
  explicit StaffRecords(Store& store) : store_(store) {}

  /// Of the days from one to another, both included.
  core::Result<SignOffs> sign_offs(core::LocalDate from, core::LocalDate to);

  /// The last `most` of a kiosk.
  core::Result<KioskDeeds> deeds(const core::DeviceId& device, int most);

 private:
  Store& store_;
};

}  // namespace hailong::district::storage
