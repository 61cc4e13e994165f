#include "kiosk/design/skins.h"

#include <cairo.h>

#include <algorithm>
#include <cmath>

#include "kiosk/design/canvas.h"

namespace hailong::kiosk::design {
namespace {

/// What a box is made of.
struct Box {
  float radius = 0;  // pixels
  std::optional<Colour> fill;
  std::optional<Colour> outline;
  float stroke = 0;  // of the outline, pixels, inside the box
  float shadow = 0;  // how far it spreads, pixels; 0: none
};

float radius_of(const Metrics& m, Skin skin) {
  switch (skin) {
    case Skin::kCard:
      return 3 * m.grid;
    case Skin::kTile:
    case Skin::kAction:
      return std::round(2.5F * m.grid);
    case Skin::kButton:
    case Skin::kPrimary:
      return std::floor(m.target / 2);
    case Skin::kKey:
    case Skin::kField:
      return std::round(1.5F * m.grid);
    case Skin::kSwitch:
    case Skin::kNote:
      return 2 * m.grid;
  }
  return 0;
}

/// How far the shadow spreads, in grids.
float lift_of(Skin skin) {
  switch (skin) {
    case Skin::kCard:
      return 2.4F;
    case Skin::kTile:
    case Skin::kButton:
    case Skin::kPrimary:
    case Skin::kAction:
      return 1.5F;
    case Skin::kKey:
      return 0.75F;
    case Skin::kField:
    case Skin::kSwitch:
    case Skin::kNote:
      break;
  }
  return 0;
}

std::optional<Colour> resting_outline(const Theme& t, Skin skin) {
  switch (skin) {
    case Skin::kTile:
    case Skin::kKey:
    case Skin::kField:
      return t.outline;
    case Skin::kButton:
      return t.accent;
    case Skin::kCard:
    case Skin::kPrimary:
    case Skin::kAction:
      break;
    case Skin::kSwitch:
    case Skin::kNote:
      return std::nullopt;
  }
  if (t.shadows) return std::nullopt;
  return t.outline;
}

/// Whether being chosen fills the whole thing; others only get another outline.
bool fills_when_chosen(Skin skin) {
  return skin != Skin::kCard && skin != Skin::kField && skin != Skin::kNote;
}

std::optional<Colour> chosen_outline(const Theme& t, Skin skin) {
  if (!fills_when_chosen(skin)) return t.accent;
  if (skin == Skin::kSwitch) return t.on_header;
  return t.shadows ? t.chosen_pressed : t.outline;
}

Box box_of(const Theme& t, const Metrics& m, Skin skin, State state) {
  Box box;
  box.radius = radius_of(m, skin);
  if (is_pressed(state)) box.radius = std::floor(box.radius * kPressedScale);
  box.fill = ground_of(t, skin, state);
  if (is_chosen(state)) {
    box.outline = chosen_outline(t, skin);
    box.stroke = 2 * m.stroke;
  } else {
    box.outline = resting_outline(t, skin);
    box.stroke = m.stroke;
  }
  if (t.shadows) box.shadow = lift_of(skin) * m.grid * (is_pressed(state) ? 0.4F : 1);
  return box;
}

constexpr double kShadowStrength = 0.11;

void draw_box(cairo_t* to, const Rect& rect, const Box& box) {
  if (box.fill) {
    rounded_rectangle(to, rect, box.radius);
    set_colour(to, *box.fill);
    cairo_fill(to);
  }
  if (box.outline) {
    rounded_rectangle(to, rect.inset(box.stroke / 2), std::max(1.0F, box.radius - box.stroke / 2));
    set_colour(to, *box.outline);
    cairo_set_line_width(to, box.stroke);
    cairo_stroke(to);
  }
}

constexpr float kBetweenCorners = 2;  // where the edges are read

}  // namespace

Rect drawn_rect(const Rect& rect, State state) {
  if (!is_pressed(state)) return rect;
  constexpr float kInset = (1 - kPressedScale) / 2;
  const float x = std::round(rect.width * kInset);
  const float y = std::round(rect.height * kInset);
  return {rect.x + x, rect.y + y, rect.width - 2 * x, rect.height - 2 * y};
}

std::optional<Colour> ground_of(const Theme& t, Skin skin, State state) {
  const bool pressed = is_pressed(state);
  if (is_chosen(state) && fills_when_chosen(skin)) return pressed ? t.chosen_pressed : t.chosen;
  switch (skin) {
    case Skin::kPrimary:
    case Skin::kAction:
      return pressed ? t.accent_pressed : t.accent;
    case Skin::kNote:
      return t.note;
    case Skin::kSwitch:
      return pressed ? std::optional(t.header_pressed) : std::nullopt;
    case Skin::kCard:
    case Skin::kTile:
    case Skin::kButton:
    case Skin::kKey:
    case Skin::kField:
      break;
  }
  return pressed ? t.surface_pressed : t.surface;
}

Colour text_on(const Theme& t, Skin skin, State state) {
  if (is_chosen(state) && fills_when_chosen(skin)) return t.on_chosen;
  switch (skin) {
    case Skin::kPrimary:
    case Skin::kAction:
      return t.on_accent;
    case Skin::kSwitch:
      return t.on_header;
    case Skin::kButton:
      return t.accent;
    case Skin::kCard:
    case Skin::kTile:
    case Skin::kKey:
    case Skin::kField:
    case Skin::kNote:
      break;
  }
  return t.text;
}

bool is_painted(Skin skin, State state) {
  return state != State::kResting || skin != Skin::kSwitch;
}

SlicedPicture paint_skin(const Theme& theme, const Metrics& metrics, Skin skin, State state) {
  const Box box = box_of(theme, metrics, skin, state);
  const float margin = std::ceil(box.shadow * kShadowReach);
  SlicedPicture sliced;
  Slice& slice = sliced.slice;
  slice.margin = margin;
  slice.corner = margin + std::max(box.radius, box.stroke);
  slice.edge = margin + (box.outline ? box.stroke : 0);
  slice.side = 2 * slice.corner + kBetweenCorners;
  sliced.middle = box.fill;
  const auto side = static_cast<int>(slice.side);
  sliced.picture = paint(side, side, [&](cairo_t* to) {
    const Rect rect = Rect{0, 0, slice.side, slice.side}.inset(margin);
    if (box.shadow > 0) {
      soft_shadow(to, theme.shadow, rect, box.radius, box.shadow, kShadowStrength);
    }
    draw_box(to, rect, box);
  });
  sliced.edges = read_edges(sliced.picture, slice);
  return sliced;
}

SlicedPicture paint_focus(const Theme& theme, const Metrics& metrics, Skin skin) {
  // From the inside: a thin line of the background, a broad one of the focus, a thin one again.
  const float line = metrics.stroke;
  const float margin = 5 * line;
  SlicedPicture sliced;
  Slice& slice = sliced.slice;
  slice.margin = margin;
  slice.corner = margin + radius_of(metrics, skin);
  slice.edge = margin;
  slice.side = 2 * slice.corner + kBetweenCorners;
  const auto side = static_cast<int>(slice.side);
  sliced.picture = paint(side, side, [&](cairo_t* to) {
    const Rect whole{0, 0, slice.side, slice.side};
    const float radius = radius_of(metrics, skin) + margin / 2;
    rounded_rectangle(to, whole.inset(margin / 2), radius);
    set_colour(to, theme.background);
    cairo_set_line_width(to, margin);
    cairo_stroke_preserve(to);
    set_colour(to, theme.focus);
    cairo_set_line_width(to, 3 * line);
    cairo_stroke(to);
  });
  sliced.edges = read_edges(sliced.picture, slice);
  return sliced;
}

}  // namespace hailong::kiosk::design
