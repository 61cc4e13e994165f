#include "kiosk/render/sdl_renderer.h"

#include <imgui.h>

#include <algorithm>
#include <string>
#include <utility>

namespace hailong::kiosk::render {
namespace {

/// The part of a draw command's clip rectangle that lies in `area`.
SDL_Rect clip_of(const ImVec4& clip, const Area& area) {
  const int left = std::max(static_cast<int>(clip.x), area.x);
  const int top = std::max(static_cast<int>(clip.y), area.y);
  const int right = std::min(static_cast<int>(clip.z), area.x + area.width);
  const int bottom = std::min(static_cast<int>(clip.w), area.y + area.height);
  return {left, top, right - left, bottom - top};
}

void draw_command(SDL_Renderer* renderer, const ImDrawList& list, const ImDrawCmd& command) {
  const auto* vertices = list.VtxBuffer.Data + command.VtxOffset;
  const ImDrawIdx* indices = list.IdxBuffer.Data + command.IdxOffset;
  constexpr int kStride = sizeof(ImDrawVert);
  SDL_RenderGeometryRaw(renderer, static_cast<SDL_Texture*>(command.GetTexID()), &vertices->pos.x,
                        kStride, reinterpret_cast<const SDL_Color*>(&vertices->col), kStride,
                        &vertices->uv.x, kStride,
                        list.VtxBuffer.Size - static_cast<int>(command.VtxOffset), indices,
                        static_cast<int>(command.ElemCount), sizeof(ImDrawIdx));
}

}  // namespace

core::Failure sdl_failure(const char* doing) {
  return core::fail(core::Fault::kIo, std::string(doing) + ": " + SDL_GetError());
}

core::Result<Texture> Canvas::add(const design::Picture& picture) {
  std::unique_ptr<SDL_Texture, Destroy> texture(
      SDL_CreateTexture(renderer.get(), SDL_PIXELFORMAT_ARGB8888, SDL_TEXTUREACCESS_STATIC,
                        picture.width, picture.height));
  if (!texture) return sdl_failure("making a texture");
  const int pitch = picture.width * static_cast<int>(sizeof(std::uint32_t));
  if (SDL_UpdateTexture(texture.get(), nullptr, picture.pixels.data(), pitch) != 0) {
    return sdl_failure("filling a texture");
  }
  SDL_SetTextureBlendMode(texture.get(), SDL_BLENDMODE_BLEND);
  textures.push_back(std::move(texture));
  return textures.back().get();
}

void Canvas::draw(const ImDrawData& data, design::Colour background, const Area& area) {
  const SDL_Rect whole{area.x, area.y, area.width, area.height};
  SDL_RenderSetClipRect(renderer.get(), &whole);
  SDL_SetRenderDrawColor(renderer.get(), background.red, background.green, background.blue, 255);
  SDL_RenderFillRect(renderer.get(), &whole);
  for (int l = 0; l < data.CmdListsCount; ++l) {
    const ImDrawList& list = *data.CmdLists[l];
    for (const ImDrawCmd& command : list.CmdBuffer) {
      const SDL_Rect clip = clip_of(command.ClipRect, area);
      if (clip.w <= 0 || clip.h <= 0) continue;
      SDL_RenderSetClipRect(renderer.get(), &clip);
      draw_command(renderer.get(), list, command);
    }
  }
}

}  // namespace hailong::kiosk::render
