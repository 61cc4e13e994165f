#pragma once

namespace hailong::kiosk {

/// How far the picture is turned, clockwise, to stand upright on a panel that is mounted turned.
enum class Rotation { kNone, kQuarter, kHalf, kThreeQuarters };

/// Whether the upright picture is as wide as the panel is high.
constexpr bool swaps_sides(Rotation rotation) {
  return rotation == Rotation::kQuarter || rotation == Rotation::kThreeQuarters;
}

/// A point, in pixels or in shares.
template <typename Number>
struct Spot {
  Number x{};
  Number y{};

  bool operator==(const Spot&) const = default;
};

/// Where a point of the upright picture lies on the panel. `right`, `bottom`: the picture's last
/// column and row for a pixel, its width and height for a place between pixels.
template <typename Number>
constexpr Spot<Number> on_panel(Rotation rotation, Spot<Number> at, Number right, Number bottom) {
  switch (rotation) {
    case Rotation::kQuarter:
      return {bottom - at.y, at.x};
    case Rotation::kHalf:
      return {right - at.x, bottom - at.y};
    case Rotation::kThreeQuarters:
      return {at.y, right - at.x};
    case Rotation::kNone:
      break;
  }
  return at;
}

/// The way back from on_panel().
template <typename Number>
constexpr Spot<Number> on_picture(Rotation rotation, Spot<Number> at, Number right, Number bottom) {
  switch (rotation) {
    case Rotation::kQuarter:
      return {at.y, bottom - at.x};
    case Rotation::kHalf:
      return {right - at.x, bottom - at.y};
    case Rotation::kThreeQuarters:
      return {right - at.y, at.x};
    case Rotation::kNone:
      break;
  }
  return at;
}

}  // namespace hailong::kiosk
