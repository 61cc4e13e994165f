#pragma once

#include "district/access/principal.h"
#include "district/config.h"
#include "district/http/message.h"
#include "district/storage/staff_records.h"

namespace hailong::district::api {

/// GET /api/v1/sign-offs: which days communes looked through and signed off, and which days
/// not. Any thread.
class SignOffList {
 public:
  SignOffList(storage::Store& store, const Config& config) : records_(store), config_(config) {}

  /// Of the communes that `reader` may see.
  http::Response get(const http::Request& request, const access::Principal& reader);

 private:
  storage::StaffRecords records_;
  const Config& config_;
};

}  // namespace hailong::district::api
