#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>

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

/// True when at least `percent` % of the ratings are satisfied, exactly:
/// 100 * satisfied >= percent * n. False for an empty sample.
bool reaches(const Counts& counts, int percent);

/// Smallest sample that represents `population` dossiers with an error of 5 %:
/// ceil(N / (1 + N * 0.05²)) = ceil(400 N / (400 + N)) (measurement-rules.md 1, 13.2).
std::int64_t minimum_sample(std::int64_t population);

/// The rules of one year for the satisfaction criterion (measurement-rules.md 13.3).
struct Programme {
  int year = 0;
  std::int64_t minimum_sample = 0;     // fewer ratings get neither level nor points
  std::array<int, 4> level_percent{};  // satisfied share that levels 1 to 4 ask for, rising
  int max_points = 0;                  // points at 100 % satisfied
  bool official = false;               // false: placeholders, said so wherever a level is shown
  std::string source;                  // document the figures come from
};

/// What a programme says of a sample.
struct Appraisal {
  bool enough = false;       // the sample reaches the programme's minimum
  std::optional<int> level;  // 0 (none reached) to 4; nothing when not enough
  std::optional<std::int64_t>
      points_x100;       // hundredths of a point, half up; nothing when not enough
  bool certain = false;  // the interval's lower end reaches the level's threshold as well
};

Appraisal appraise(const Counts& counts, const Programme& programme);

}  // namespace hailong::core
