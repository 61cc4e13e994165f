#include "kiosk/design/slices.h"

#include <algorithm>
#include <cmath>

namespace hailong::kiosk::design {
namespace {

/// One direction of the box: where its picture begins, where the edge ends, and so on.
struct Cuts {
  float begin, edge, corner, corner_end, edge_end, end;

  Cuts(const Slice& slice, float from, float to) {
    begin = std::round(from) - slice.margin;
    end = std::max(begin, std::round(to) + slice.margin);
    const float room = std::floor((end - begin) / 2);
    corner = begin + std::min(slice.corner, room);
    corner_end = end - std::min(slice.corner, room);
    edge = begin + std::min(slice.edge, room);
    edge_end = end - std::min(slice.edge, room);
  }
};

Rect between(float left, float top, float right, float bottom) {
  return {left, top, right - left, bottom - top};
}

/// The picture's pixels from one side to the flat middle, halfway along that side.
class Depths {
 public:
  Depths(const Picture& picture, const Slice& slice, Side side)
      : picture_(picture), side_(side), count_(static_cast<int>(slice.edge)) {}

  [[nodiscard]] int count() const { return count_; }

  [[nodiscard]] std::uint32_t at(int depth) const {
    const int middle = picture_.width / 2;
    const int far = picture_.width - 1 - depth;
    switch (side_) {
      case Side::kTop:
        return pixel(middle, depth);
      case Side::kRight:
        return pixel(far, middle);
      case Side::kBottom:
        return pixel(middle, far);
      case Side::kLeft:
        break;
    }
    return pixel(depth, middle);
  }

 private:
  [[nodiscard]] std::uint32_t pixel(int x, int y) const {
    return picture_.pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(picture_.width) +
                           static_cast<std::size_t>(x)];
  }

  const Picture& picture_;
  Side side_;
  int count_;
};

std::vector<EdgeLine> lines_of(const Depths& depths) {
  std::vector<EdgeLine> lines;
  for (int from = 0, to = 0; from < depths.count(); from = to) {
    const std::uint32_t pixel = depths.at(from);
    for (to = from + 1; to < depths.count() && depths.at(to) == pixel;) ++to;
    const auto channel = [pixel](int shift) {
      return static_cast<std::uint8_t>(pixel >> shift & 0xFF);
    };
    if (channel(24) == 0) continue;
    lines.push_back({static_cast<float>(from),
                     static_cast<float>(to),
                     {channel(16), channel(8), channel(0)},
                     channel(24)});
  }
  return lines;
}

}  // namespace

EdgeLines read_edges(const Picture& picture, const Slice& slice) {
  EdgeLines edges;
  for (std::size_t side = 0; side < kSides; ++side) {
    edges[side] = lines_of(Depths(picture, slice, static_cast<Side>(side)));
  }
  return edges;
}

Patches cut(const Slice& slice, const Rect& rect) {
  const Cuts x(slice, rect.x, rect.right());
  const Cuts y(slice, rect.y, rect.bottom());
  const float size = slice.corner;
  const float far = slice.side - size;
  Patches patches;
  patches.corners = {{
      {{0, 0, size, size}, between(x.begin, y.begin, x.corner, y.corner)},
      {{far, 0, size, size}, between(x.corner_end, y.begin, x.end, y.corner)},
      {{0, far, size, size}, between(x.begin, y.corner_end, x.corner, y.end)},
      {{far, far, size, size}, between(x.corner_end, y.corner_end, x.end, y.end)},
  }};
  patches.edges = {between(x.corner, y.begin, x.corner_end, y.edge),
                   between(x.edge_end, y.corner, x.end, y.corner_end),
                   between(x.corner, y.edge_end, x.corner_end, y.end),
                   between(x.begin, y.corner, x.edge, y.corner_end)};
  // The middle as a cross: what is between the corners, from edge to edge.
  patches.fills = {between(x.corner, y.edge, x.corner_end, y.edge_end),
                   between(x.edge, y.corner, x.corner, y.corner_end),
                   between(x.corner_end, y.corner, x.edge_end, y.corner_end)};
  return patches;
}

Rect line_in(const Rect& edge, Side side, const EdgeLine& line) {
  const bool lies = side == Side::kTop || side == Side::kBottom;
  const float room = lies ? edge.height : edge.width;
  const float from = std::min(line.from, room);
  const float to = std::min(line.to, room);
  switch (side) {
    case Side::kTop:
      return between(edge.x, edge.y + from, edge.right(), edge.y + to);
    case Side::kRight:
      return between(edge.right() - to, edge.y, edge.right() - from, edge.bottom());
    case Side::kBottom:
      return between(edge.x, edge.bottom() - to, edge.right(), edge.bottom() - from);
    case Side::kLeft:
      break;
  }
  return between(edge.x + from, edge.y, edge.x + to, edge.bottom());
}

}  // namespace hailong::kiosk::design
