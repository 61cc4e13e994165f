#include "kiosk/design/canvas.h"

#include <algorithm>
#include <cmath>
#include <memory>

namespace hailong::kiosk::design {
namespace {

struct Free {
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
  void operator()(cairo_t* context) const { cairo_destroy(context); }
};

/// Takes Cairo's multiplication by alpha back.
std::uint32_t straight(std::uint32_t pixel) {
  const std::uint32_t alpha = pixel >> 24;
  if (alpha == 0 || alpha == 255) return pixel;
  const auto channel = [&](int shift) {
    const std::uint32_t value = (pixel >> shift) & 0xFF;
    return std::min<std::uint32_t>(255, (value * 255 + alpha / 2) / alpha) << shift;
  };
  return alpha << 24 | channel(16) | channel(8) | channel(0);
}

/// Of a point from the outline of a box with round corners; negative inside.
double distance(double x, double y, const Rect& box, double radius) {
  const double across = std::abs(x - box.centre_x()) - box.width / 2 + radius;
  const double along = std::abs(y - box.centre_y()) - box.height / 2 + radius;
  const double outside = std::hypot(std::max(across, 0.0), std::max(along, 0.0));
  return outside + std::min(std::max(across, along), 0.0) - radius;
}

/// As Cairo keeps it: multiplied by alpha.
std::uint32_t multiplied(Colour colour, double alpha) {
  const auto channel = [alpha](double value) {
    return static_cast<std::uint32_t>(std::lround(value * alpha));
  };
  return channel(255) << 24 | channel(colour.red) << 16 | channel(colour.green) << 8 |
         channel(colour.blue);
}

}  // namespace

Picture paint(int width, int height, const std::function<void(cairo_t*)>& draw) {
  Picture picture{width, height,
                  std::vector<std::uint32_t>(static_cast<std::size_t>(width) *
                                             static_cast<std::size_t>(height))};
  auto* bytes = reinterpret_cast<unsigned char*>(picture.pixels.data());
  const std::unique_ptr<cairo_surface_t, Free> surface(
      cairo_image_surface_create_for_data(bytes, CAIRO_FORMAT_ARGB32, width, height, width * 4));
  const std::unique_ptr<cairo_t, Free> context(cairo_create(surface.get()));
  draw(context.get());
  cairo_surface_flush(surface.get());
  for (std::uint32_t& pixel : picture.pixels) pixel = straight(pixel);
  return picture;
}

void set_colour(cairo_t* to, Colour colour, double alpha) {
  cairo_set_source_rgba(to, colour.red / 255.0, colour.green / 255.0, colour.blue / 255.0, alpha);
}

void rounded_rectangle(cairo_t* to, const Rect& rect, double radius) {
  cairo_new_sub_path(to);
  cairo_arc(to, rect.right() - radius, rect.y + radius, radius, -kPi / 2, 0);
  cairo_arc(to, rect.right() - radius, rect.bottom() - radius, radius, 0, kPi / 2);
  cairo_arc(to, rect.x + radius, rect.bottom() - radius, radius, kPi / 2, kPi);
  cairo_arc(to, rect.x + radius, rect.y + radius, radius, kPi, 3 * kPi / 2);
  cairo_close_path(to);
}

void soft_shadow(cairo_t* to, Colour colour, const Rect& box, double radius, double spread,
                 double strength) {
  cairo_surface_t* surface = cairo_get_target(to);
  cairo_surface_flush(surface);
  auto* pixels = reinterpret_cast<std::uint32_t*>(cairo_image_surface_get_data(surface));
  const int width = cairo_image_surface_get_width(surface);
  const int height = cairo_image_surface_get_height(surface);
  const double drop = spread * kShadowDrop;
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x, ++pixels) {
      const double away = distance(x + 0.5, y + 0.5 - drop, box, radius);
      *pixels = multiplied(colour, strength * std::clamp(0.5 - away / spread, 0.0, 1.0));
    }
  }
  cairo_surface_mark_dirty(surface);
}

void circle(cairo_t* to, double x, double y, double radius) {
  cairo_new_sub_path(to);
  cairo_arc(to, x, y, radius, 0, 2 * kPi);
  cairo_close_path(to);
}

}  // namespace hailong::kiosk::design
