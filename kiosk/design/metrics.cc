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

float whole(float value) { return std::max(1.0F, std::round(value)); }

}  // namespace

Metrics metrics_for(Size window) {
  const auto width = static_cast<float>(window.width);
  const auto height = static_cast<float>(window.height);
  const float scale = std::sqrt(width * height / kDesignArea);
  const float text = std::max(scale, kLeastTextScale);

  Metrics metrics;
  metrics.window = window;
  metrics.upright = window.height > window.width;
  metrics.question = whole(std::min(48 * text, kQuestionShareOfWidth * width));
  metrics.body = whole(24 * text);
  metrics.small = whole(20 * text);
  metrics.grid = whole(8 * scale);
  metrics.margin = whole(metrics.upright ? 24 * scale : std::max(40.0F, 40 * scale));
  metrics.gap = whole(width / 64);
  metrics.card = std::floor((width - 2 * metrics.margin - 4 * metrics.gap) / 5);
  const float share = metrics.upright ? kAnswerShareOfUprightCard : kAnswerShareOfCard;
  metrics.answer = whole(std::min(28 * text, share * metrics.card));
  metrics.radius = whole(24 * scale);
  metrics.header = whole(80 * text);
  metrics.button = whole(72 * text);
  metrics.stroke = whole(2 * scale);
  return metrics;
}

}  // namespace hailong::kiosk::design
