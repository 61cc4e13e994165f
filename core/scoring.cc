#include "core/scoring.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace hailong::core {
namespace {

constexpr double kZ95 = 1.959963984540054;  // standard normal quantile of 0.975

__extension__ using Wide = __int128;
// 3.841458820694124 in lowest terms.
constexpr Wide kZ95SquaredNumerator = 960'364'705'173'531;
constexpr Wide kZ95SquaredDenominator = 250'000'000'000'000;

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

bool reaches(std::int64_t successes, std::int64_t n, int percent) {
  return n > 0 && 100 * successes >= percent * n;
}

bool lower_end_reaches(std::int64_t successes, std::int64_t n, int percent) {
  if (percent >= 100 || !reaches(successes, n, percent)) return false;
  const Wide above = Wide{100} * successes - Wide{percent} * n;
  const Wide spread = Wide{percent} * (100 - percent) * n;
  return kZ95SquaredDenominator * above * above >= kZ95SquaredNumerator * spread;
}

Interval difference95(std::int64_t successes1, std::int64_t n1, std::int64_t successes2,
                      std::int64_t n2) {
  const double share1 = static_cast<double>(successes1) / static_cast<double>(n1);
  const double share2 = static_cast<double>(successes2) / static_cast<double>(n2);
  const Interval wilson1 = wilson95(successes1, n1);
  const Interval wilson2 = wilson95(successes2, n2);
  const double difference = share2 - share1;
  return {std::max(-1.0, difference - std::hypot(share2 - wilson2.low, wilson1.high - share1)),
          std::min(1.0, difference + std::hypot(wilson2.high - share2, share1 - wilson1.low))};
}

bool dropped_beyond_noise(const Counts& earlier, const Counts& later) {
  if (earlier.n() == 0 || later.n() == 0) return false;
  return difference95(earlier.satisfied(), earlier.n(), later.satisfied(), later.n()).high < 0;
}

std::int64_t minimum_sample(std::int64_t population) {
  if (population <= 0) return 0;
  return (400 * population + 400 + population - 1) / (400 + population);
}

}  // namespace hailong::core
