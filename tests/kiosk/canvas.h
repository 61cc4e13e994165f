#pragma once

#include <SDL.h>
#include <imgui.h>

#include <cstring>
#include <functional>
#include <memory>

#include "kiosk/design/fonts.h"
#include "kiosk/design/metrics.h"
#include "kiosk/design/picture.h"
#include "kiosk/render/renderer.h"
#include "tests/kiosk/surface.h"

namespace hailong::tests {

/// An ImGui context with fonts and a renderer over a surface in memory: what the design system
/// needs to be drawn without any screen of the kiosk.
class Canvas {
 public:
  explicit Canvas(const kiosk::design::Metrics& metrics)
      : surface_(surface_of(metrics.window.width, metrics.window.height)),
        renderer_(*kiosk::render::make_surface_renderer(surface_.get())),
        context_(ImGui::CreateContext()) {
    ImGui::SetCurrentContext(context_);
    ImGui::GetIO().IniFilename = nullptr;
    own_fonts_ = ImGui::GetIO().Fonts;
    ImGui::GetIO().DisplaySize = {static_cast<float>(metrics.window.width),
                                  static_cast<float>(metrics.window.height)};
    ImGui::GetStyle().AntiAliasedFill = false;
  }
  Canvas(const Canvas&) = delete;
  Canvas& operator=(const Canvas&) = delete;
  ~Canvas() {
    ImGui::GetIO().Fonts = own_fonts_;  // what the context ends with itself
    ImGui::DestroyContext(context_);
  }

  kiosk::render::Renderer& renderer() { return *renderer_; }

  /// Draws a frame; `fonts` must stay until the end of the canvas.
  void show(const kiosk::design::FontSet& fonts, kiosk::design::Colour background,
            const std::function<void(ImDrawList&)>& draw) {
    ImGui::GetIO().Fonts = &fonts.atlas();
    ImGui::GetIO().DeltaTime = 1.0F / 60;
    ImGui::NewFrame();
    draw(*ImGui::GetBackgroundDrawList());
    ImGui::Render();
    renderer_->draw(*ImGui::GetDrawData(), background);
  }

  /// What the surface shows.
  [[nodiscard]] kiosk::design::Picture picture() const {
    kiosk::design::Picture picture{surface_->w, surface_->h, {}};
    const auto width = static_cast<std::size_t>(surface_->w);
    picture.pixels.resize(width * static_cast<std::size_t>(surface_->h));
    for (int y = 0; y < surface_->h; ++y) {
      std::memcpy(&picture.pixels[static_cast<std::size_t>(y) * width],
                  static_cast<const char*>(surface_->pixels) + std::ptrdiff_t{y} * surface_->pitch,
                  width * sizeof(std::uint32_t));
    }
    for (std::uint32_t& pixel : picture.pixels) pixel |= 0xFF000000;
    return picture;
  }

 private:
  Surface surface_;
  std::unique_ptr<kiosk::render::Renderer> renderer_;
  ImGuiContext* context_;
  ImFontAtlas* own_fonts_ = nullptr;
};

}  // namespace hailong::tests
