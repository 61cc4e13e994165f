#include "district/scoring/verdict.h"

#include <cmath>

#include "district/scoring/numbers.h"

namespace hailong::district::scoring {
namespace {

std::int64_t hundredths_of_percent(double share) {
  return static_cast<std::int64_t>(std::floor(share * 10'000 + 0.5));
}

std::string level_words(const core::Appraisal& appraisal) {
  if (*appraisal.level == 0) return "Chưa đạt mức nào";
  return "Đạt mức " + std::to_string(*appraisal.level) +
         (appraisal.certain ? ", chắc chắn" : " theo điểm số");
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
  const Figures figures = figures_of(counts);
  if (!figures.satisfied) return "Chưa có phiếu nào";
  return vietnamese(*figures.satisfied) +
         " % hài lòng (KTC 95 %: " + vietnamese_tenths(*figures.low) + "–" +
         vietnamese_tenths(*figures.high) + "), " + vietnamese_count(counts.n()) + " phiếu";
}

Judged appraise_unit(const core::Counts& counts, const core::Programme* programme, int year) {
  if (counts.n() == 0) return {{}, describe(counts), describe(counts)};
  if (programme == nullptr) {
    const std::string missing = "hưa có ngưỡng cho năm " + std::to_string(year);
    return {{}, describe(counts) + "; c" + missing, "C" + missing};
  }
  const core::Appraisal appraisal = core::appraise(counts, *programme);
  const std::string caution = programme->official ? "" : "; ngưỡng tạm";
  if (!appraisal.enough) {
    const std::string missing = "Chưa đủ mẫu: " + vietnamese_count(counts.n()) + "/" +
                                vietnamese_count(programme->minimum_sample) + " phiếu" + caution;
    return {appraisal, missing, missing};
  }
  const std::string level = level_words(appraisal);
  return {appraisal, level + ": " + describe(counts) + caution, level + caution};
}

}  // namespace hailong::district::scoring
