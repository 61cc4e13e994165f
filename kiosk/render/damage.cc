#include "kiosk/render/damage.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace hailong::kiosk::render {
namespace {

/// Grows around points.
struct Bounds {
  float left = INFINITY;
  float top = INFINITY;
  float right = -INFINITY;
  float bottom = -INFINITY;

  void include(float x, float y) {
    left = std::min(left, x);
    top = std::min(top, y);
    right = std::max(right, x);
    bottom = std::max(bottom, y);
  }
};

/// The whole pixels that `bounds` touch, with one more around for what the renderer rounds, inside
/// the frame.
std::optional<Area> area_of(const Bounds& bounds, const ImVec2& size) {
  const float left = std::max(0.0F, std::floor(bounds.left) - 1);
  const float top = std::max(0.0F, std::floor(bounds.top) - 1);
  const float right = std::min(size.x, std::ceil(bounds.right) + 1);
  const float bottom = std::min(size.y, std::ceil(bounds.bottom) + 1);
  if (right <= left || bottom <= top) return std::nullopt;
  return Area{static_cast<int>(left), static_cast<int>(top), static_cast<int>(right - left),
              static_cast<int>(bottom - top)};
}

}  // namespace

void Damage::list_triangles(const ImDrawData& data, std::vector<Triangle>& triangles) {
  triangles.clear();
  for (int l = 0; l < data.CmdListsCount; ++l) {
    const ImDrawList& list = *data.CmdLists[l];
    for (const ImDrawCmd& command : list.CmdBuffer) {
      for (unsigned int i = 0; i + 2 < command.ElemCount; i += 3) {
        Triangle triangle{};
        triangle.texture = command.GetTexID();
        for (unsigned int c = 0; c < 3; ++c) {
          const auto index = list.IdxBuffer[static_cast<int>(command.IdxOffset + i + c)];
          const ImDrawVert& vertex = list.VtxBuffer[static_cast<int>(command.VtxOffset + index)];
          triangle.corners[c] = {vertex.pos.x, vertex.pos.y, vertex.uv.x, vertex.uv.y, vertex.col};
        }
        triangles.push_back(triangle);
      }
    }
  }
}

std::optional<Area> Damage::of(const ImDrawData& data) {
  std::swap(last_, now_);
  list_triangles(data, now_);
  const auto count = static_cast<std::ptrdiff_t>(std::min(last_.size(), now_.size()));
  if (!knows_last_) {
    knows_last_ = true;
    return area_of({0, 0, data.DisplaySize.x, data.DisplaySize.y}, data.DisplaySize);
  }
  Bounds bounds;
  const auto include = [&bounds](const Triangle& triangle) {
    for (const Corner& corner : triangle.corners) bounds.include(corner.x, corner.y);
  };
  // Frames with as many triangles differ here and there; otherwise a run was put in or taken out
  // between what is the same at both ends.
  std::ptrdiff_t first = 0;
  std::ptrdiff_t same_at_end = 0;
  if (last_.size() != now_.size()) {
    first = std::mismatch(last_.begin(), last_.begin() + count, now_.begin()).first - last_.begin();
    same_at_end =
        std::mismatch(last_.rbegin(), last_.rbegin() + (count - first), now_.rbegin()).first -
        last_.rbegin();
    std::for_each(last_.begin() + first, last_.end() - same_at_end, include);
    std::for_each(now_.begin() + first, now_.end() - same_at_end, include);
  } else {
    for (std::ptrdiff_t i = 0; i < count; ++i) {
      const auto at = static_cast<std::size_t>(i);
      if (last_[at] == now_[at]) continue;
      include(last_[at]);
      include(now_[at]);
    }
  }
  return area_of(bounds, data.DisplaySize);
}

}  // namespace hailong::kiosk::render
