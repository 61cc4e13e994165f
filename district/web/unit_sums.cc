#include "district/web/unit_sums.h"

#include <algorithm>
#include <map>

#include "core/numbers.h"
#include "district/ingest/projection.h"
#include "district/scoring/asked_indices.h"
#include "district/web/small_samples.h"
#include "district/web/survey_words.h"

namespace hailong::district::web {

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
  for (const scoring::AskedIndex& asked : scoring::kAskedIndices) {
    const scoring::DossierScores scores = scoring::asked_scores(rows, asked.question);
    const auto tenths = scoring::index_tenths(scores);
    if (!tenths || (hides_small && scores.scored() < kSmallestGroup)) continue;
    lines.push_back({asked.name, core::vietnamese_tenths(std::int64_t{*tenths} * 10) + " / 2",
                     core::vietnamese_count(scores.scored()) + " câu trả lời"});
  }
  return lines;
}

std::optional<FigureLine> conduct_line(const dossiers::DossierFigures& figures) {
  if (figures.dossiers() == 0) return std::nullopt;
  FigureLine line{scoring::kConductIndexName, "ẩn", figures.conduct_words()};
  if (figures.hidden()) return line;
  const scoring::DossierScores scores = scoring::conduct_scores(figures.conduct);
  line.value = core::vietnamese_tenths(std::int64_t{*scoring::index_tenths(scores)} * 10) + " / 2";
  line.basis = core::vietnamese_count(scores.scored()) + " hồ sơ";
  return line;
}

DossierPanel dossier_panel(const dossiers::DossierFigures& figures, bool hides_small) {
  // A dossier may be rated long after its month: the ratio would tell of that one rating.
  if (hides_small && figures.dossiers() > 0) {
    return {"Không hiện với tài khoản này, để không lộ ý kiến của từng người.", {}};
  }
  DossierPanel panel{figures.dossiers() == 0
                         ? "Không đủ dữ liệu: sổ hồ sơ không có hồ sơ nào của kỳ này."
                         : figures.ratio_words(),
                     {}};
  if (figures.hidden() || figures.dossiers() == 0) return panel;
  const auto add = [&](const char* name, std::int64_t count) {
    panel.faults.push_back({name, count});
  };
  add("Không hài lòng (phiếu mức 1 hoặc 2)", figures.with(scoring::kUnsatisfied));
  add("Có phản ánh, kiến nghị", figures.with(scoring::kComplained));
  add("Quá hạn", figures.with(scoring::kOverdue));
  add("Có ít nhất một lỗi (hợp các tập)", figures.faults.faulty());
  return panel;
}

}  // namespace hailong::district::web
