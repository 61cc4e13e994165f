#pragma once

/// The design system's sizes. The design is drawn for 1280 x 800 on a grid of 8 pixels; every other
/// window gets the same proportions, with text kept large on small windows, and what can be tapped
/// gets its least size in millimetres of the panel.

namespace hailong::kiosk::design {

struct Size {
  int width = 0;
  int height = 0;

  bool operator==(const Size&) const = default;
};

struct Rect {
  float x = 0;
  float y = 0;
  float width = 0;
  float height = 0;

  bool operator==(const Rect&) const = default;

  [[nodiscard]] float right() const { return x + width; }
  [[nodiscard]] float bottom() const { return y + height; }
  [[nodiscard]] float centre_x() const { return x + width / 2; }
  [[nodiscard]] float centre_y() const { return y + height / 2; }
  [[nodiscard]] bool contains(float px, float py) const {
    return px >= x && px < right() && py >= y && py < bottom();
  }
  [[nodiscard]] Rect inset(float by) const {
    return {x + by, y + by, width - 2 * by, height - 2 * by};
  }
};

/// The smallest window that the screens are made for is 1024 x 600 (or as narrow as 600 upright).
inline constexpr int kShortestSide = 600;
inline constexpr int kLongestSide = 7680;

/// Able users level off at targets of 20 mm; people whose hands tremble gain up to 30 mm.
inline constexpr float kTargetMm = 20;
inline constexpr float kFaceMm = 30;

/// A panel of 1280 x 800 pixels with a diagonal of 10.1 inches.
inline constexpr float kUsualPixelsPerMm = 5.88F;

/// What the resident has chosen: 1, 1.15 and 1.3 times the design's text sizes.
enum class TextSize { kA, kAPlus, kAPlusPlus };

/// Sizes in whole pixels of one window.
struct Metrics {
  Size window;
  bool upright = false;
  Rect stage;  // what is used of the window: all of it, or the lower 60 % of an upright one

  // The four text sizes, as the em of the font: 48, 28, 24 and 20 in the design.
  float question = 0;
  float answer = 0;
  float body = 0;
  float small = 0;
  float least = 0;  // 16, whatever the text size: where a word would not fit otherwise

  float grid = 0;         // 8 in the design
  float margin = 0;       // between contents and the window's edge: 40
  float gap = 0;          // between cards: 20
  float card = 0;         // width of a card: 224
  float face = 0;         // diameter of a face: 170
  float header = 0;       // height of the header: 80, or a target's
  float stroke = 0;       // thin lines: 2
  float icon = 0;         // side of a sign beside text of the answers' size: 35
  float small_icon = 0;   // side of a sign beside text of the body's size: 30
  float photo = 0;        // of an officer; the same in all text sizes
  float sign = 0;         // diameter of the tick of the thank-you: 110
  float target = 0;       // least side of what can be tapped: 20 mm, or the design's 116 pixels
  float face_target = 0;  // least side of what a face is tapped by
};

/// `pixels_per_mm` is the panel's density. With `lower`, an upright window keeps to its lower 60 %,
/// for people who sit; a lying one is low enough.
Metrics metrics_for(Size window, TextSize text = TextSize::kA, float pixels_per_mm = 0,
                    bool lower = false);

}  // namespace hailong::kiosk::design
