#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "core/local_date.h"
#include "district/scoring/score_table.h"
#include "district/storage/alerts.h"
#include "district/web/periods.h"

namespace hailong::district::web {

/// All that the dashboard page shows.
struct DashboardView {
  core::LocalDate today;
  Period shown;
  scoring::ScoreTable table;
  std::map<std::string, std::int64_t> received;       // unit code -> when its last events came
  std::map<std::string, storage::UnitAlerts> alerts;  // by unit id
  const core::UnitRegister& units;
  std::string error;  // what was wrong with the address; empty when nothing was
};

/// "Tỷ lệ hài lòng tại quầy · Hôm nay, …"
std::string dashboard_title(const DashboardView& view);

/// The inside of the page. Everything that came from outside is escaped.
std::string dashboard_main(const DashboardView& view);

}  // namespace hailong::district::web
