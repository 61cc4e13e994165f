#pragma once

#include <array>

#include "core/result.h"
#include "kiosk/render/renderer.h"
#include "kiosk/screens/layout.h"

namespace hailong::kiosk::screens {

/// A picture at the renderer.
struct Sprite {
  render::Texture texture = nullptr;
  float width = 0;
  float height = 0;
  float margin = 0;  // what the picture shows beyond the thing, on each side, for its shadow
};

/// One thing at rest and under a finger.
struct Pressable {
  Sprite resting;
  Sprite pressed;
};

/// All pictures of one layout.
struct Sprites {
  Pressable card;
  std::array<Pressable, 5> faces;  // [0] is score 1
  Pressable choose_again;
  Pressable keep;
  Sprite tick;
  Sprite alert;
};

/// Paints what an untouched home screen shows, and hands it to the renderer. Errors: kIo.
core::Result<void> paint_first(const Layout& layout, render::Renderer& renderer, Sprites& sprites);

/// Paints the rest. Errors: kIo.
core::Result<void> paint_rest(const Layout& layout, render::Renderer& renderer, Sprites& sprites);

}  // namespace hailong::kiosk::screens
