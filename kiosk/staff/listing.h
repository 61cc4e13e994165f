#pragma once

#include "core/result.h"
#include "kiosk/staff/view.h"

namespace hailong::kiosk::staff {

/// Leaves of the table the rows of one page, and says in the view which of how many it is. `page`
/// is brought into their range.
void turn(View& view, Table& table, int& page);

/// The journal could not be read for this view.
void say_unread(View& view, const core::Error& error);

/// Out of staff mode from where a room begins, else back to there: the first of the actions.
void add_way_out(View& view, bool at_start);

}  // namespace hailong::kiosk::staff
