#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <string_view>

#include "core/result.h"
#include "kiosk/design/metrics.h"
#include "kiosk/render/renderer.h"

struct ImFont;
struct ImFontAtlas;

namespace hailong::kiosk::design {

/// The text sizes of the design for one window: semibold for the question, medium for the rest.
struct Fonts {
  ImFont* question = nullptr;
  ImFont* answer = nullptr;
  ImFont* body = nullptr;
  ImFont* small = nullptr;
  ImFont* least = nullptr;
};

/// The letters of one look: an atlas of their own and its picture at a renderer, which must outlive
/// them. A small set for the first picture can thus be replaced by the full one, and one text size
/// by another, with nothing left behind. Not thread-safe.
class FontSet {
 public:
  /// Draws the characters of `texts`, and no others. Errors: kNotFound, kInvalid (no usable font),
  /// kIo.
  static core::Result<std::unique_ptr<FontSet>> load(const std::filesystem::path& assets_dir,
                                                     const Metrics& metrics,
                                                     std::span<const std::string_view> texts,
                                                     render::Renderer& renderer);
  FontSet(const FontSet&) = delete;
  FontSet& operator=(const FontSet&) = delete;
  ~FontSet();

  [[nodiscard]] const Fonts& fonts() const { return fonts_; }
  /// For ImGuiIO::Fonts of the context that draws with them.
  [[nodiscard]] ImFontAtlas& atlas() const { return *atlas_; }
  [[nodiscard]] render::Texture texture() const { return texture_; }

 private:
  explicit FontSet(render::Renderer& renderer);

  render::Renderer& renderer_;
  std::unique_ptr<ImFontAtlas> atlas_;
  Fonts fonts_;
  render::Texture texture_ = nullptr;
};

/// Every character that residents can type, after NFC: ASCII, the 134 letters of Vietnamese that
/// ASCII lacks, and the punctuation of running text.
std::string_view all_typable();

/// Whether both faces of letters have a picture for every character of `text` in every size.
bool can_draw(const Fonts& fonts, std::string_view text);

/// Width of one line of text.
float text_width(const ImFont& font, std::string_view text);

}  // namespace hailong::kiosk::design
