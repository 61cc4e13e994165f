#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/scoring.h"
#include "district/scoring/programme.h"

/// The satisfaction criterion: the satisfied share at the counter against a year's rules. One of
/// three logics that are never mixed; the others are service_indices.h (TT 01/2018) and
/// dossier_ratio.h (QĐ 766).

namespace hailong::district::scoring {

/// How many of the dossiers returned in a period have a linked rating.
struct Coverage {
  std::int64_t rated = 0;
  std::int64_t returned = 0;
  bool counted_by_unit = false;  // some of `returned` by the unit's own staff, at the kiosk
};

/// How much of the feedback due in a period was answered in time.
struct Timely {
  std::int64_t due = 0;
  std::int64_t on_time = 0;
};

/// What a unit is appraised on.
struct Evidence {
  core::Counts counts;               // what counts
  core::Counts left_out;             // by decision; shown, not counted
  std::optional<Coverage> coverage;  // nothing: not known how many dossiers were returned
  std::optional<Timely> timeliness;  // nothing: not known
};

/// Why a level is not reached.
enum class Obstacle {
  kShare,            // the satisfied share is too low
  kLowerEnd,         // the share passes, the interval's lower end does not: may be luck
  kCoverage,         // too few of the dossiers have a rating
  kCoverageUnknown,  // nobody entered how many dossiers were returned
  kTimeliness,       // too little feedback was answered in time
  kTimelinessUnknown,
};

struct Appraisal {
  std::int64_t sample_needed = 0;
  bool enough = false;       // the sample reaches what is needed
  std::optional<int> level;  // 0 (none reached) to 4; nothing when not enough, or when only what is
                             // not known keeps level 1 away
  std::optional<std::int64_t> points_x100;  // hundredths, half up; nothing when not enough
  std::vector<Obstacle> obstacles;          // to the next level; none at level 4
};

/// A level is reached with all below it. Its share is compared with the lower end of the interval,
/// in integers, so that a small sample never gets a level by luck. No feedback due is in time.
Appraisal appraise(const Evidence& evidence, const Programme& programme);

}  // namespace hailong::district::scoring
