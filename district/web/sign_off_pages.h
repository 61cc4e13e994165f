#pragma once

#include "district/config.h"
#include "district/storage/staff_records.h"
#include "district/web/sign_offs_page.h"
#include "district/web/site.h"

namespace hailong::district::web {

/// Which days communes signed off. Any thread.
class SignOffPages {
 public:
  SignOffPages(storage::Store& store, const Config& config) : records_(store), config_(config) {}

  /// Adds /sign-offs to `site`; must then outlive it.
  void add_to(Site& site);

 private:
  http::Response page(const Site& site, const http::Request& request,
                      const access::Principal& person);

  storage::StaffRecords records_;
  const Config& config_;
};

}  // namespace hailong::district::web
