#pragma once

#include <string>
#include <vector>

#include "kiosk/staff/view.h"
#include "tests/kiosk/gallery.h"

namespace hailong::tests {

/// Sample views with every kind of block and input, as a Session makes them, with names as long as
/// they get. No real people or offices.
std::vector<Exhibit> staff_gallery();

}  // namespace hailong::tests
