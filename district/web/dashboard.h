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
  std::string authority;
  std::string person;
  core::LocalDate today;
  Period shown;
  scoring::ScoreTable table;
  std::map<std::string, std::int64_t> received;       // unit code -> when its last events came
  std::map<std::string, storage::UnitAlerts> alerts;  // by unit id
  const core::UnitRegister& units;
  std::string error;  // what was wrong with the address; empty when nothing was
};

/// The whole page. Everything that came from outside is escaped.
std::string dashboard_page(const DashboardView& view);

struct LoginView {
  std::string authority;
  std::string name;   // as typed before
  std::string error;  // empty: nothing went wrong yet
};

std::string login_page(const LoginView& view);

}  // namespace hailong::district::web
