#include "kiosk/design/fonts.h"

#include <imgui.h>
#include <imgui_freetype.h>

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

}  // namespace

core::Result<Fonts> load_fonts(ImFontAtlas& atlas, const std::filesystem::path& assets_dir,
                               const Metrics& metrics, std::span<const std::string_view> texts) {
  const auto folder = assets_dir / "fonts";
  auto semibold = program::read_text_file(folder / "Inter-SemiBold.otf");
  if (!semibold) return core::Failure(semibold.error());
  auto medium = program::read_text_file(folder / "Inter-Medium.otf");
  if (!medium) return core::Failure(medium.error());

  const ImVector<ImWchar> ranges = ranges_of(texts);
  atlas.Clear();
  atlas.Flags = ImFontAtlasFlags_NoMouseCursors | ImFontAtlasFlags_NoBakedLines;
  atlas.FontBuilderIO = ImGuiFreeType::GetBuilderForFreeType();
  atlas.FontBuilderFlags = ImGuiFreeTypeBuilderFlags_LightHinting;
  Fonts fonts;
  fonts.question = add_font(atlas, *semibold, metrics.question, ranges.Data);
  fonts.answer = add_font(atlas, *medium, metrics.answer, ranges.Data);
  fonts.body = add_font(atlas, *medium, metrics.body, ranges.Data);
  fonts.small = add_font(atlas, *medium, metrics.small, ranges.Data);
  if (!atlas.Build()) {
    return core::fail(core::Fault::kInvalid, folder.string() + ": holds no usable fonts");
  }
  atlas.ClearInputData();  // the font files' bytes end with this function
  return fonts;
}

float text_width(const ImFont& font, std::string_view text) {
  return font.CalcTextSizeA(font.FontSize, FLT_MAX, 0, text.data(), text.data() + text.size()).x;
}

}  // namespace hailong::kiosk::design
