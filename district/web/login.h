#pragma once

#include <string>

#include "district/web/site.h"

namespace hailong::district::web {

struct LoginView {
  std::string authority;
  std::string name;   // as typed before
  std::string next;   // where to go afterwards
  std::string error;  // empty: nothing went wrong yet
};

/// The whole page.
std::string login_page(const LoginView& view);

/// /login and /logout. Any thread.
class Login {
 public:
  Login(access::Gate& gate, const Config& config) : gate_(gate), config_(config) {}

  /// Adds the pages to `site`; must then outlive it.
  void add_to(Site& site);

 private:
  http::Response form(const http::Request& request);
  http::Response log_in(const Site& site, const http::Request& request);
  http::Response log_out(const http::Request& request, const access::Principal& person);

  access::Gate& gate_;
  const Config& config_;
};

}  // namespace hailong::district::web
