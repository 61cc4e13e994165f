#pragma once

#include <array>

#include "kiosk/design/colour.h"

/// The design system's colours. Every colour on a resident's screen comes from here. In both themes
/// text keeps a contrast of 7:1 with what it stands on, signs and outlines 3:1 (WCAG 2.1, 1.4.6 and
/// 1.4.11); tests/kiosk/theme_test.cc walks along the pairs below.

namespace hailong::kiosk::design {

enum class Contrast { kNormal, kHigh };

/// The colours of one look, named for what they do. "On" means: what stands on it.
struct Theme {
  Colour background;
  Colour surface;          // cards, tiles, keys, fields
  Colour surface_pressed;  // the same under a finger
  Colour note;             // behind a hint
  Colour chosen;           // a tile, key or switch that is on; a tick says so as well
  Colour chosen_pressed;
  Colour on_chosen;
  Colour text;
  Colour muted;   // what matters less, and is read all the same
  Colour danger;  // words that ask to mend something
  Colour accent;  // the way on: filled, or as the colour of words and signs that can be tapped
  Colour accent_pressed;
  Colour on_accent;
  Colour on_accent_muted;
  Colour header;
  Colour header_pressed;  // a switch on it under a finger
  Colour on_header;
  Colour on_header_muted;
  Colour outline;  // around what can be tapped
  Colour rule;     // between rows and across charts: order, no sign
  Colour focus;    // around what stepping with keys has come to
  Colour calm;     // the disc behind the tick of the thank-you
  Colour alert;    // the disc behind the sign of a failure
  Colour on_sign;  // the tick and the sign themselves
  Colour shadow;
  Colour ink;  // what faces are drawn with; the same on all five

  /// From Rất không hài lòng to Rất hài lòng: from warm to cold over a light middle, so that
  /// neighbours stay apart for every kind of colour blindness.
  std::array<Colour, 5> scale;

  /// Soft shadows under what lies on the background. Without them all boxes are outlined, and so
  /// are the discs of the faces.
  bool shadows = true;
};

/// Lives as long as the program.
const Theme& theme(Contrast contrast);

/// One colour on another.
struct ColourPair {
  const char* name;
  Colour Theme::*upper;
  Colour Theme::*lower;
};

/// Every colour of text with every ground that it stands on.
inline constexpr std::array kTextPairs{
    ColourPair{"text on background", &Theme::text, &Theme::background},
    ColourPair{"text on surface", &Theme::text, &Theme::surface},
    ColourPair{"text on pressed surface", &Theme::text, &Theme::surface_pressed},
    ColourPair{"text on note", &Theme::text, &Theme::note},
    ColourPair{"muted on background", &Theme::muted, &Theme::background},
    ColourPair{"muted on surface", &Theme::muted, &Theme::surface},
    ColourPair{"muted on pressed surface", &Theme::muted, &Theme::surface_pressed},
    ColourPair{"muted on note", &Theme::muted, &Theme::note},
    ColourPair{"danger on background", &Theme::danger, &Theme::background},
    ColourPair{"danger on surface", &Theme::danger, &Theme::surface},
    ColourPair{"danger on note", &Theme::danger, &Theme::note},
    ColourPair{"accent on background", &Theme::accent, &Theme::background},
    ColourPair{"accent on surface", &Theme::accent, &Theme::surface},
    ColourPair{"accent on pressed surface", &Theme::accent, &Theme::surface_pressed},
    ColourPair{"accent on note", &Theme::accent, &Theme::note},
    ColourPair{"on chosen", &Theme::on_chosen, &Theme::chosen},
    ColourPair{"on pressed chosen", &Theme::on_chosen, &Theme::chosen_pressed},
    ColourPair{"on accent", &Theme::on_accent, &Theme::accent},
    ColourPair{"on pressed accent", &Theme::on_accent, &Theme::accent_pressed},
    ColourPair{"muted on accent", &Theme::on_accent_muted, &Theme::accent},
    ColourPair{"on header", &Theme::on_header, &Theme::header},
    ColourPair{"on pressed header", &Theme::on_header, &Theme::header_pressed},
    ColourPair{"muted on header", &Theme::on_header_muted, &Theme::header},
};

/// Every outline and sign with what it must be seen against.
inline constexpr std::array kShapePairs{
    ColourPair{"outline on background", &Theme::outline, &Theme::background},
    ColourPair{"outline on surface", &Theme::outline, &Theme::surface},
    ColourPair{"outline on pressed surface", &Theme::outline, &Theme::surface_pressed},
    ColourPair{"chosen on background", &Theme::chosen, &Theme::background},
    ColourPair{"accent on background", &Theme::accent, &Theme::background},
    ColourPair{"focus on background", &Theme::focus, &Theme::background},
    ColourPair{"focus on surface", &Theme::focus, &Theme::surface},
    ColourPair{"calm disc on background", &Theme::calm, &Theme::background},
    ColourPair{"alert disc on background", &Theme::alert, &Theme::background},
    ColourPair{"tick on its disc", &Theme::on_sign, &Theme::calm},
    ColourPair{"alert on its disc", &Theme::on_sign, &Theme::alert},
};

}  // namespace hailong::kiosk::design
