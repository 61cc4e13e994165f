#pragma once

/// How one resident wants the kiosk to be. Back to the default for the next person.

namespace hailong::kiosk::flow {

enum class TextSize { kNormal, kLarge, kLargest };  // A, A+, A++
enum class Contrast { kNormal, kHigh };
enum class Language { kVietnamese, kEnglish };

struct Preferences {
  TextSize text = TextSize::kNormal;
  Contrast contrast = Contrast::kNormal;
  Language language = Language::kVietnamese;
  bool sound = false;  // prompts are spoken
  bool lower = false;  // everything in the lower 60 % of an upright screen, for wheelchair users

  bool operator==(const Preferences&) const = default;
};

/// What a switch of the header changes.
enum class Preference { kText, kContrast, kLanguage, kSound, kLower };

/// What a tap on the switch makes of `now`: sizes go round, everything else is on or off.
inline Preferences switched(Preferences now, Preference which) {
  switch (which) {
    case Preference::kText:
      now.text = now.text == TextSize::kNormal  ? TextSize::kLarge
                 : now.text == TextSize::kLarge ? TextSize::kLargest
                                                : TextSize::kNormal;
      break;
    case Preference::kContrast:
      now.contrast = now.contrast == Contrast::kNormal ? Contrast::kHigh : Contrast::kNormal;
      break;
    case Preference::kLanguage:
      now.language =
          now.language == Language::kVietnamese ? Language::kEnglish : Language::kVietnamese;
      break;
    case Preference::kSound:
      now.sound = !now.sound;
      break;
    case Preference::kLower:
      now.lower = !now.lower;
      break;
  }
  return now;
}

}  // namespace hailong::kiosk::flow
