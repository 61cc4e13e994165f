#pragma once

#include <chrono>
#include <span>
#include <string>
#include <vector>

#include "core/event.h"
#include "core/opening_hours.h"

/// Why a rating may not be one person's honest answer. A doubt is a mark on an event, nothing more:
/// the rating is kept, sent and counted apart, and only a recorded decision of somebody outside the
/// rated unit leaves it out of a score, with both figures shown (measurement-rules.md 13.2). So the
/// rules may be simple, and err towards saying nothing where the kiosk cannot know.
///
/// | doubt | what it is there for | why it may be innocent |
/// | --- | --- | --- |
/// | burst | a child drumming, one person voting many times | a family, a school class |
/// | identical | filling in by the dozen; nobody answers 20 times alike by chance | a good day:
/// first month of a ward, 463 of 467 alike (measurement-rules.md 11) | | out-of-hours | ratings
/// when nobody was served | a counter that stayed open longer | | staff-mode | an officer had just
/// been at the screen | a repair while people waited |

namespace hailong::core {

/// A rating as far as the rules need it.
struct PastRating {
  Score score;
  Stamp stamp;
};

/// The figures are placeholders of measurement-rules.md 13.2, to be set by the programme.
struct DoubtRules {
  int burst_count = 5;  // this many within the window; 0 or less: no such rule
  std::chrono::seconds burst_window{60};
  int identical_run = 20;  // this many alike in a row; 0 or less: no such rule
  OpeningHours hours;      // none: always open, no such rule
};

/// The doubts about `now`, each at most once, in this order; `past` is oldest first, without `now`,
/// and needs no more than the last max(burst_count, identical_run) ratings of this kiosk.
/// - "burst": with `now` there are at least burst_count ratings within less than burst_window. Time
///   is monotonic within one boot; between boots wall time counts, if both clocks were synced; else
///   the distance is not known and the older rating does not count.
/// - "identical": `now` completes or continues a run of identical_run equal scores.
/// - "out-of-hours": outside the opening hours. Not said by an unsynced clock, which may stand at
///   any hour; the district can say it once the true time has been worked out.
/// - "staff-mode": staff mode was open in the last minute, by `staff_mode_lately`.
std::vector<std::string> doubts(std::span<const PastRating> past, const PastRating& now,
                                const DoubtRules& rules, bool staff_mode_lately);

}  // namespace hailong::core
