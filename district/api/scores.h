#pragma once

#include <string>

#include "district/access/gate.h"
#include "district/config.h"
#include "district/http/message.h"
#include "district/storage/roll_ups.h"

namespace hailong::district::api {

/// GET /api/v1/scores: the pull. For bearers of a token and for people who are logged in. Any
/// thread.
class Scores {
 public:
  Scores(storage::Store& store, access::Gate& gate, const Config& config)
      : roll_ups_(store), gate_(gate), config_(config) {}

  http::Response get(const http::Request& request);

 private:
  core::Result<bool> may_read(const http::Request& request);

  storage::RollUpReader roll_ups_;
  access::Gate& gate_;
  const Config& config_;
};

}  // namespace hailong::district::api
