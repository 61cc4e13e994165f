#pragma once

/// The design system's sizes. The design is drawn for 1280 x 800 on a grid of 8 pixels; every other
/// window gets the same proportions, with text kept large on small windows.

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

/// Sizes in whole pixels of one window.
struct Metrics {
  Size window;
  bool upright = false;

  // The four text sizes, as the em of the font: 48, 28, 24 and 20 in the design.
  float question = 0;
  float answer = 0;
  float body = 0;
  float small = 0;

  float grid = 0;    // 8 in the design
  float margin = 0;  // between contents and the window's edge: 40
  float gap = 0;     // between cards: 20
  float card = 0;    // width of a card: 224
  float radius = 0;  // of cards: 24
  float header = 0;  // height of the header: 80
  float button = 0;  // height of a button: 72
  float stroke = 0;  // thin lines: 2
};

Metrics metrics_for(Size window);

}  // namespace hailong::kiosk::design
