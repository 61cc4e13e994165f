#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "district/scoring/score_table.h"
#include "district/storage/alerts.h"
#include "district/web/figures.h"
#include "district/web/long_list.h"
#include "district/web/period_picker.h"

namespace hailong::district::web {

/// Residents' words that wait for an answer.
struct OpenFeedback {
  std::int64_t open = 0;
  std::int64_t overdue = 0;  // of those
};

/// What the kiosks of a unit sent, and when.
struct Arrivals {
  std::int64_t kiosks = 0;                    // that stand there today and may send
  std::optional<std::int64_t> last_received;  // when its last events came
};

/// When a unit's kiosks were last heard of, or why they were not: no data is not the same as nobody
/// complaining.
std::string received_words(const Arrivals& arrivals, core::LocalDate today);

/// All that the overview shows.
struct OverviewView {
  Asked asked;
  scoring::ScoreTable table;
  std::vector<Group> fields;                          // of the whole authority
  std::string easy;                                   // how far easy fields lift the total
  std::vector<Group> months;                          // the last twelve, of the whole authority
  std::map<std::string, Arrivals> arrivals;           // by unit id
  std::map<std::string, storage::UnitAlerts> alerts;  // by unit id
  std::map<std::string, OpenFeedback> feedback;       // by unit id
  std::map<std::string, std::int64_t> unsigned_days;  // likewise, of the last 60 days
  ListAsked list;                                     // of the communes
};

/// "Tỷ lệ hài lòng tại quầy · Hôm nay, …"
std::string overview_title(const OverviewView& view);

/// The inside of the page. Everything that came from outside is escaped.
std::string overview_html(const OverviewView& view);

}  // namespace hailong::district::web
