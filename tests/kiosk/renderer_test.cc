#include "kiosk/render/renderer.h"

#include <SDL.h>
#include <gtest/gtest.h>
#include <imgui.h>
#include <imgui_internal.h>

#include <array>
#include <cstring>
#include <memory>

#include "kiosk/render/null_renderer.h"
#include "tests/kiosk/surface.h"

namespace hailong::kiosk::render {
namespace {

/// A frame of 16 x 16.
class Frame {
 public:
  /// Empty, to be drawn into.
  ImDrawList& list() {
    list_._ResetForNewFrame();
    list_.PushClipRect({0, 0}, {16, 16});
    list_.PushTextureID(nullptr);
    return list_;
  }

  const ImDrawData& data() {
    data_.CmdLists = lists_;
    data_.CmdListsCount = 1;
    data_.DisplaySize = {16, 16};
    return data_;
  }

  /// One picture of 8 x 8 in the middle.
  const ImDrawData& with(Texture texture) {
    list().AddImage(texture, {4, 4}, {12, 12});
    return data();
  }

 private:
  ImDrawListSharedData shared_;
  ImDrawList list_{&shared_};
  ImDrawList* lists_[1] = {&list_};
  ImDrawData data_;
};

design::Picture plain(std::uint32_t colour) {
  return {8, 8, std::vector<std::uint32_t>(64, colour)};
}

using tests::Surface;

std::uint32_t middle_of(const SDL_Surface& surface) {
  std::uint32_t pixel = 0;
  std::memcpy(&pixel,
              static_cast<const char*>(surface.pixels) + std::ptrdiff_t{surface.pitch} * 8 +
                  std::ptrdiff_t{4} * 8,
              4);
  return pixel & 0x00FFFFFF;
}

TEST(Renderer, ShowsANewPictureThatTookTheNameOfARemovedOne) {
  const Surface shown = tests::surface_of(16, 16);
  const auto renderer = *make_surface_renderer(shown.get());
  Frame frame;
  Texture texture = *renderer->add(plain(0xFFFF0000));
  EXPECT_TRUE(renderer->draw(frame.with(texture), {}));
  EXPECT_FALSE(renderer->draw(frame.with(texture), {}));
  EXPECT_EQ(middle_of(*shown), 0xFF0000U);
  // Many times, so that the memory's name comes again at least once.
  for (std::uint32_t shade = 1; shade < 100; ++shade) {
    renderer->remove(texture);
    texture = *renderer->add(plain(0xFF000000 | shade));
    EXPECT_TRUE(renderer->draw(frame.with(texture), {}));
    EXPECT_EQ(middle_of(*shown), shade);
  }
}

TEST(Renderer, DrawsFillsAndPicturesInTheirOrderOnEverySurface) {
  for (const auto format : {SDL_PIXELFORMAT_ARGB8888, SDL_PIXELFORMAT_RGB565}) {
    const Surface shown(
        SDL_CreateRGBSurfaceWithFormat(0, 16, 16, SDL_BITSPERPIXEL(format), format));
    const auto renderer = *make_surface_renderer(shown.get());
    const Texture red = *renderer->add(plain(0xFFFF0000));
    Frame frame;
    ImDrawList& list = frame.list();
    list.AddRectFilled({0, 0}, {16, 16}, IM_COL32(0, 0, 255, 255));
    list.AddImage(red, {4, 4}, {12, 12});
    list.AddRectFilled({6, 6}, {10, 10}, IM_COL32(0, 255, 0, 128));
    list.AddImage(red, {7, 7}, {8, 8});
    EXPECT_TRUE(renderer->draw(frame.data(), {255, 255, 255}));
    const auto pixel = [&shown](int x, int y) {
      const Surface copy(SDL_ConvertSurfaceFormat(shown.get(), SDL_PIXELFORMAT_ARGB8888, 0));
      std::uint32_t found = 0;
      std::memcpy(&found,
                  static_cast<const char*>(copy->pixels) + std::ptrdiff_t{y} * copy->pitch +
                      std::ptrdiff_t{x} * 4,
                  4);
      return std::array{found >> 16 & 0xFF, found >> 8 & 0xFF, found & 0xFF};
    };
    EXPECT_GT(pixel(1, 1)[2], 240U);      // blue
    EXPECT_GT(pixel(5, 5)[0], 240U);      // red on blue
    EXPECT_NEAR(pixel(9, 9)[1], 128, 8);  // half green on red
    EXPECT_NEAR(pixel(9, 9)[0], 127, 8);
    EXPECT_GT(pixel(7, 7)[0], 240U);  // red again
  }
}

TEST(Renderer, RemovesNothingThatIsNotHere) {
  const Surface shown = tests::surface_of(16, 16);
  const auto renderer = *make_surface_renderer(shown.get());
  int other = 0;
  renderer->remove(nullptr);
  renderer->remove(&other);
  EXPECT_TRUE(renderer->add(plain(0)));
}

TEST(NullRenderer, CountsWhatItIsGiven) {
  const auto renderer = make_null_renderer();
  const Texture first = *renderer->add(plain(1));
  const Texture second = *renderer->add(plain(2));
  EXPECT_NE(first, second);
  EXPECT_EQ(renderer->pictures(), 2U);
  EXPECT_EQ(renderer->bytes(), 2U * 64 * 4);
  renderer->remove(first);
  renderer->remove(first);
  EXPECT_EQ(renderer->pictures(), 1U);
  EXPECT_EQ(renderer->bytes(), 64U * 4);
  EXPECT_EQ(renderer->added(), 2U);
}

TEST(NullRenderer, CountsFramesThatDiffer) {
  const auto renderer = make_null_renderer();
  const Texture texture = *renderer->add(plain(1));
  Frame frame;
  EXPECT_TRUE(renderer->draw(frame.with(texture), {}));
  EXPECT_FALSE(renderer->draw(frame.with(texture), {}));
  renderer->forget();
  EXPECT_TRUE(renderer->draw(frame.with(texture), {}));
  EXPECT_EQ(renderer->frames(), 2U);
}

}  // namespace
}  // namespace hailong::kiosk::render
