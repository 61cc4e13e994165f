#pragma once

#include "district/access/principal.h"
#include "district/config.h"
#include "district/http/message.h"
#include "district/storage/appraisals.h"
#include "district/storage/roll_ups.h"

namespace hailong::district::api {

/// GET /api/v1/programme: the plan's targets of a year against what is recognised and what the
/// criterion alone would give. Any thread.
class ProgrammeEndpoint {
 public:
  ProgrammeEndpoint(storage::Store& store, const Config& config)
      : roll_ups_(store), appraisals_(store), config_(config) {}

  /// Units that `reader` may not see are counted, not named.
  http::Response get(const http::Request& request, const access::Principal& reader);

 private:
  storage::RollUpReader roll_ups_;
  storage::Appraisals appraisals_;
  const Config& config_;
};

}  // namespace hailong::district::api
