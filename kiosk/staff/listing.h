#pragma once

#include "kiosk/staff/view.h"

namespace hailong::kiosk::staff {

/// Leaves of the table the rows of one page, and says in the view which of how many it is. `page`
/// is brought into their range.
void turn(View& view, Table& table, int& page);

}  // namespace hailong::kiosk::staff
