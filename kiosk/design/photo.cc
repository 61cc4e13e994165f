#include "kiosk/design/photo.h"

#include <cairo.h>

#include <algorithm>
#include <memory>

#include "kiosk/design/canvas.h"

namespace hailong::kiosk::design {

core::Result<Picture> read_photo(const std::filesystem::path& file, int diameter) {
  const std::unique_ptr<cairo_surface_t, decltype(&cairo_surface_destroy)> photo(
      cairo_image_surface_create_from_png(file.c_str()), &cairo_surface_destroy);
  if (cairo_surface_status(photo.get()) != CAIRO_STATUS_SUCCESS) {
    return core::fail(core::Fault::kInvalid, file.string() + ": expected a photo as PNG");
  }
  const double width = cairo_image_surface_get_width(photo.get());
  const double height = cairo_image_surface_get_height(photo.get());
  return paint(diameter, diameter, [&](cairo_t* to) {
    const double scale = diameter / std::min(width, height);
    circle(to, diameter / 2.0, diameter / 2.0, diameter / 2.0);
    cairo_clip(to);
    cairo_scale(to, scale, scale);
    // A portrait shows the face in its upper part.
    cairo_set_source_surface(to, photo.get(), (diameter / scale - width) / 2, 0);
    cairo_paint(to);
  });
}

}  // namespace hailong::kiosk::design
