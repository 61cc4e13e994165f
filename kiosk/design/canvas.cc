#include "kiosk/design/canvas.h"

#include <algorithm>
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

}  // namespace hailong::kiosk::design
