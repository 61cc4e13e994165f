#include "kiosk/render/damage.h"

#include <gtest/gtest.h>
#include <imgui.h>
#include <imgui_internal.h>

#include <vector>

namespace hailong::kiosk::render {
namespace {

/// Frames of 200 x 100 out of squares.
class Frames : public testing::Test {
 protected:
  struct Square {
    float x, y, side;
    ImU32 colour = IM_COL32_WHITE;
  };

  std::optional<Area> show(const std::vector<Square>& squares) {
    list_._ResetForNewFrame();
    list_.PushClipRect({0, 0}, {200, 100});
    list_.PushTextureID(nullptr);
    for (const Square& square : squares) {
      list_.AddRectFilled({square.x, square.y}, {square.x + square.side, square.y + square.side},
                          square.colour);
    }
    lists_[0] = &list_;
    data_.CmdLists = lists_;
    data_.CmdListsCount = 1;
    data_.DisplaySize = {200, 100};
    return damage_.of(data_);
  }

  ImDrawListSharedData shared_data_;
  ImDrawList list_{&shared_data_};
  ImDrawList* lists_[1] = {};
  ImDrawData data_;
  Damage damage_;
};

constexpr Area kEverything{0, 0, 200, 100};

TEST_F(Frames, TheFirstFrameIsNewEverywhere) { EXPECT_EQ(show({{10, 10, 20}}), kEverything); }

TEST_F(Frames, TheSameFrameIsNotNew) {
  show({{10, 10, 20}, {50, 10, 20}});
  EXPECT_EQ(show({{10, 10, 20}, {50, 10, 20}}), std::nullopt);
}

TEST_F(Frames, AChangedColourIsNewWhereItIs) {
  show({{10, 10, 20}, {50, 10, 20}});
  EXPECT_EQ(show({{10, 10, 20}, {50, 10, 20, IM_COL32_BLACK}}), (Area{49, 9, 22, 22}));
}

TEST_F(Frames, AMovedThingIsNewWhereItWasAndWhereItIs) {
  show({{10, 10, 20}});
  EXPECT_EQ(show({{40, 10, 20}}), (Area{9, 9, 52, 22}));
}

TEST_F(Frames, AnAddedThingIsNewWhereItIs) {
  show({{10, 10, 20}, {90, 10, 20}});
  EXPECT_EQ(show({{10, 10, 20}, {50, 50, 20}, {90, 10, 20}}), (Area{49, 49, 22, 22}));
}

TEST_F(Frames, ARemovedThingIsNewWhereItWas) {
  show({{10, 10, 20}, {50, 50, 20}, {90, 10, 20}});
  EXPECT_EQ(show({{10, 10, 20}, {90, 10, 20}}), (Area{49, 49, 22, 22}));
}

TEST_F(Frames, NothingOutsideTheFrameIsDrawn) {
  show({{190, 90, 20}});
  EXPECT_EQ(show({{190, 90, 20, IM_COL32_BLACK}}), (Area{189, 89, 11, 11}));
}

TEST_F(Frames, ALostWindowIsNewEverywhere) {
  show({{10, 10, 20}});
  damage_.forget();
  EXPECT_EQ(show({{10, 10, 20}}), kEverything);
}

}  // namespace
}  // namespace hailong::kiosk::render
