#include "kiosk/design/metrics.h"

#include <algorithm>
#include <cmath>

namespace hailong::kiosk::design {
namespace {

constexpr float kDesignArea = 1280.0F * 800.0F;
// People read a small panel from the same distance, so text shrinks less than everything else.
constexpr float kLeastTextScale = 0.84F;
// The em at which "Không hài lòng" keeps to one line of a card; on the narrow cards of an upright
// window, at which "Bình thường" does.
constexpr float kAnswerShareOfCard = 0.1205F;
constexpr float kAnswerShareOfUprightCard = 0.152F;

// Half of the question fits into one line of any window.
constexpr float kQuestionShareOfWidth = 0.055F;

constexpr float kLowerShare = 0.6F;

// Large panels keep the design's proportions: 116 pixels of 1280 x 800, and eight keys side by side
// on an upright window.
constexpr float kTarget = 116.0F / 800.0F;
constexpr float kTargetShareOfUprightWidth = 0.1125F;

float whole(float value) { return std::max(1.0F, std::round(value)); }

float factor_of(TextSize size) {
  switch (size) {
    case TextSize::kAPlus:
      return 1.15F;
    case TextSize::kAPlusPlus:
      return 1.3F;
    case TextSize::kA:
      break;
  }
  return 1;
}

Rect stage_of(Size window, bool lower) {
  const auto width = static_cast<float>(window.width);
  const auto height = static_cast<float>(window.height);
  if (!lower || window.height <= window.width) return {0, 0, width, height};
  const float top = std::ceil(height * (1 - kLowerShare));
  return {0, top, width, height - top};
}

}  // namespace

Metrics metrics_for(Size window, TextSize size, float pixels_per_mm, bool lower) {
  const auto width = static_cast<float>(window.width);
  const auto height = static_cast<float>(window.height);
  const float scale = std::sqrt(width * height / kDesignArea);
  const float factor = factor_of(size);
  const float text = std::max(scale, kLeastTextScale) * factor;

  Metrics metrics;
  metrics.window = window;
  metrics.upright = window.height > window.width;
  metrics.stage = stage_of(window, lower);
  const float proportional = metrics.upright ? kTargetShareOfUprightWidth * width
                                             : kTarget * std::min(height, width * 800 / 1280);
  metrics.target = std::max(std::ceil(kTargetMm * pixels_per_mm), whole(proportional));
  metrics.face_target = std::ceil(kFaceMm * pixels_per_mm);
  // The lower part has room for two lines of the question, not for a third.
  const float widen = metrics.stage.y > 0 ? 1 : factor;
  metrics.question = whole(std::min(48 * text, kQuestionShareOfWidth * width * widen));
  metrics.body = whole(24 * text);
  metrics.small = whole(20 * text);
  metrics.least = whole(16 * text / factor);
  metrics.grid = whole(8 * scale);
  metrics.margin = whole(metrics.upright ? 24 * scale : std::max(40.0F, 40 * scale));
  metrics.gap = whole(std::min(width, height * 1.6F) / 64);
  metrics.card = std::floor((width - 2 * metrics.margin - 4 * metrics.gap) / 5);
  const float share = metrics.upright ? kAnswerShareOfUprightCard : kAnswerShareOfCard;
  metrics.answer = whole(std::min(28 * text, share * metrics.card * factor));
  metrics.face = whole(std::min(metrics.card * 0.76F, metrics.stage.height * 0.235F));
  metrics.header = std::max(whole(80 * text / factor), metrics.target);
  metrics.stroke = whole(2 * scale);
  metrics.icon = whole(metrics.answer * 1.25F);
  metrics.photo = whole(metrics.target * 0.72F);
  metrics.small_icon = whole(metrics.body * 1.25F);
  metrics.sign = whole(std::min(metrics.question * 2.3F, metrics.stage.height * 0.15F));
  return metrics;
}

}  // namespace hailong::kiosk::design
