#pragma once

#include <cstdint>
#include <optional>
#include <vector>

struct ImDrawData;

namespace hailong::kiosk::render {

/// Whole pixels.
struct Area {
  int x = 0;
  int y = 0;
  int width = 0;
  int height = 0;

  bool operator==(const Area&) const = default;
};

/// Finds out where a frame differs from the one before: the smallest rectangle around all
/// triangles, old and new, that are not in both. Allocates only while frames grow.
class Damage {
 public:
  /// Nothing when both frames are the same.
  std::optional<Area> of(const ImDrawData& data);

  /// The next frame differs everywhere.
  void forget() { knows_last_ = false; }

 private:
  struct Corner {
    float x, y, u, v;
    std::uint32_t colour;

    bool operator==(const Corner&) const = default;
  };
  struct Triangle {
    Corner corners[3];
    const void* texture;

    bool operator==(const Triangle&) const = default;
  };

  static void list_triangles(const ImDrawData& data, std::vector<Triangle>& triangles);

  std::vector<Triangle> last_;
  std::vector<Triangle> now_;
  bool knows_last_ = false;
};

}  // namespace hailong::kiosk::render
