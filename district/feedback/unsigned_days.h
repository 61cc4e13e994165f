#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/units.h"
#include "core/working_days.h"
#include "district/storage/staff_records.h"

/// Days of which no commune said that all of it was looked through. Pure.

namespace hailong::district::feedback {

/// How far back pages look.
inline constexpr int kSignOffDays = 60;

/// Oldest first, by unit id.
using UnsignedDays = std::map<std::string, std::vector<core::LocalDate>>;

/// The days up to `last` without a signature that are working days or on which somebody rated the
/// unit, since the first day of `found` that it signed or was rated; a unit of which neither is
/// known has none. One signature is enough for a unit, however many kiosks it has.
UnsignedDays unsigned_days(const storage::SignOffs& found, const core::UnitRegister& units,
                           const core::WorkingCalendar& calendar, core::LocalDate last);

}  // namespace hailong::district::feedback
