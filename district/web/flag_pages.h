#pragma once

#include "district/ingest/receiver.h"
#include "district/storage/flag_decisions.h"
#include "district/storage/roll_ups.h"
#include "district/web/flags_page.h"
#include "district/web/site.h"

namespace hailong::district::web {

/// Doubtful ratings and the decisions about them. Any thread.
class FlagPages {
 public:
  FlagPages(storage::Store& store, ingest::Receiver& receiver, const Config& config)
      : roll_ups_(store), decisions_(store), receiver_(receiver), config_(config) {}

  /// Adds /flags to `site`; must then outlive it.
  void add_to(Site& site);

 private:
  http::Response page(const Site& site, const http::Request& request,
                      const access::Principal& person);
  http::Response decide(const Site& site, const http::Request& request,
                        const access::Principal& person);

  storage::RollUpReader roll_ups_;
  storage::FlagDecisions decisions_;
  ingest::Receiver& receiver_;
  const Config& config_;
};

}  // namespace hailong::district::web
