#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "kiosk/design/colour.h"
#include "kiosk/design/metrics.h"
#include "kiosk/design/picture.h"

/// A box of any size out of one small picture. Its corners are copied as they are; its edges, which
/// look the same all along, are drawn as lines; its middle is one colour and filled. Without a GPU,
/// lines and fills take a tenth of the time of stretching the picture.

namespace hailong::kiosk::design {

/// How a square picture of a box is cut up; whole pixels.
struct Slice {
  float side = 0;    // of the picture
  float margin = 0;  // what the picture shows beyond the box on each side, for its shadow
  float corner = 0;  // side of a corner's square, margin included
  float edge = 0;    // from the picture's side to where the flat middle begins, margin included
};

/// A line along an edge: from how deep to how deep, seen from the picture's side, in pixels.
struct EdgeLine {
  float from = 0;
  float to = 0;
  Colour colour;
  std::uint8_t alpha = 0;

  bool operator==(const EdgeLine&) const = default;
};

enum class Side { kTop, kRight, kBottom, kLeft };
inline constexpr std::size_t kSides = 4;

/// The lines of each side, from the outside; what cannot be seen is left out.
using EdgeLines = std::array<std::vector<EdgeLine>, kSides>;

/// A picture of a box, to be drawn in any size.
struct SlicedPicture {
  Picture picture;
  Slice slice;
  EdgeLines edges;
  std::optional<Colour> middle;  // nothing: what lies under the box shows through
};

/// A corner of the picture and where it is drawn.
struct Corner {
  Rect from;
  Rect to;
};

/// All parts of one box. They cover it and its margin without a gap and without overlapping; parts
/// may be empty.
struct Patches {
  std::array<Corner, 4> corners;
  std::array<Rect, kSides> edges;
  std::array<Rect, 3> fills;
};

/// Reads the lines of a picture's edges where it is cut between its corners.
EdgeLines read_edges(const Picture& picture, const Slice& slice);

/// Lays a box over `rect`, rounded to whole pixels. A box too small for its corners gets smaller
/// ones. Allocates nothing.
Patches cut(const Slice& slice, const Rect& rect);

/// Where a line lies in an edge; empty if the edge is too narrow for it.
Rect line_in(const Rect& edge, Side side, const EdgeLine& line);

}  // namespace hailong::kiosk::design
