#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "kiosk/design/text.h"
#include "kiosk/screens/page.h"
#include "tests/kiosk/contact_sheet.h"

/// What pages are measured with.

namespace hailong::tests {

/// Panels that are on the market, lying and upright.
inline const Panel kPanels[] = {
    {{1280, 800}, 10.1},  {{1024, 600}, 10.1},  {{1024, 768}, 12.1},  {{1280, 1024}, 17.0},
    {{1366, 768}, 15.6},  {{1920, 1080}, 15.6}, {{1920, 1080}, 21.5}, {{1920, 1200}, 10.1},
    {{3840, 2160}, 27.0}, {{800, 1280}, 13.3},  {{1080, 1920}, 15.6}, {{1080, 1920}, 21.5},
    {{1200, 1920}, 13.3},
};

inline bool lies_in(const kiosk::design::Rect& inner, const kiosk::design::Rect& outer) {
  constexpr float kRounding = 1.5F;
  return inner.x >= outer.x - kRounding && inner.y >= outer.y - kRounding &&
         inner.right() <= outer.right() + kRounding && inner.bottom() <= outer.bottom() + kRounding;
}

inline bool overlap(const kiosk::design::Rect& a, const kiosk::design::Rect& b) {
  constexpr float kRounding = 1.5F;
  return a.x + kRounding < b.right() && b.x + kRounding < a.right() &&
         a.y + kRounding < b.bottom() && b.y + kRounding < a.bottom();
}

/// What the lines of a text really cover.
inline kiosk::design::Rect ink_of(const kiosk::design::TextBlock& block) {
  if (block.lines.empty()) return {};
  float left = 1e9F;
  float right = 0;
  for (const kiosk::design::Line& line : block.lines) {
    left = std::min(left, line.x);
    right = std::max(right, line.x + line.width);
  }
  const float top = block.lines.front().y;
  return {left, top, right - left, block.lines.back().y + block.font->FontSize - top};
}

inline std::string words_of(const kiosk::design::TextBlock& block) {
  std::string words;
  for (const kiosk::design::Line& line : block.lines) words += line.text + " | ";
  return words;
}

/// What stands on a thing, for messages.
inline std::string words_of_item(const kiosk::screens::Item& item) {
  std::string words;
  for (const auto& text : item.texts) words += words_of(text);
  return words + "at " + std::to_string(item.rect.x) + ", " + std::to_string(item.rect.y);
}

inline std::string panel_name(const testing::TestParamInfo<Panel>& panel) {
  return std::to_string(panel.param.size.width) + "x" + std::to_string(panel.param.size.height) +
         "_" + std::to_string(static_cast<int>(panel.param.inches));
}

}  // namespace hailong::tests
