#pragma once

#include <optional>
#include <vector>

#include "kiosk/design/fonts.h"
#include "kiosk/design/pictures.h"
#include "kiosk/design/theme.h"
#include "kiosk/screens/page.h"

struct ImDrawList;

namespace hailong::kiosk::screens {

/// What lies over a page without being part of it, by place in Page::items.
struct Marks {
  std::optional<std::size_t> pressed;  // under a finger
  std::optional<std::size_t> focused;  // where stepping with keys has come to
};

/// Draws a page; keeps nothing from one frame to the next and allocates nothing.
void draw(ImDrawList& list, const Page& page, const design::Pictures& pictures,
          const design::FontSet& fonts, const Photos& photos, const design::Theme& theme,
          const Marks& marks);

}  // namespace hailong::kiosk::screens
