#pragma once

#include "district/feedback/desk.h"
#include "district/feedback/praise.h"
#include "district/web/site.h"

namespace hailong::district::web {

/// The pages where people deal with what residents say. Any thread.
class FeedbackPages {
 public:
  /// Lives no longer than what it is made of.
  FeedbackPages(storage::Store& store, const Config& config)
      : desk_(store, config.case_limits, config.calendar),
        praise_(store),
        audit_(store),
        config_(config) {}

  /// Adds /feedback, /feedback/{} and /praise; must then outlive the site.
  void add_to(Site& site);

 private:
  http::Response inbox(const http::Request& request, const access::Principal& person);
  http::Response open_case(const http::Request& request, const access::Principal& person);
  http::Response take_step(const http::Request& request, const access::Principal& person);
  http::Response praise(const http::Request& request, const access::Principal& person);
  http::Response case_page(const access::Principal& person, const storage::CaseId& id,
                           const std::string& error);

  feedback::Desk desk_;
  feedback::PraiseReader praise_;
  storage::Audit audit_;
  const Config& config_;
  const Site* site_ = nullptr;  // set by add_to()
};

}  // namespace hailong::district::web
