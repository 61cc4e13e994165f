#pragma once

#include "core/score.h"
#include "kiosk/design/picture.h"
#include "kiosk/design/theme.h"

/// Faces and the two signs of the design, painted with Cairo once for a window's size; afterwards
/// they are only copied. Sizes are in pixels.

namespace hailong::kiosk::design {

/// The face of an answer, `diameter` wide and high; smaller within that while pressed. All five
/// have the same size and line width. In a theme without shadows the disc is outlined.
Picture paint_face(const Theme& theme, core::Score score, int diameter, bool pressed);

/// A tick in a disc: the answer is on the disk.
Picture paint_tick(const Theme& theme, int diameter);

/// An exclamation sign in a disc: something has to be done again.
Picture paint_alert(const Theme& theme, int diameter);

}  // namespace hailong::kiosk::design
