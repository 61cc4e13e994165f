#include "district/web/unit_sums.h"

#include <algorithm>
#include <array>
#include <map>

#include "district/ingest/projection.h"
#include "district/scoring/numbers.h"
#include "district/scoring/service_indices.h"
#include "district/web/small_samples.h"
#include "district/web/survey_words.h"

namespace hailong::district::web {
namespace {

/// TT 01/2018/TT-VPCP Điều 13; the questions of assets/survey.toml.
struct AskedIndex {
  const char* question;
  const char* name;
};
constexpr std::array kAskedIndices = {
    AskedIndex{"tt01-1", "Chỉ số 1: thời gian giải quyết so với thời gian cho phép"},
    AskedIndex{"tt01-3", "Chỉ số 3: số lần phải liên hệ để hoàn thiện hồ sơ"},
    AskedIndex{"tt01-4", "Chỉ số 4: số cơ quan phải liên hệ để hoàn thiện hồ sơ"}};

constexpr std::array kPoints = {"0", "1", "2"};

scoring::DossierScores scores_for(const std::vector<storage::AnswerRow>& rows,
                                  std::string_view question) {
  scoring::DossierScores scores;
  for (const storage::AnswerRow& row : rows) {
    if (row.question != question) continue;
    const auto points = std::find(kPoints.begin(), kPoints.end(), row.choice);
    if (points == kPoints.end()) continue;
    scores.by_points[static_cast<std::size_t>(points - kPoints.begin())] += row.n;
  }
  return scores;
}

}  // namespace

std::vector<Group> hour_groups(const std::vector<storage::HourRow>& rows) {
  std::map<int, core::Counts> by_hour;
  for (const storage::HourRow& row : rows) by_hour[row.hour] += row.counts;
  std::vector<Group> groups;
  groups.reserve(by_hour.size());
  for (const auto& [hour, counts] : by_hour) {
    groups.push_back({std::to_string(hour) + "–" + std::to_string(hour + 1) + " giờ", counts});
  }
  return groups;
}

std::vector<AnswerLine> reason_lines(const std::vector<storage::AnswerRow>& rows,
                                     bool hides_small) {
  std::map<std::string, std::int64_t> by_choice;
  for (const storage::AnswerRow& row : rows) {
    if (row.question == "reasons" || row.question == ingest::kLaterReasons) {
      by_choice[row.choice] += row.n;
    }
  }
  std::vector<std::pair<std::string, std::int64_t>> ordered(by_choice.begin(), by_choice.end());
  std::stable_sort(ordered.begin(), ordered.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  std::vector<AnswerLine> lines;
  lines.reserve(ordered.size());
  for (const auto& [choice, n] : ordered) {
    lines.push_back({answer_words("reasons", choice), hides_small ? unless_small(n) : n});
  }
  return lines;
}

std::vector<FigureLine> index_lines(const std::vector<storage::AnswerRow>& rows, bool hides_small) {
  std::vector<FigureLine> lines;
  for (const AskedIndex& asked : kAskedIndices) {
    const scoring::DossierScores scores = scores_for(rows, asked.question);
    const auto tenths = scoring::index_tenths(scores);
    if (!tenths || (hides_small && scores.scored() < kSmallestGroup)) continue;
    lines.push_back({asked.name, scoring::vietnamese_tenths(std::int64_t{*tenths} * 10) + " / 2",
                     scoring::vietnamese_count(scores.scored()) + " câu trả lời"});
  }
  return lines;
}

}  // namespace hailong::district::web
