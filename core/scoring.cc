#include "core/scoring.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace hailong::core {
namespace {

constexpr double kZ95 = 1.959963984540054;  // standard normal quantile of 0.975

std::int64_t divided_half_up(std::int64_t numerator, std::int64_t denominator) {
  return (2 * numerator + denominator) / (2 * denominator);
}

}  // namespace

Counts& Counts::operator+=(const Counts& other) {
  for (std::size_t i = 0; i < by_score.size(); ++i) by_score[i] += other.by_score[i];
  return *this;
}

std::int64_t Counts::n() const {
  return std::accumulate(by_score.begin(), by_score.end(), std::int64_t{0});
}

Interval wilson95(std::int64_t successes, std::int64_t n) {
  const auto count = static_cast<double>(n);
  const double share = static_cast<double>(successes) / count;
  const double z2 = kZ95 * kZ95;
  const double centre = share + z2 / (2 * count);
  const double reach = kZ95 * std::sqrt(share * (1 - share) / count + z2 / (4 * count * count));
  const double scale = 1 + z2 / count;
  // Rounding may leave 0 or 1 by some 1e-17; the interval of a share does not.
  return {std::clamp((centre - reach) / scale, 0.0, share),
          std::clamp((centre + reach) / scale, share, 1.0)};
}

std::optional<double> mean(const Counts& counts) {
  const std::int64_t n = counts.n();
  if (n == 0) return std::nullopt;
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < counts.by_score.size(); ++i) {
    sum += static_cast<std::int64_t>(i + 1) * counts.by_score[i];
  }
  return static_cast<double>(sum) / static_cast<double>(n);
}

std::optional<std::int64_t> satisfied_basis_points(const Counts& counts) {
  const std::int64_t n = counts.n();
  if (n == 0) return std::nullopt;
  return divided_half_up(10'000 * counts.satisfied(), n);
}

bool reaches(const Counts& counts, int percent) {
  const std::int64_t n = counts.n();
  return n > 0 && 100 * counts.satisfied() >= percent * n;
}

std::int64_t minimum_sample(std::int64_t population) {
  if (population <= 0) return 0;
  return (400 * population + 400 + population - 1) / (400 + population);
}

Appraisal appraise(const Counts& counts, const Programme& programme) {
  Appraisal appraisal;
  const std::int64_t n = counts.n();
  appraisal.enough = n > 0 && n >= programme.minimum_sample;
  if (!appraisal.enough) return appraisal;

  int level = 0;
  while (level < 4 && reaches(counts, programme.level_percent[static_cast<std::size_t>(level)])) {
    ++level;
  }
  appraisal.level = level;
  appraisal.points_x100 =
      divided_half_up(std::int64_t{100} * programme.max_points * counts.satisfied(), n);
  if (level > 0) {
    const int percent = programme.level_percent[static_cast<std::size_t>(level - 1)];
    appraisal.certain = wilson95(counts.satisfied(), n).low * 100 >= percent;
  }
  return appraisal;
}

}  // namespace hailong::core
