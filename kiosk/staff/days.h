#pragma once

#include <string>
#include <vector>

#include "core/result.h"
#include "kiosk/staff/figures.h"
#include "kiosk/staff/shift.h"

namespace hailong::kiosk::staff {

/// How far back days are asked for.
inline constexpr int kSignBackDays = 60;

/// Days of the range, before today, that are not signed off, oldest first: working days, and others
/// with ratings, since the first rating; and those with something that nobody has looked at, as far
/// as this person may, whoever signed them. Errors: those of the journal.
core::Result<std::vector<core::LocalDate>> days_to_sign(const Shift& shift, const Range& range);

/// The person's name; the id itself where it cannot be found.
std::string person_name(const Shift& shift, const std::string& id);

}  // namespace hailong::kiosk::staff
