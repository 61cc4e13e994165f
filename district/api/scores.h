#pragma once

#include <cstddef>

#include "district/access/principal.h"
#include "district/config.h"
#include "district/http/answer_cache.h"
#include "district/http/message.h"
#include "district/storage/roll_ups.h"

namespace hailong::district::api {

/// GET /api/v1/scores: the pull. Any thread.
class Scores {
 public:
  Scores(storage::Store& store, const Config& config) : roll_ups_(store), config_(config) {}

  http::Response get(const http::Request& request, const access::Principal& reader);

 private:
  storage::RollUpReader roll_ups_;
  const Config& config_;
  http::AnswerCache answers_{std::size_t{16} << 20U};
};

}  // namespace hailong::district::api
