#include "district/scoring/criterion.h"

#include <algorithm>

namespace hailong::district::scoring {
namespace {

std::int64_t sample_needed(const Evidence& evidence, const Programme& programme) {
  const bool known = evidence.coverage && evidence.coverage->returned > 0;
  return known && programme.representative ? core::minimum_sample(evidence.coverage->returned)
                                           : programme.minimum_sample;
}

/// A share of nothing is never reached, unless nothing is asked for.
bool is_covered(const Coverage& coverage, int percent) {
  return percent == 0 || core::reaches(coverage.rated, coverage.returned, percent);
}

std::vector<Obstacle> obstacles_to(const LevelRule& level, const Evidence& evidence,
                                   const Programme& programme) {
  std::vector<Obstacle> obstacles;
  const std::int64_t n = evidence.counts.n();
  const std::int64_t satisfied = programme.satisfied(evidence.counts);
  if (!core::reaches(satisfied, n, level.satisfied_percent)) {
    obstacles.push_back(Obstacle::kShare);
  } else if (!core::lower_end_reaches(satisfied, n, level.satisfied_percent)) {
    obstacles.push_back(Obstacle::kLowerEnd);
  }
  if (level.needs_coverage) {
    if (!evidence.coverage) {
      obstacles.push_back(Obstacle::kCoverageUnknown);
    } else if (!is_covered(*evidence.coverage, programme.coverage_percent)) {
      obstacles.push_back(Obstacle::kCoverage);
    }
  }
  if (level.needs_timeliness) {
    if (!evidence.timeliness) {
      obstacles.push_back(Obstacle::kTimelinessUnknown);
    } else if (evidence.timeliness->due > 0 &&
               !core::reaches(evidence.timeliness->on_time, evidence.timeliness->due,
                              programme.timely_percent)) {
      obstacles.push_back(Obstacle::kTimeliness);
    }
  }
  return obstacles;
}

bool is_unknown(Obstacle obstacle) {
  return obstacle == Obstacle::kCoverageUnknown || obstacle == Obstacle::kTimelinessUnknown;
}

std::int64_t points_x100(const Evidence& evidence, const Programme& programme) {
  const std::int64_t n = evidence.counts.n();
  const std::int64_t share = 100 * programme.satisfied(evidence.counts) * programme.max_points;
  return (2 * share + n) / (2 * n);
}

}  // namespace

Appraisal appraise(const Evidence& evidence, const Programme& programme) {
  Appraisal appraisal;
  const std::int64_t n = evidence.counts.n();
  appraisal.sample_needed = sample_needed(evidence, programme);
  appraisal.enough = n > 0 && n >= appraisal.sample_needed;
  if (!appraisal.enough) return appraisal;

  appraisal.points_x100 = points_x100(evidence, programme);
  int level = 0;
  for (const LevelRule& rule : programme.levels) {
    appraisal.obstacles = obstacles_to(rule, evidence, programme);
    if (!appraisal.obstacles.empty()) break;
    ++level;
  }
  const bool undecided =
      level == 0 && std::all_of(appraisal.obstacles.begin(), appraisal.obstacles.end(), is_unknown);
  if (!undecided) appraisal.level = level;
  return appraisal;
}

}  // namespace hailong::district::scoring
