#pragma once

#include "core/score.h"
#include "kiosk/design/metrics.h"
#include "kiosk/design/picture.h"

/// Draws everything round with Cairo, once for a window's size; afterwards the pictures are only
/// copied. Sizes are in pixels.

namespace hailong::kiosk::design {

enum class Look { kResting, kPressed };

/// How much smaller a pressed thing is.
inline constexpr double kPressedScale = 0.96;

/// The picture of a card or button is larger than the thing, to hold its shadow: by this on each
/// side.
int shadow_margin(const Metrics& metrics);

/// A white card with its soft shadow.
Picture paint_card(const Metrics& metrics, int width, int height, Look look);

/// An outlined button with its soft shadow.
Picture paint_button(const Metrics& metrics, int width, int height, Look look);

/// The face of an answer, `diameter` wide and high. All five have the same size and line width.
Picture paint_face(core::Score score, int diameter, Look look);

/// A tick in a disc: the answer is on the disk.
Picture paint_tick(int diameter);

/// An exclamation sign in a disc: something has to be done again.
Picture paint_alert(int diameter);

}  // namespace hailong::kiosk::design
