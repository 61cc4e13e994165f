#pragma once

#include "district/access/principal.h"
#include "district/config.h"
#include "district/feedback/desk.h"
#include "district/http/message.h"

namespace hailong::district::api {

/// GET /api/v1/feedback: cases, page by page, newest first. Words only for readers who may read
/// them; what tells of misconduct only for those who may see it. Any thread.
class FeedbackList {
 public:
  /// Lives no longer than what it is made of.
  FeedbackList(storage::Store& store, const Config& config)
      : desk_(store, config.case_limits, config.calendar), config_(config) {}

  http::Response get(const http::Request& request, const access::Principal& reader);

 private:
  feedback::Desk desk_;
  const Config& config_;
};

}  // namespace hailong::district::api
