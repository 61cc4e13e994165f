#include "kiosk/design/fonts.h"

#include <gtest/gtest.h>
#include <imgui.h>
#include <imgui_internal.h>

#include <set>

#include "kiosk/render/null_renderer.h"

namespace hailong::kiosk::design {
namespace {

using Texts = std::vector<std::string_view>;

core::Result<std::unique_ptr<FontSet>> load(const Texts& texts, render::Renderer& renderer,
                                            TextSize size = TextSize::kA) {
  return FontSet::load(HAILONG_ASSETS, metrics_for({1280, 800}, size, kUsualPixelsPerMm, false),
                       texts, renderer);
}

std::set<unsigned int> characters_of(std::string_view text) {
  std::set<unsigned int> characters;
  const char* at = text.data();
  while (at < text.data() + text.size()) {
    unsigned int character = 0;
    at += ImTextCharFromUtf8(&character, at, text.data() + text.size());
    characters.insert(character);
  }
  return characters;
}

TEST(FontSet, DrawsTheCharactersOfItsTextsAndNoOthers) {
  render::NullRenderer renderer;
  const auto set = *load({"Cảm ơn", "…"}, renderer);
  EXPECT_TRUE(can_draw(set->fonts(), "Cảmơn …"));
  EXPECT_FALSE(can_draw(set->fonts(), "Cẩm"));
  EXPECT_FALSE(can_draw(set->fonts(), "\U0001F600"));
  EXPECT_TRUE(can_draw(set->fonts(), ""));
}

TEST(FontSet, DrawsWhateverPeopleCanType) {
  render::NullRenderer renderer;
  const auto set = *load({all_typable()}, renderer);
  EXPECT_TRUE(can_draw(set->fonts(), all_typable()));
  EXPECT_TRUE(can_draw(set->fonts(), "Ngoằn ngoèo, ĐƯỜNG, 50.000₫ – “được” ‘rồi’ a@b.vn"));
}

TEST(FontSet, TypableCharactersHoldAllOfVietnamese) {
  const auto characters = characters_of(all_typable());
  std::size_t vietnamese = 0;
  for (const unsigned int character : characters) {
    const bool latin =
        (character >= 0xC0 && character <= 0x1B0) || (character >= 0x1EA0 && character <= 0x1EF9);
    if (latin) ++vietnamese;
  }
  EXPECT_EQ(vietnamese, 134U);
  for (unsigned int ascii = ' '; ascii <= '~'; ++ascii) EXPECT_TRUE(characters.contains(ascii));
}

TEST(FontSet, TakesItsSizesFromTheMetrics) {
  render::NullRenderer renderer;
  const auto normal = *load({"a"}, renderer);
  const auto largest = *load({"a"}, renderer, TextSize::kAPlusPlus);
  EXPECT_NEAR(largest->fonts().body->FontSize / normal->fonts().body->FontSize, 1.3F, 0.03F);
  EXPECT_GT(normal->fonts().question->FontSize, normal->fonts().answer->FontSize);
  EXPECT_GT(normal->fonts().answer->FontSize, normal->fonts().body->FontSize);
  EXPECT_GT(normal->fonts().body->FontSize, normal->fonts().small->FontSize);
}

TEST(FontSet, LeavesNothingAtTheRenderer) {
  render::NullRenderer renderer;
  auto set = *load({"a"}, renderer);
  EXPECT_EQ(renderer.pictures(), 1U);
  EXPECT_EQ(set->atlas().TexID, set->texture());
  set = *load({"b"}, renderer);
  EXPECT_EQ(renderer.pictures(), 1U);
  set.reset();
  EXPECT_EQ(renderer.pictures(), 0U);
}

TEST(FontSet, OfEverythingNeedsLessThanSixMebibytesInEverySize) {
  for (const TextSize size : {TextSize::kA, TextSize::kAPlus, TextSize::kAPlusPlus}) {
    render::NullRenderer renderer;
    const auto set = *load({all_typable()}, renderer, size);
    EXPECT_LT(renderer.bytes(), 6U << 20) << static_cast<int>(size);
  }
}

TEST(FontSet, SaysWhereItFoundNoFonts) {
  render::NullRenderer renderer;
  const auto set = FontSet::load("/nowhere", metrics_for({1280, 800}), Texts{"a"}, renderer);
  ASSERT_FALSE(set);
  EXPECT_EQ(set.error().fault, core::Fault::kNotFound);
}

}  // namespace
}  // namespace hailong::kiosk::design
