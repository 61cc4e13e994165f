#include "district/scoring/asked_indices.h"

#include <algorithm>

namespace hailong::district::scoring {
namespace {

constexpr std::array kIndexPoints = {"0", "1", "2"};

}  // namespace

DossierScores asked_scores(const std::vector<storage::AnswerRow>& rows, std::string_view question) {
  DossierScores scores;
  for (const storage::AnswerRow& row : rows) {
    if (row.question != question) continue;
    const auto* points = std::find(kIndexPoints.begin(), kIndexPoints.end(), row.choice);
    if (points == kIndexPoints.end()) continue;
    scores.by_points[static_cast<std::size_t>(points - kIndexPoints.begin())] += row.n;
  }
  return scores;
}

}  // namespace hailong::district::scoring
