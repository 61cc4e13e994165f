#include "kiosk/input/calibration.h"

#include <gtest/gtest.h>

#include "tests/log_capture.h"

namespace hailong::kiosk::input {
namespace {

/// Where a touch at a quarter of the width and a tenth of the height is taken for.
Spot<float> moved(const char* text) {
  const auto matrix = read_matrix(text);
  EXPECT_TRUE(matrix) << text;
  return matrix.value_or(Matrix{}).apply({0.25F, 0.1F});
}

void expect_at(const Spot<float>& at, float x, float y) {
  EXPECT_FLOAT_EQ(at.x, x);
  EXPECT_FLOAT_EQ(at.y, y);
}

/// The examples of libinput's documentation.
TEST(Calibration, MapsAsLibinputDoes) {
  expect_at(moved("1 0 0 0 1 0"), 0.25F, 0.1F);
  expect_at(moved("0 -1 1 1 0 0"), 0.9F, 0.25F);
  expect_at(moved("-1 0 1 0 -1 1"), 0.75F, 0.9F);
  expect_at(moved("0 1 0 -1 0 1"), 0.1F, 0.75F);
  expect_at(moved("-1 0 1 0 1 0"), 0.75F, 0.1F);
  expect_at(moved("1 0 0 0 -1 1"), 0.25F, 0.9F);
  expect_at(moved("0 1 0 1 0 0"), 0.1F, 0.25F);
}

TEST(Calibration, ScalesAndShifts) {
  expect_at(moved("1.1 0 -0.05 0 0.9 0.02"), 0.225F, 0.11F);
  expect_at(moved("  1.1e0\t0 -5e-2  0 .9 0.02 "), 0.225F, 0.11F);
}

TEST(Calibration, KeepsFingersOnThePanel) { expect_at(moved("2 0 0.9 0 1 -0.5"), 1, 0); }

TEST(Calibration, RefusesWhatIsNoMatrix) {
  for (const char* text :
       {"", " ", "1 0 0 0 1", "1 0 0 0 1 0 0", "1 0 0 0 1 x", "1,0,0,0,1,0", "1 0 0 0 1 0;",
        "nan 0 0 0 1 0", "1 0 inf 0 1 0", "1e99 0 0 0 1 0", "3e38 3e38 0 3e38 3e38 0"}) {
    EXPECT_FALSE(read_matrix(text)) << text;
  }
}

TEST(Calibration, RefusesAMatrixThatLeavesNoArea) {
  EXPECT_FALSE(read_matrix("0 0 0 0 0 0"));
  EXPECT_FALSE(read_matrix("1 0 0 1 0 0"));
  EXPECT_FALSE(read_matrix("1 2 0 2 4 0"));
}

const Matrix kMirrored{-1, 0, 1, 0, 1, 0};

TEST(Calibration, IsThatOfTheScreenWithTheName) {
  const std::vector<TouchScreen> screens = {{"ILITEK", "0 1 0 1 0 0"}, {"eGalax", "-1 0 1 0 1 0"}};
  EXPECT_EQ(matrix_for("eGalax", screens), kMirrored);
  EXPECT_EQ(matrix_for("eGalax", {}), Matrix{});
  EXPECT_EQ(matrix_for("eGalax", {{"eGalax", ""}}), Matrix{});
}

TEST(Calibration, OfTheOnlyScreenNeedsNoName) {
  tests::LogCapture log;
  EXPECT_EQ(matrix_for("", {{"eGalax", "-1 0 1 0 1 0"}}), kMirrored);
  EXPECT_TRUE(log.lines_with("warn").empty());
}

TEST(Calibration, SaysSoWhereScreensCannotBeToldApart) {
  tests::LogCapture log;
  EXPECT_EQ(matrix_for("eGalax", {{"eGalax", "-1 0 1 0 1 0"}, {"eGalax", ""}}), kMirrored);
  EXPECT_EQ(log.lines_with("different calibration matrices: taking \"-1 0 1 0 1 0\"").size(), 1U);
}

TEST(Calibration, ThatIsNonsenseIsIgnoredWithOneLine) {
  tests::LogCapture log;
  EXPECT_EQ(matrix_for("eGalax", {{"eGalax", "left is right"}}), Matrix{});
  EXPECT_EQ(log.lines_with("warning: ").size(), 1U);
  EXPECT_EQ(log.lines_with("MATRIX=\"left is right\" is not six numbers").size(), 1U);
}

}  // namespace
}  // namespace hailong::kiosk::input
