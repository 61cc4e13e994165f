#pragma once

#include "district/dossiers/dossier_figures.h"
#include "district/feedback/timeliness.h"
#include "district/storage/alerts.h"
#include "district/storage/appraisals.h"
#include "district/storage/device_states.h"
#include "district/storage/places.h"
#include "district/storage/roll_ups.h"
#include "district/storage/staff_records.h"
#include "district/web/overview.h"
#include "district/web/site.h"
#include "district/web/unit_page.h"

namespace hailong::district::web {

/// The pages of figures: the overview, the list of communes and the page of each. Any thread.
class ScorePages {
 public:
  ScorePages(storage::Store& store, const Config& config)
      : roll_ups_(store),
        alerts_(store),
        devices_(store),
        timeliness_(store, config.case_limits, config.calendar),
        appraisals_(store),
        dossiers_(store, config.rules.units),
        places_(store),
        staff_(store),
        config_(config) {}

  /// Adds /, /units and /units/{} to `site`; must then outlive it.
  void add_to(Site& site);

 private:
  using Table = core::Result<scoring::ScoreTable>;

  http::Response overview(const Site& site, const http::Request& request,
                          const access::Principal& person);
  http::Response units(const Site& site, const http::Request& request,
                       const access::Principal& person);
  http::Response unit(const Site& site, const http::Request& request,
                      const access::Principal& person);
  core::Result<OverviewView> overview_view(const Asked& asked, const access::Principal& person);
  core::Result<UnitView> unit_view(const core::Unit& unit, Asked asked, bool by_week,
                                   const access::Principal& person);

  /// Where the unit receives people, and the kiosks there.
  core::Result<std::vector<PointLine>> points_of(const core::Unit& unit,
                                                 const std::vector<storage::DeviceState>& devices,
                                                 core::LocalDate today);

  /// Hours, reasons, indices and the figure without what decisions leave out.
  core::Result<void> add_kept_sums(UnitView& view, bool for_staff);
  /// What the register of dossiers says.
  core::Result<void> add_dossiers(UnitView& view, bool for_staff);
  [[nodiscard]] storage::RollUpReader roll_ups_seen(const Asked& asked) const;
  Table table(const Asked& asked, const Period& period, const storage::Grouping& by);
  core::Result<std::vector<Group>> months_of(const Asked& asked,
                                             const std::optional<std::string>& unit_id);
  core::Result<std::vector<Group>> weeks_of(const Asked& asked, const std::string& unit_id);
  /// What waits for an answer now, whenever it was left, by unit id.
  core::Result<std::map<std::string, OpenFeedback>> open_feedback(const Asked& asked);
  /// How many days of the last weeks nobody signed off, by unit id.
  core::Result<std::map<std::string, std::int64_t>> unsigned_days(core::LocalDate today);
  [[nodiscard]] const core::Unit* unit_of(const std::string& code_or_id,
                                          core::LocalDate today) const;

  storage::RollUpReader roll_ups_;
  storage::AlertReader alerts_;
  storage::DeviceStates devices_;
  feedback::TimelinessReader timeliness_;
  storage::Appraisals appraisals_;
  dossiers::FigureReader dossiers_;
  storage::Places places_;
  storage::StaffRecords staff_;
  const Config& config_;
};

}  // namespace hailong::district::web
