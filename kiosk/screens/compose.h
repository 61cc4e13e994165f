#pragma once

#include "kiosk/screens/sheet.h"

namespace hailong::kiosk::screens {

/// What a screen looks like: a pure function of the screen and what it is seen with. A few hundred
/// microseconds; to be called when one of them has changed, not for every frame.
Page compose(const flow::Screen& screen, const View& view);

}  // namespace hailong::kiosk::screens
