#pragma once

#include <memory>

#include "kiosk/staff/shift.h"

/// The rooms behind the tabs. `shift` must outlive them.

namespace hailong::kiosk::staff {

/// The ratings of a day or range.
std::unique_ptr<Room> make_today_room(const Shift& shift);
/// What residents said, and what is done about it.
std::unique_ptr<Room> make_inbox_room(const Shift& shift);
/// How many procedures were finished.
std::unique_ptr<Room> make_served_room(const Shift& shift);
/// The days that were looked through, and those that were not.
std::unique_ptr<Room> make_sign_off_room(const Shift& shift);
/// Documents for the file.
std::unique_ptr<Room> make_reports_room(const Shift& shift);
/// How the machine is.
std::unique_ptr<Room> make_machine_room(const Shift& shift);
/// Accounts and PINs, and what staff did.
std::unique_ptr<Room> make_people_room(const Shift& shift);

}  // namespace hailong::kiosk::staff
