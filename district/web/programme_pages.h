#pragma once

#include "district/storage/appraisals.h"
#include "district/storage/programme_records.h"
#include "district/storage/roll_ups.h"
#include "district/web/site.h"

namespace hailong::district::web {

/// The programme against the plan: /programme, where an administrator confirms the criterion. Any
/// thread.
class ProgrammePages {
 public:
  ProgrammePages(storage::Store& store, const Config& config)
      : roll_ups_(store), appraisals_(store), records_(store), config_(config) {}

  /// Adds its addresses to `site`; must then outlive it.
  void add_to(Site& site);

 private:
  http::Response show(const Site& site, const http::Request& request,
                      const access::Principal& person);
  http::Response confirm(const Site& site, const http::Request& request,
                         const access::Principal& person);

  storage::RollUpReader roll_ups_;
  storage::Appraisals appraisals_;
  storage::ProgrammeRecords records_;
  const Config& config_;
};

}  // namespace hailong::district::web
