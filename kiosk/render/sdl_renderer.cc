#include "kiosk/render/sdl_renderer.h"

#include <imgui.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

#include "kiosk/render/plain_fill.h"
#include "kiosk/render/turn.h"

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

/// Where the vertices of a draw list go on the panel.
struct Positions {
  const std::byte* first = nullptr;
  int stride = 0;
};

Positions upright_positions(const ImDrawList& list) {
  return {reinterpret_cast<const std::byte*>(list.VtxBuffer.Data) + offsetof(ImDrawVert, pos),
          sizeof(ImDrawVert)};
}

/// `turned` grows with the draw lists, and then is used again and again.
Positions turned_positions(const ImDrawList& list, Rotation rotation, const ImVec2& size,
                           std::vector<ImVec2>& turned) {
  turned.clear();
  for (const ImDrawVert& vertex : list.VtxBuffer) {
    const auto at =
        kiosk::on_panel(rotation, Spot<float>{vertex.pos.x, vertex.pos.y}, size.x, size.y);
    turned.emplace_back(at.x, at.y);
  }
  return {reinterpret_cast<const std::byte*>(turned.data()), sizeof(ImVec2)};
}

/// Draws `count` of a command's indices, from `first`.
void draw_triangles(SDL_Renderer* renderer, const ImDrawList& list, const Positions& positions,
                    const ImDrawCmd& command, unsigned int first, unsigned int count) {
  if (count == 0) return;
  const auto* vertices = list.VtxBuffer.Data + command.VtxOffset;
  const ImDrawIdx* indices = list.IdxBuffer.Data + command.IdxOffset + first;
  constexpr int kStride = sizeof(ImDrawVert);
  const auto* places = reinterpret_cast<const float*>(
      positions.first + std::ptrdiff_t{command.VtxOffset} * positions.stride);
  SDL_RenderGeometryRaw(renderer, static_cast<SDL_Texture*>(command.GetTexID()), places,
                        positions.stride, reinterpret_cast<const SDL_Color*>(&vertices->col),
                        kStride, &vertices->uv.x, kStride,
                        list.VtxBuffer.Size - static_cast<int>(command.VtxOffset), indices,
                        static_cast<int>(count), sizeof(ImDrawIdx));
}

/// Takes plain rectangles out of a command and draws them faster than SDL would.
void draw_with_fills(SDL_Renderer* renderer, SDL_Surface& surface, const ImDrawList& list,
                     const ImDrawCmd& command, const SDL_Rect& clip) {
  constexpr unsigned int kRectangle = 6;  // indices
  const auto* vertices = list.VtxBuffer.Data + command.VtxOffset;
  const ImDrawIdx* indices = list.IdxBuffer.Data + command.IdxOffset;
  const Positions positions = upright_positions(list);
  unsigned int waiting = 0;  // first index that is not drawn yet
  for (unsigned int at = 0; at + kRectangle <= command.ElemCount; at += kRectangle) {
    const auto fill = plain_fill(vertices, indices + at);
    if (!fill) continue;
    draw_triangles(renderer, list, positions, command, waiting, at - waiting);
    SDL_RenderFlush(renderer);  // what lies under it
    render::draw(surface, *fill, clip);
    waiting = at + kRectangle;
  }
  draw_triangles(renderer, list, positions, command, waiting, command.ElemCount - waiting);
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

void Canvas::remove(Texture texture) {
  std::erase_if(textures, [texture](const auto& own) { return own.get() == texture; });
}

void Canvas::clear(design::Colour colour, const SDL_Rect& area) {
  const auto& [red, green, blue] = colour;
  if (surface != nullptr) {
    render::draw(*surface, {area, {red, green, blue, 255}}, area);
    return;
  }
  SDL_RenderSetClipRect(renderer.get(), &area);
  SDL_SetRenderDrawColor(renderer.get(), red, green, blue, 255);
  SDL_RenderFillRect(renderer.get(), &area);
}

void Canvas::draw(const ImDrawData& data, design::Colour background, const Area& area) {
  const ImVec2 size = data.DisplaySize;
  const auto placed = [this, &size](const SDL_Rect& part) {
    return on_panel(rotation, part, static_cast<int>(size.x), static_cast<int>(size.y));
  };
  clear(background, placed({area.x, area.y, area.width, area.height}));
  for (int l = 0; l < data.CmdListsCount; ++l) {
    const ImDrawList& list = *data.CmdLists[l];
    const Positions positions = rotation == Rotation::kNone
                                    ? upright_positions(list)
                                    : turned_positions(list, rotation, size, turned);
    for (const ImDrawCmd& command : list.CmdBuffer) {
      const SDL_Rect clip = clip_of(command.ClipRect, area);
      if (clip.w <= 0 || clip.h <= 0) continue;
      const SDL_Rect clip_on_panel = placed(clip);
      SDL_RenderSetClipRect(renderer.get(), &clip_on_panel);
      if (surface != nullptr) {
        draw_with_fills(renderer.get(), *surface, list, command, clip);
      } else {
        draw_triangles(renderer.get(), list, positions, command, 0, command.ElemCount);
      }
    }
  }
}

}  // namespace hailong::kiosk::render
