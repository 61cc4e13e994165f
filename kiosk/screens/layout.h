#pragma once

#include <array>
#include <string>

#include "kiosk/design/fonts.h"
#include "kiosk/design/metrics.h"
#include "kiosk/design/text.h"
#include "kiosk/texts.h"

/// Where everything is on every screen, worked out once for a window's size.
///
/// The contract: five equal columns over the full width, score 1 at the left; a tap at 55 % of the
/// height in the middle of a column hits its face at every supported size.

namespace hailong::kiosk::screens {

/// Who asks.
struct Place {
  std::string unit;     // "UBND xã Phú Thái"
  std::string place;    // "Bộ phận Một cửa"
  std::string counter;  // "Quầy số 1"
};

/// The card of one answer.
struct FaceCard {
  design::Rect card;
  design::Rect hit;  // the card and half of the gaps beside it; no pixel between two faces is dead
  design::Rect face;
  design::TextBlock label;
};

struct Button {
  design::Rect rect;
  design::TextBlock label;
};

/// A sign, a title and a sentence in the middle of the screen.
struct Message {
  design::Rect sign;
  design::TextBlock title;
  design::TextBlock body;
};

struct Layout {
  design::Metrics metrics;

  design::Rect header;
  design::TextBlock unit;
  design::TextBlock place;
  design::TextBlock counter;

  design::TextBlock question;
  design::TextBlock again;
  std::array<FaceCard, 5> faces;  // [0] is score 1
  design::TextBlock hint;
  Button keep;

  Message thanks;
  Button choose_again;
  std::array<design::TextBlock, 30> countdown;  // [0] says that one second is left

  Message sorry;
};

Layout lay_out(const design::Metrics& metrics, const design::Fonts& fonts, const Texts& texts,
               const Place& place);

}  // namespace hailong::kiosk::screens
