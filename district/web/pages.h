#pragma once

#include "district/access/gate.h"
#include "district/config.h"
#include "district/http/router.h"
#include "district/storage/alerts.h"
#include "district/storage/roll_ups.h"

namespace hailong::district::web {

/// The pages for people, and the files that they use. Any thread.
class Pages {
 public:
  Pages(storage::Store& store, access::Gate& gate, const Config& config)
      : roll_ups_(store), alerts_(store), gate_(gate), config_(config) {}

  /// Adds /, /login, /logout and /static/ to `router`; must then outlive it.
  void add_to(http::Router& router);

 private:
  http::Response dashboard(const http::Request& request);
  http::Response show_dashboard(const http::Request& request, const std::string& person);
  http::Response login_form(const http::Request& request);
  http::Response log_in(const http::Request& request);
  http::Response log_out(const http::Request& request);

  storage::RollUpReader roll_ups_;
  storage::AlertReader alerts_;
  access::Gate& gate_;
  const Config& config_;
};

}  // namespace hailong::district::web
