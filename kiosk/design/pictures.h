#pragma once

#include <array>
#include <memory>
#include <optional>
#include <vector>

#include "core/result.h"
#include "core/score.h"
#include "kiosk/design/icons.h"
#include "kiosk/design/metrics.h"
#include "kiosk/design/skins.h"
#include "kiosk/design/theme.h"
#include "kiosk/render/renderer.h"

struct ImDrawList;

namespace hailong::kiosk::design {

/// Everything that is painted for one look, at a renderer, which must outlive it; taken back from
/// there at the end. What was not loaded yet is not drawn. Drawing only copies, at whole pixels,
/// and allocates nothing once the list is large enough. Not thread-safe.
class Pictures {
 public:
  /// Paints what an untouched home screen shows. Errors: kIo.
  static core::Result<std::unique_ptr<Pictures>> load_first(const Theme& theme,
                                                            const Metrics& metrics,
                                                            render::Renderer& renderer);
  /// Paints the rest; nothing when that was done. Errors: kIo.
  core::Result<void> load_rest();

  Pictures(const Pictures&) = delete;
  Pictures& operator=(const Pictures&) = delete;
  ~Pictures();

  /// A box; smaller than `rect` while pressed.
  void draw_skin(ImDrawList& list, Skin skin, State state, const Rect& rect) const;

  /// A ring around a thing of `skin`.
  void draw_focus(ImDrawList& list, const Rect& rect, Skin skin = Skin::kTile) const;

  /// A face, which fills `rect`; sharp where that is Metrics::face wide. `score`: 1 to 5.
  void draw_face(ImDrawList& list, int score, bool pressed, const Rect& rect) const;

  /// A sign in the middle of `rect`, in the larger of Metrics::icon and Metrics::small_icon that
  /// has room there; never scaled, so that its lines stay as wide as all others.
  void draw_icon(ImDrawList& list, Icon icon, Colour colour, const Rect& rect) const;

  /// The signs of thanks and of failure; sharp where `rect` is Metrics::sign wide.
  void draw_tick(ImDrawList& list, const Rect& rect) const;
  void draw_alert(ImDrawList& list, const Rect& rect) const;

 private:
  /// A box at the renderer.
  struct Box {
    render::Texture texture = nullptr;
    Slice slice;
    EdgeLines edges;
    std::optional<Colour> middle;
  };
  struct IconSizes {
    render::Texture large = nullptr;
    render::Texture small = nullptr;
  };

  Pictures(const Theme& theme, const Metrics& metrics, render::Renderer& renderer);

  // Each paints something, remembers the texture in its place and the first failure in `failure_`.
  render::Texture add(const Picture& picture);
  Box add(SlicedPicture sliced);
  void add_skin(Skin skin, State state);
  void add_face(core::Score score, bool pressed);
  void add_large_icon(Icon icon);
  void add_small_icon(Icon icon);
  [[nodiscard]] core::Result<void> outcome() const;

  static void draw_box(ImDrawList& list, const Box& box, const Rect& rect);

  const Theme theme_;
  const Metrics metrics_;
  render::Renderer& renderer_;
  std::vector<render::Texture> textures_;
  std::optional<core::Error> failure_;
  bool complete_ = false;
  std::array<std::array<Box, kStates>, kSkins> skins_{};
  Box focus_box_;
  Box focus_pill_;
  std::array<std::array<render::Texture, 2>, 5> faces_{};  // [score - 1][pressed]
  std::array<IconSizes, kIcons> icons_{};
  render::Texture tick_ = nullptr;
  render::Texture alert_ = nullptr;
};

}  // namespace hailong::kiosk::design
