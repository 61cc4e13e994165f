#include "tests/kiosk/png.h"

#include <cairo.h>

#include <cstring>
#include <memory>

namespace hailong::tests {
namespace {

using kiosk::design::Picture;

struct DestroyCairo {
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};
using CairoSurface = std::unique_ptr<cairo_surface_t, DestroyCairo>;

}  // namespace

std::optional<Picture> read_png(const std::filesystem::path& file) {
  const CairoSurface surface(cairo_image_surface_create_from_png(file.c_str()));
  if (cairo_surface_status(surface.get()) != CAIRO_STATUS_SUCCESS) return std::nullopt;
  Picture picture;
  picture.width = cairo_image_surface_get_width(surface.get());
  picture.height = cairo_image_surface_get_height(surface.get());
  const auto width = static_cast<std::size_t>(picture.width);
  picture.pixels.resize(width * static_cast<std::size_t>(picture.height));
  const unsigned char* rows = cairo_image_surface_get_data(surface.get());
  for (int y = 0; y < picture.height; ++y) {
    std::memcpy(&picture.pixels[static_cast<std::size_t>(y) * width],
                rows + std::ptrdiff_t{y} * cairo_image_surface_get_stride(surface.get()),
                width * sizeof(std::uint32_t));
  }
  for (std::uint32_t& pixel : picture.pixels) pixel |= 0xFF000000;
  return picture;
}

bool write_png(const Picture& picture, const std::filesystem::path& file) {
  Picture copy = picture;
  auto* bytes = reinterpret_cast<unsigned char*>(copy.pixels.data());
  const CairoSurface surface(cairo_image_surface_create_for_data(
      bytes, CAIRO_FORMAT_RGB24, copy.width, copy.height, copy.width * 4));
  std::error_code error;
  std::filesystem::create_directories(file.parent_path(), error);
  return cairo_surface_write_to_png(surface.get(), file.c_str()) == CAIRO_STATUS_SUCCESS;
}

}  // namespace hailong::tests
