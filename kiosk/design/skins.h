#pragma once

#include <cstddef>
#include <optional>

#include "kiosk/design/metrics.h"
#include "kiosk/design/slices.h"
#include "kiosk/design/theme.h"

/// The boxes of everything that can be tapped, and of what lies beside it.

namespace hailong::kiosk::design {

enum class Skin {
  kCard,     // under a face
  kTile,     // an answer that can be chosen
  kButton,   // an outlined pill
  kPrimary,  // a filled pill: the way on
  kAction,   // the same as a box, for rows that are too low for pills
  kKey,      // of the keyboard
  kField,    // where text is written; chosen: where it goes now
  kSwitch,   // on the header, no box at rest; chosen: it is on
  kNote,     // behind a hint; not for tapping
};
inline constexpr std::size_t kSkins = 9;

enum class State { kResting, kPressed, kChosen, kChosenPressed };
inline constexpr std::size_t kStates = 4;

constexpr bool is_pressed(State state) {
  return state == State::kPressed || state == State::kChosenPressed;
}
constexpr bool is_chosen(State state) {
  return state == State::kChosen || state == State::kChosenPressed;
}

/// How much smaller a pressed thing is.
inline constexpr float kPressedScale = 0.96F;

/// Where a thing of `rect` is drawn in a state: pressed, it is smaller. Whole pixels.
Rect drawn_rect(const Rect& rect, State state);

/// What a skin is filled with; nothing: what lies under it shows through.
std::optional<Colour> ground_of(const Theme& theme, Skin skin, State state);

/// The colour of words and signs on a skin, 7:1 with its ground, or where it has none with the
/// background or, under a switch, the header.
Colour text_on(const Theme& theme, Skin skin, State state);

/// Whether there is anything to see of a skin in a state.
bool is_painted(Skin skin, State state);

/// Paints a skin for stretching. Chosen things have a heavier outline beside their colour.
SlicedPicture paint_skin(const Theme& theme, const Metrics& metrics, Skin skin, State state);

/// A ring that lies around a thing of `skin`, seen on every ground by its two colours.
SlicedPicture paint_focus(const Theme& theme, const Metrics& metrics, Skin skin);

}  // namespace hailong::kiosk::design
