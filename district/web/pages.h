#pragma once

#include "district/storage/alerts.h"
#include "district/storage/roll_ups.h"
#include "district/web/site.h"

namespace hailong::district::web {

/// The pages for people, and the files that they use. Any thread.
class Pages {
 public:
  Pages(storage::Store& store, const Config& config)
      : roll_ups_(store), alerts_(store), config_(config) {}

  /// Adds / and /static/ to `site`; must then outlive it.
  void add_to(Site& site);

 private:
  http::Response dashboard(const Site& site, const http::Request& request,
                           const access::Principal& person);

  storage::RollUpReader roll_ups_;
  storage::AlertReader alerts_;
  const Config& config_;
};

}  // namespace hailong::district::web
