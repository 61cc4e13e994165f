#include "district/scoring/verdict.h"

#include <algorithm>
#include <cmath>

#include "core/numbers.h"

namespace hailong::district::scoring {
namespace {

std::int64_t hundredths_of_percent(double share) {
  return static_cast<std::int64_t>(std::floor(share * 10'000 + 0.5));
}

/// "91,3 % hài lòng (KTC 95 %: 88,0–93,8), 412 phiếu", of a sample that is not empty.
std::string share_words(std::int64_t satisfied, std::int64_t n) {
  const core::Interval interval = core::wilson95(satisfied, n);
  return core::percent_words(satisfied, n) +
         " hài lòng (KTC 95 %: " + core::vietnamese_tenths(hundredths_of_percent(interval.low)) +
         "–" + core::vietnamese_tenths(hundredths_of_percent(interval.high)) + "), " +
         core::vietnamese_count(n) + " phiếu";
}

std::string failing_words(std::int64_t part, std::int64_t whole, int percent) {
  return core::percent_words_below(part, whole, percent) + " < " + std::to_string(percent) + " %";
}

std::string lower_end_words(std::int64_t satisfied, std::int64_t n, int percent) {
  const double low = core::wilson95(satisfied, n).low;
  return "cận dưới khoảng tin cậy " + failing_words(hundredths_of_percent(low), 10'000, percent) +
         " (mẫu chưa đủ lớn để chắc chắn)";
}

class Explanation {
 public:
  Explanation(const Evidence& evidence, const Programme& programme, const Appraisal& appraisal)
      : evidence_(evidence), programme_(programme), appraisal_(appraisal) {}

  [[nodiscard]] std::string level() const {
    if (!appraisal_.level) return "Không đủ dữ liệu để xét mức";
    if (*appraisal_.level == 0) return "Chưa đạt mức nào";
    return "Đạt mức " + std::to_string(*appraisal_.level);
  }

  /// "; chưa đạt mức 3 vì …", or nothing at the highest level.
  [[nodiscard]] std::string why_not_more() const {
    if (appraisal_.obstacles.empty()) return "";
    const int next = appraisal_.level.value_or(0) + 1;
    const bool unknown = std::all_of(
        appraisal_.obstacles.begin(), appraisal_.obstacles.end(), [](const Obstacle obstacle) {
          return obstacle == Obstacle::kCoverageUnknown || obstacle == Obstacle::kTimelinessUnknown;
        });
    std::string text = unknown ? "; chưa xét được mức " : "; chưa đạt mức ";
    text.append(std::to_string(next)).append(" vì ");
    for (std::size_t i = 0; i < appraisal_.obstacles.size(); ++i) {
      text.append(i == 0 ? "" : " và ").append(words(appraisal_.obstacles[i], next));
    }
    return text;
  }

 private:
  [[nodiscard]] std::string words(Obstacle obstacle, int level) const {
    const int percent = programme_.levels[static_cast<std::size_t>(level - 1)].satisfied_percent;
    const std::int64_t n = evidence_.counts.n();
    const std::int64_t satisfied = programme_.satisfied(evidence_.counts);
    switch (obstacle) {
      case Obstacle::kShare:
        return "tỷ lệ hài lòng " + failing_words(satisfied, n, percent);
      case Obstacle::kLowerEnd:
        return lower_end_words(satisfied, n, percent);
      case Obstacle::kCoverage:
        return coverage_words();
      case Obstacle::kCoverageUnknown:
        return "chưa biết số hồ sơ đã trả";
      case Obstacle::kTimeliness:
        return "tỷ lệ phản hồi đúng hạn " + failing_words(evidence_.timeliness->on_time,
                                                          evidence_.timeliness->due,
                                                          programme_.timely_percent);
      case Obstacle::kTimelinessUnknown:
        return "chưa có số liệu phản hồi đúng hạn";
    }
    return "";
  }

  [[nodiscard]] std::string coverage_words() const {
    if (evidence_.coverage->returned == 0) return "không có hồ sơ nào được trả";
    return "tỷ lệ hồ sơ được đánh giá " + failing_words(evidence_.coverage->rated,
                                                        evidence_.coverage->returned,
                                                        programme_.coverage_percent);
  }

  const Evidence& evidence_;
  const Programme& programme_;
  const Appraisal& appraisal_;
};

/// "; không tính 12 phiếu loại theo quyết định (nếu tính: 90,1 % hài lòng)"
std::string left_out_words(const Evidence& evidence, const Programme& programme) {
  const std::int64_t count = evidence.left_out.n();
  if (count == 0) return "";
  core::Counts all = evidence.counts;
  all += evidence.left_out;
  return "; không tính " + core::vietnamese_count(count) +
         " phiếu loại theo quyết định (nếu tính: " +
         core::percent_words(programme.satisfied(all), all.n()) + " hài lòng)";
}

}  // namespace

Figures figures_of(const core::Counts& counts) {
  const std::int64_t n = counts.n();
  if (n == 0) return {};
  const core::Interval interval = core::wilson95(counts.satisfied(), n);
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < counts.by_score.size(); ++i) {
    sum += static_cast<std::int64_t>(i + 1) * counts.by_score[i];
  }
  return {core::satisfied_basis_points(counts), hundredths_of_percent(interval.low),
          hundredths_of_percent(interval.high), (200 * sum + n) / (2 * n)};
}

std::string describe(const core::Counts& counts) {
  if (counts.n() == 0) return "Chưa có phiếu nào";
  return share_words(counts.satisfied(), counts.n());
}

Judged appraise_unit(const Evidence& evidence, const Programme* programme, int year) {
  const core::Counts& counts = evidence.counts;
  if (programme == nullptr) {
    if (counts.n() == 0) return {{}, describe(counts), describe(counts)};
    const std::string missing = "hưa có ngưỡng cho năm " + std::to_string(year);
    return {{}, describe(counts) + "; c" + missing, "C" + missing};
  }
  const std::string left_out = left_out_words(evidence, *programme);
  const Appraisal appraisal = appraise(evidence, *programme);
  if (counts.n() == 0) {
    return {appraisal, describe(counts) + left_out, describe(counts) + left_out};
  }
  const std::string ending = left_out + (programme->official() ? "" : "; ngưỡng tạm");
  if (!appraisal.enough) {
    const std::string missing = "Chưa đủ mẫu: " + core::vietnamese_count(counts.n()) + "/" +
                                core::vietnamese_count(appraisal.sample_needed) + " phiếu" + ending;
    return {appraisal, missing, missing};
  }
  const Explanation explanation(evidence, *programme, appraisal);
  const std::string why = explanation.why_not_more() + ending;
  return {appraisal,
          explanation.level() + ": " + share_words(programme->satisfied(counts), counts.n()) + why,
          explanation.level() + why};
}

}  // namespace hailong::district::scoring
