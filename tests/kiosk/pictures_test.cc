#include "kiosk/design/pictures.h"

#include <gtest/gtest.h>
#include <imgui.h>
#include <imgui_internal.h>

#include <cmath>
#include <set>

#include "kiosk/design/fonts.h"
#include "kiosk/render/null_renderer.h"

namespace hailong::kiosk::design {
namespace {

const Metrics kMetrics = metrics_for({1280, 800}, TextSize::kA, kUsualPixelsPerMm, false);

/// Fails from its `good`-th picture on.
class FullRenderer final : public render::Renderer {
 public:
  explicit FullRenderer(std::size_t good) : good_(good) {}
  core::Result<render::Texture> add(const Picture& picture) override {
    if (inner_.added() >= good_) return core::fail(core::Fault::kIo, "no room");
    return inner_.add(picture);
  }
  void remove(render::Texture texture) override { inner_.remove(texture); }
  bool draw(const ImDrawData& data, Colour background) override {
    return inner_.draw(data, background);
  }
  void forget() override {}

  [[nodiscard]] std::size_t pictures() const { return inner_.pictures(); }

 private:
  std::size_t good_;
  render::NullRenderer inner_;
};

/// A draw list outside any frame.
struct List {
  List() {
    list._ResetForNewFrame();
    list.PushClipRect({0, 0}, {1280, 800});
    list.PushTextureID(nullptr);
  }
  [[nodiscard]] Rect bounds() const {
    ImVec2 from = list.VtxBuffer[0].pos;
    ImVec2 to = from;
    for (const ImDrawVert& vertex : list.VtxBuffer) {
      from = {std::min(from.x, vertex.pos.x), std::min(from.y, vertex.pos.y)};
      to = {std::max(to.x, vertex.pos.x), std::max(to.y, vertex.pos.y)};
    }
    return {from.x, from.y, to.x - from.x, to.y - from.y};
  }

  ImDrawListSharedData shared;
  ImDrawList list{&shared};
};

class LoadedPictures : public testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(pictures_->load_rest()); }

  render::NullRenderer renderer_;
  std::unique_ptr<Pictures> pictures_ =
      *Pictures::load_first(theme(Contrast::kNormal), kMetrics, renderer_);
  List drawn_;
};

TEST(Pictures, GiveEverythingBackAtTheEnd) {
  render::NullRenderer renderer;
  for (const Contrast contrast : {Contrast::kNormal, Contrast::kHigh}) {
    auto pictures = *Pictures::load_first(theme(contrast), kMetrics, renderer);
    EXPECT_TRUE(pictures->load_rest());
    EXPECT_GT(renderer.pictures(), 50U);
    pictures.reset();
    EXPECT_EQ(renderer.pictures(), 0U);
  }
}

TEST(Pictures, LoadLittleBeforeTheFirstFrame) {
  render::NullRenderer renderer;
  const auto pictures = *Pictures::load_first(theme(Contrast::kNormal), kMetrics, renderer);
  EXPECT_LE(renderer.pictures(), 12U);
}

TEST(Pictures, LoadTheRestOnce) {
  render::NullRenderer renderer;
  const auto pictures = *Pictures::load_first(theme(Contrast::kNormal), kMetrics, renderer);
  EXPECT_TRUE(pictures->load_rest());
  const std::size_t before = renderer.added();
  EXPECT_TRUE(pictures->load_rest());
  EXPECT_EQ(renderer.added(), before);
}

TEST(Pictures, NeedLessThanThreeMebibytes) {
  render::NullRenderer renderer;
  const auto pictures = *Pictures::load_first(theme(Contrast::kNormal), kMetrics, renderer);
  EXPECT_TRUE(pictures->load_rest());
  EXPECT_LT(renderer.bytes(), 3U << 20);
}

TEST(Pictures, SayThatTheRendererFailed) {
  FullRenderer renderer(3);
  const auto pictures = Pictures::load_first(theme(Contrast::kNormal), kMetrics, renderer);
  ASSERT_FALSE(pictures);
  EXPECT_EQ(pictures.error().fault, core::Fault::kIo);
  EXPECT_EQ(renderer.pictures(), 0U);
  FullRenderer later(20);
  const auto first = *Pictures::load_first(theme(Contrast::kNormal), kMetrics, later);
  EXPECT_FALSE(first->load_rest());
}

TEST(Pictures, ThatAreNotLoadedAreNotDrawn) {
  render::NullRenderer renderer;
  const auto pictures = *Pictures::load_first(theme(Contrast::kNormal), kMetrics, renderer);
  List drawn;
  pictures->draw_skin(drawn.list, Skin::kPrimary, State::kPressed, {0, 0, 300, 118});
  pictures->draw_tick(drawn.list, {0, 0, 100, 100});
  pictures->draw_focus(drawn.list, {0, 0, 300, 118});
  EXPECT_EQ(drawn.list.VtxBuffer.Size, 0);
}

TEST_F(LoadedPictures, DrawABoxWithItsShadowAround) {
  const Rect rect{100, 100, 300, 200};
  pictures_->draw_skin(drawn_.list, Skin::kCard, State::kResting, rect);
  EXPECT_TRUE(drawn_.bounds().contains(rect.x, rect.y));
  EXPECT_GT(drawn_.bounds().width, rect.width);
}

TEST_F(LoadedPictures, DrawAPressedBoxSmaller) {
  const Rect rect{100, 100, 300, 200};
  pictures_->draw_skin(drawn_.list, Skin::kField, State::kPressed, rect);
  EXPECT_EQ(drawn_.bounds(), drawn_rect(rect, State::kPressed));
}

TEST_F(LoadedPictures, DrawNothingForASwitchAtRest) {
  pictures_->draw_skin(drawn_.list, Skin::kSwitch, State::kResting, {100, 100, 300, 118});
  EXPECT_EQ(drawn_.list.VtxBuffer.Size, 0);
  pictures_->draw_skin(drawn_.list, Skin::kSwitch, State::kPressed, {100, 100, 300, 118});
  EXPECT_GT(drawn_.list.VtxBuffer.Size, 0);
}

TEST_F(LoadedPictures, DrawTheFocusAroundItsThing) {
  const Rect rect{100, 100, 300, 118};
  for (const Skin skin : {Skin::kTile, Skin::kButton}) {
    pictures_->draw_focus(drawn_.list, rect, skin);
    EXPECT_EQ(drawn_.bounds(), rect.inset(-5 * kMetrics.stroke));
  }
}

TEST_F(LoadedPictures, DrawIconsUnscaledInTheirColour) {
  pictures_->draw_icon(drawn_.list, Icon::kTick, {1, 2, 3}, {10, 20, 101, 80});
  EXPECT_EQ(drawn_.bounds().width, kMetrics.icon);
  EXPECT_EQ(drawn_.bounds().height, kMetrics.icon);
  EXPECT_EQ(drawn_.bounds().x, std::round(drawn_.bounds().x));
  EXPECT_EQ(drawn_.list.VtxBuffer[0].col, IM_COL32(1, 2, 3, 255));
}

TEST_F(LoadedPictures, DrawTheSmallIconWhereTheLargeOneHasNoRoom) {
  pictures_->draw_icon(drawn_.list, Icon::kTick, {}, {10, 20, kMetrics.icon - 1, 80});
  EXPECT_EQ(drawn_.bounds().width, kMetrics.small_icon);
}

TEST_F(LoadedPictures, DrawEachFaceAndSignWhereItIsAsked) {
  std::set<const void*> textures;
  const Rect rect{10, 20, kMetrics.face, kMetrics.face};
  const auto add = [&] {
    EXPECT_EQ(drawn_.bounds(), rect);
    textures.insert(drawn_.list.CmdBuffer[drawn_.list.CmdBuffer.Size - 2].GetTexID());
  };
  for (int score = 1; score <= 5; ++score) {
    for (const bool pressed : {false, true}) {
      pictures_->draw_face(drawn_.list, score, pressed, rect);
      add();
    }
  }
  pictures_->draw_tick(drawn_.list, rect);
  add();
  pictures_->draw_alert(drawn_.list, rect);
  add();
  EXPECT_EQ(textures.size(), 12U);
}

}  // namespace
}  // namespace hailong::kiosk::design
