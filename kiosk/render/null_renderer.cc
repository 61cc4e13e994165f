#include "kiosk/render/null_renderer.h"

#include <cstdint>
#include <numeric>

namespace hailong::kiosk::render {

core::Result<Texture> NullRenderer::add(const design::Picture& picture) {
  ++added_;
  bytes_.push_back(picture.pixels.size() * sizeof(std::uint32_t));
  return static_cast<Texture>(&bytes_.back());
}

void NullRenderer::remove(Texture texture) {
  bytes_.remove_if([texture](const std::size_t& own) { return &own == texture; });
  damage_.forget();
}

bool NullRenderer::draw(const ImDrawData& data, design::Colour /*background*/) {
  if (!damage_.of(data)) return false;
  ++frames_;
  return true;
}

std::size_t NullRenderer::bytes() const {
  return std::accumulate(bytes_.begin(), bytes_.end(), std::size_t{0});
}

std::unique_ptr<NullRenderer> make_null_renderer() { return std::make_unique<NullRenderer>(); }

}  // namespace hailong::kiosk::render
