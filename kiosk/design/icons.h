#pragma once

#include <cstddef>

#include "kiosk/design/picture.h"

namespace hailong::kiosk::design {

/// Signs in one stroke style. What they mean always stands beside them in words as well.
enum class Icon {
  kText,        // size of the text
  kContrast,    // black on white, white on black
  kLanguage,    // another language
  kSpeaker,     // spoken prompts are on
  kSpeakerOff,  // and off
  kLower,       // everything further down, for people in wheelchairs
  kBack,
  kForward,
  kUp,
  kDown,
  kTick,
  kBox,  // an empty box, to be ticked
  kInfo,
  kBackspace,
  kShift,
  kPhone,
  kPen,          // own words
  kDossier,      // a case and its papers
  kCounter,      // an officer behind a desk
  kCoin,         // money asked for; bears a đ
  kHelpingHand,  // two people: somebody helped
  kSearch,
  kClock,
  kReasons,  // a speech bubble with lines
  kQuestion,
};
inline constexpr std::size_t kIcons = 25;

/// White on nothing, to be tinted when it is drawn; `size` pixels wide and high. Lines are a
/// twelfth of that; made for 28 to 64 pixels.
Picture paint_icon(Icon icon, int size);

}  // namespace hailong::kiosk::design
