#pragma once

#include <filesystem>
#include <optional>

#include "core/result.h"
#include "kiosk/flow/flow.h"
#include "kiosk/flow/screen.h"
#include "kiosk/input/pointer.h"
#include "kiosk/render/renderer.h"
#include "kiosk/screens/layout.h"
#include "kiosk/screens/sprites.h"
#include "kiosk/texts.h"

struct ImDrawData;
struct ImGuiContext;

namespace hailong::kiosk {

/// The screens with the ImGui context that they are drawn in. Not thread-safe.
class Ui {
 public:
  /// With `motion`, a new screen fades in; that never delays what the resident does.
  Ui(Texts texts, screens::Place place, std::filesystem::path assets_dir, bool motion);
  Ui(const Ui&) = delete;
  Ui& operator=(const Ui&) = delete;
  ~Ui();

  /// Lays everything out for a window and hands what an untouched home screen shows to its
  /// renderer. To be called again for a new size or a new renderer. Errors: kNotFound, kInvalid
  /// (fonts), kIo.
  core::Result<void> fit(design::Size window, render::Renderer& renderer);

  /// Hands over everything else, once the home screen has been shown: nobody waits for it.
  /// Errors: kIo.
  core::Result<void> complete(render::Renderer& renderer);

  /// What the pointer does before the next frame.
  void point(const input::Step& step);

  /// Lays out a frame. Says what the resident has done by the last step of the pointer.
  std::optional<flow::Event> frame(const flow::Screen& screen, flow::Millis now);

  /// The last frame; valid until the next one.
  [[nodiscard]] const ImDrawData& picture() const;

  /// Whether the next frame would look different although nothing happens.
  [[nodiscard]] bool is_moving() const { return moving_; }

  [[nodiscard]] const screens::Layout& layout() const { return layout_; }

 private:
  void draw_veil(const flow::Screen& screen, flow::Millis now);

  const Texts texts_;
  const screens::Place place_;
  const std::filesystem::path assets_dir_;
  const bool motion_;
  ImGuiContext* context_;
  screens::Layout layout_;
  screens::Sprites sprites_;
  bool released_ = false;  // the pointer leaves after the frame that saw it released
  bool moving_ = false;
  std::size_t last_look_ = 0;
  flow::Millis veil_until_ = 0;
};

}  // namespace hailong::kiosk
