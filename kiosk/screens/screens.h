#pragma once

#include <optional>

#include "kiosk/flow/flow.h"
#include "kiosk/flow/screen.h"
#include "kiosk/screens/layout.h"
#include "kiosk/screens/sprites.h"

namespace hailong::kiosk::screens {

/// What screens are drawn with.
struct View {
  const Layout& layout;
  const Sprites& sprites;
};

/// Draws a screen into the current ImGui window and says what the resident did with it. Keeps
/// nothing from one frame to the next.
std::optional<flow::Event> draw(const flow::Screen& screen, const View& view);

}  // namespace hailong::kiosk::screens
