#pragma once

#include <SDL.h>

#include "kiosk/render/damage.h"
#include "kiosk/rotation.h"

/// Pictures on panels that are mounted turned. For this folder's .cc files only.

namespace hailong::kiosk::render {

/// Where a part of the upright picture, of `width` x `height` pixels, lies on the panel.
SDL_Rect on_panel(Rotation rotation, const SDL_Rect& part, int width, int height);

/// Whether copy_turned() knows pixels of that size.
bool can_turn(const SDL_Surface& surface);

/// Copies a part of the upright picture to its place on the panel; says where that is. Both have
/// the same format and no need to be locked.
SDL_Rect copy_turned(const SDL_Surface& upright, const Area& part, Rotation rotation,
                     SDL_Surface& panel);

}  // namespace hailong::kiosk::render
