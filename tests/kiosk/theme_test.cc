#include "kiosk/design/theme.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "kiosk/design/skins.h"

namespace hailong::kiosk::design {
namespace {

using Linear = std::array<double, 3>;

Linear linear(Colour colour) {
  const auto channel = [](std::uint8_t value) {
    const double share = value / 255.0;
    return share <= 0.04045 ? share / 12.92 : std::pow((share + 0.055) / 1.055, 2.4);
  };
  return {channel(colour.red), channel(colour.green), channel(colour.blue)};
}

double luminance(Colour colour) {
  const Linear light = linear(colour);
  return 0.2126 * light[0] + 0.7152 * light[1] + 0.0722 * light[2];
}

/// WCAG 2.1.
double contrast(Colour a, Colour b) {
  const auto [dark, light] = std::minmax({luminance(a), luminance(b)});
  return (light + 0.05) / (dark + 0.05);
}

class EveryTheme : public testing::TestWithParam<Contrast> {
 protected:
  const Theme& theme_ = theme(GetParam());
};

INSTANTIATE_TEST_SUITE_P(Themes, EveryTheme, testing::Values(Contrast::kNormal, Contrast::kHigh),
                         [](const auto& contrast) {
                           return contrast.param == Contrast::kHigh ? "High" : "Normal";
                         });

TEST_P(EveryTheme, TextHasAContrastOfSevenToOne) {
  for (const ColourPair& pair : kTextPairs) {
    EXPECT_GE(contrast(theme_.*pair.upper, theme_.*pair.lower), 7) << pair.name;
  }
}

TEST_P(EveryTheme, SignsAndOutlinesAreSeenAtThreeToOne) {
  for (const ColourPair& pair : kShapePairs) {
    EXPECT_GE(contrast(theme_.*pair.upper, theme_.*pair.lower), 3) << pair.name;
  }
}

TEST_P(EveryTheme, WordsOnEverySkinHaveAContrastOfSevenToOneInEveryState) {
  for (std::size_t skin = 0; skin < kSkins; ++skin) {
    for (std::size_t state = 0; state < kStates; ++state) {
      const auto what = static_cast<Skin>(skin);
      const auto how = static_cast<State>(state);
      const Colour under = what == Skin::kSwitch ? theme_.header : theme_.background;
      const Colour ground = ground_of(theme_, what, how).value_or(under);
      EXPECT_GE(contrast(text_on(theme_, what, how), ground), 7) << skin << " in " << state;
    }
  }
}

TEST_P(EveryTheme, FeaturesOfFacesAreSeenAtThreeToOne) {
  for (const Colour disc : theme_.scale) EXPECT_GE(contrast(theme_.ink, disc), 3);
}

TEST(HighContrast, DiscsOfFacesStandOutFromTheirCards) {
  const Theme& high = theme(Contrast::kHigh);
  for (const Colour disc : high.scale) EXPECT_GE(contrast(disc, high.surface), 3);
}

TEST(HighContrast, IsDarkAndHasNoShadows) {
  EXPECT_LT(luminance(theme(Contrast::kHigh).background), 0.01);
  EXPECT_FALSE(theme(Contrast::kHigh).shadows);
  EXPECT_TRUE(theme(Contrast::kNormal).shadows);
}

// Machado, Oliveira and Fernandes 2009, severity 1.0: what people without one kind of cone see.
using Matrix = std::array<Linear, 3>;
constexpr Matrix kNormalEye = {{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}};
constexpr Matrix kProtanopia = {{{0.152286, 1.052583, -0.204868},
                                 {0.114503, 0.786281, 0.099216},
                                 {-0.003882, -0.048116, 1.051998}}};
constexpr Matrix kDeuteranopia = {{{0.367322, 0.860646, -0.227968},
                                   {0.280085, 0.672501, 0.047413},
                                   {-0.011820, 0.042940, 0.968881}}};
constexpr Matrix kTritanopia = {{{1.255528, -0.076749, -0.178779},
                                 {-0.078411, 0.930809, 0.147602},
                                 {0.004733, 0.691367, 0.303900}}};

/// CIE L*a*b*, D65.
Linear lab(const Linear& light) {
  const auto f = [](double t) { return t > 0.008856 ? std::cbrt(t) : t * 7.787 + 16.0 / 116; };
  const double x = f((0.4124 * light[0] + 0.3576 * light[1] + 0.1805 * light[2]) / 0.95047);
  const double y = f(0.2126 * light[0] + 0.7152 * light[1] + 0.0722 * light[2]);
  const double z = f((0.0193 * light[0] + 0.1192 * light[1] + 0.9505 * light[2]) / 1.08883);
  return {116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

Linear seen(Colour colour, const Matrix& eye) {
  const Linear light = linear(colour);
  Linear out{};
  for (std::size_t i = 0; i < 3; ++i) {
    out[i] =
        std::clamp(eye[i][0] * light[0] + eye[i][1] * light[1] + eye[i][2] * light[2], 0.0, 1.0);
  }
  return lab(out);
}

double difference(Colour a, Colour b, const Matrix& eye) {
  const Linear first = seen(a, eye);
  const Linear second = seen(b, eye);
  return std::hypot(first[0] - second[0], first[1] - second[1], first[2] - second[2]);
}

TEST_P(EveryTheme, ScaleColoursStayApartForEveryEye) {
  // 2.3 is just noticeable side by side; 12 is seen at a glance.
  const auto& scale = theme_.scale;
  for (const Matrix& eye : {kNormalEye, kProtanopia, kDeuteranopia, kTritanopia}) {
    for (std::size_t a = 0; a < scale.size(); ++a) {
      for (std::size_t b = a + 1; b < scale.size(); ++b) {
        EXPECT_GE(difference(scale[a], scale[b], eye), 12) << a << " and " << b;
      }
    }
  }
}

}  // namespace
}  // namespace hailong::kiosk::design
