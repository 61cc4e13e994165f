#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "core/score.h"

/// From counts to a figure that stands up in an appraisal. Whether something passes a threshold is
/// decided with integers; the percentages here are for showing only.
///
/// The sample is self-selected: these figures are "Tỷ lệ hài lòng tại quầy", never SIPAS
/// (measurement-rules.md 1).

namespace hailong::core {

/// How many ratings there are of each score.
struct Counts {
  std::array<std::int64_t, 5> by_score{};  // [0] counts score 1

  void add(Score score, std::int64_t times = 1) {
    by_score[static_cast<std::size_t>(score.value() - 1)] += times;
  }
  Counts& operator+=(const Counts& other);

  [[nodiscard]] std::int64_t n() const;
  [[nodiscard]] std::int64_t satisfied() const { return by_score[3] + by_score[4]; }

  bool operator==(const Counts&) const = default;
};

/// Ends of an interval, as shares from 0 to 1.
struct Interval {
  double low = 0;
  double high = 0;
};

/// Wilson score interval at 95 % (z = 1.959964; Wilson 1927) for `successes` of `n`, n > 0.
Interval wilson95(std::int64_t successes, std::int64_t n);

/// Mean of the scores, 1 to 5. Nothing for an empty sample.
std::optional<double> mean(const Counts& counts);

/// Share of satisfied ratings in hundredths of a percent, rounded half up
/// (measurement-rules.md 13.2). Nothing for an empty sample.
std::optional<std::int64_t> satisfied_basis_points(const Counts& counts);

/// True when at least `percent` % of `n` are successes, exactly: 100 * successes >= percent * n.
/// False for an empty sample.
bool reaches(std::int64_t successes, std::int64_t n, int percent);

/// True when the Wilson interval's lower end is at least `percent` %, decided with integers.
///
/// The interval is the set of all p with (s - n p)² <= z² n p (1 - p) (Wilson 1927), so its lower
/// end is at least p < 1 exactly when s >= n p and (s - n p)² >= z² n p (1 - p). With p = percent /
/// 100 both sides times 100² are whole numbers but for z², which is the 0.95 quantile of chi-square
/// with one degree of freedom, 3.841458820694124, written as a fraction. 128 bits hold it for n
/// below 10⁹. False for an empty sample, and for 100 %, which no sample can show.
bool lower_end_reaches(std::int64_t successes, std::int64_t n, int percent);

/// 95 % interval of the difference p2 - p1 of two independent shares, from -1 to 1, by the two
/// Wilson intervals (Newcombe 1998, method 10). n1, n2 > 0.
Interval difference95(std::int64_t successes1, std::int64_t n1, std::int64_t successes2,
                      std::int64_t n2);

/// True when the later satisfied share is lower than the earlier one by more than chance explains:
/// the whole interval of the difference lies below 0. False when either sample is empty.
bool dropped_beyond_noise(const Counts& earlier, const Counts& later);

/// Smallest sample that represents `population` dossiers with an error of 5 %:
/// ceil(N / (1 + N * 0.05²)) = ceil(400 N / (400 + N)) (measurement-rules.md 1, 13.2).
std::int64_t minimum_sample(std::int64_t population);

}  // namespace hailong::core
