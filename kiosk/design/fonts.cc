#include "kiosk/design/fonts.h"

#include <imgui.h>
#include <imgui_freetype.h>
#include <imgui_internal.h>

#include <algorithm>
#include <cfloat>
#include <string>

#include "program/config.h"

namespace hailong::kiosk::design {
namespace {

// ImGui's font size is the font's ascent and descent together, which in Inter is 1.21 em.
constexpr float kSizePerEm = 1.21F;

ImVector<ImWchar> ranges_of(std::span<const std::string_view> texts) {
  ImFontGlyphRangesBuilder builder;
  for (const std::string_view text : texts) {
    builder.AddText(text.data(), text.data() + text.size());
  }
  ImVector<ImWchar> ranges;
  builder.BuildRanges(&ranges);
  return ranges;
}

ImFont* add_font(ImFontAtlas& atlas, std::string& file, float em, const ImWchar* ranges) {
  ImFontConfig config;
  config.FontDataOwnedByAtlas = false;
  config.GlyphRanges = ranges;
  config.PixelSnapH = true;
  return atlas.AddFontFromMemoryTTF(file.data(), static_cast<int>(file.size()), em * kSizePerEm,
                                    &config);
}

/// The atlas as a picture in white, so that text takes the colour it is drawn in.
Picture picture_of(ImFontAtlas& atlas) {
  Picture picture;
  unsigned char* alpha = nullptr;
  atlas.GetTexDataAsAlpha8(&alpha, &picture.width, &picture.height);
  const auto count =
      static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.height);
  picture.pixels.resize(count);
  std::transform(alpha, alpha + count, picture.pixels.begin(),
                 [](unsigned char share) { return std::uint32_t{share} << 24 | 0x00FFFFFF; });
  atlas.ClearTexData();
  return picture;
}

/// Moves every glyph's place in the texture by a hundredth of a row. SDL's software renderer cuts
/// off what comes out a little below a whole row, as happens where the texture's height is no power
/// of two: letters would be drawn from the row above.
void guard_rows(ImFontAtlas& atlas) {
  const float guard = 0.01F / static_cast<float>(atlas.TexHeight);
  for (ImFont* font : atlas.Fonts) {
    for (ImFontGlyph& glyph : font->Glyphs) {
      glyph.V0 += guard;
      glyph.V1 += guard;
    }
  }
}

/// Draws the characters of `texts` into `atlas`, and no others: all 134 letters of Vietnamese in
/// five sizes would take twice the time of the whole start.
core::Result<Fonts> load_fonts(ImFontAtlas& atlas, const std::filesystem::path& assets_dir,
                               const Metrics& metrics, std::span<const std::string_view> texts) {
  const auto folder = assets_dir / "fonts";
  auto semibold = program::read_text_file(folder / "Inter-SemiBold.otf");
  if (!semibold) return core::Failure(semibold.error());
  auto medium = program::read_text_file(folder / "Inter-Medium.otf");
  if (!medium) return core::Failure(medium.error());

  const ImVector<ImWchar> ranges = ranges_of(texts);
  // Rounded up to a power of two, the texture would be nearly twice as large.
  atlas.Flags = ImFontAtlasFlags_NoMouseCursors | ImFontAtlasFlags_NoBakedLines |
                ImFontAtlasFlags_NoPowerOfTwoHeight;
  atlas.FontBuilderIO = ImGuiFreeType::GetBuilderForFreeType();
  atlas.FontBuilderFlags = ImGuiFreeTypeBuilderFlags_LightHinting;
  Fonts fonts;
  fonts.question = add_font(atlas, *semibold, metrics.question, ranges.Data);
  fonts.answer = add_font(atlas, *medium, metrics.answer, ranges.Data);
  fonts.body = add_font(atlas, *medium, metrics.body, ranges.Data);
  fonts.small = add_font(atlas, *medium, metrics.small, ranges.Data);
  fonts.least = add_font(atlas, *medium, metrics.least, ranges.Data);
  if (!atlas.Build()) {
    return core::fail(core::Fault::kInvalid, folder.string() + ": holds no usable fonts");
  }
  guard_rows(atlas);
  atlas.ClearInputData();  // the font files' bytes end with this function
  return fonts;
}

}  // namespace

FontSet::FontSet(render::Renderer& renderer)
    : renderer_(renderer), atlas_(std::make_unique<ImFontAtlas>()) {}

FontSet::~FontSet() {
  if (texture_ != nullptr) renderer_.remove(texture_);
}

core::Result<std::unique_ptr<FontSet>> FontSet::load(const std::filesystem::path& assets_dir,
                                                     const Metrics& metrics,
                                                     std::span<const std::string_view> texts,
                                                     render::Renderer& renderer) {
  std::unique_ptr<FontSet> set(new FontSet(renderer));
  const auto fonts = load_fonts(*set->atlas_, assets_dir, metrics, texts);
  if (!fonts) return core::Failure(fonts.error());
  set->fonts_ = *fonts;
  const auto texture = renderer.add(picture_of(*set->atlas_));
  if (!texture) return core::Failure(texture.error());
  set->texture_ = *texture;
  set->atlas_->SetTexID(*texture);
  return set;
}

std::string_view all_typable() {
  return " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`"
         "abcdefghijklmnopqrstuvwxyz{|}~"
         "ÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬĐÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
         "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
         "\u00A0·–—‘’“”…€₫";
}

bool can_draw(const Fonts& fonts, std::string_view text) {
  const char* at = text.data();
  const char* const end = at + text.size();
  while (at < end) {
    unsigned int character = 0;
    at += std::max(1, ImTextCharFromUtf8(&character, at, end));
    if (character > IM_UNICODE_CODEPOINT_MAX) return false;
    const auto glyph = static_cast<ImWchar>(character);
    for (const ImFont* font :
         {fonts.question, fonts.answer, fonts.body, fonts.small, fonts.least}) {
      if (font->FindGlyphNoFallback(glyph) == nullptr) return false;
    }
  }
  return true;
}

float text_width(const ImFont& font, std::string_view text) {
  return font.CalcTextSizeA(font.FontSize, FLT_MAX, 0, text.data(), text.data() + text.size()).x;
}

}  // namespace hailong::kiosk::design
