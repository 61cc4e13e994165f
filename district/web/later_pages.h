#pragma once

#include <string>

#include "district/config.h"
#include "district/http/rate_limiter.h"
#include "district/ingest/later_answers.h"
#include "district/web/later.h"
#include "district/web/site.h"

namespace hailong::district::web {

/// `/y/TOKEN`: open to everybody who holds a token. Any thread; outlives the server.
class LaterPages {
 public:
  LaterPages(storage::Store& store, const Config& config)
      : config_(config), answers_(store, config.rules.units, config.later_days) {}

  void add_to(Site& site);

 private:
  http::Response show(const http::Request& request);
  http::Response take(const http::Request& request);
  /// The answer to somebody who asks too often; nothing for everybody else.
  std::optional<http::Response> turned_away(const http::Request& request);
  http::Response form(const ingest::LaterFound& found, LaterForm filled, int status);
  http::Response closed(ingest::LaterState state);
  http::Response failed(const core::Error& error);
  http::Response note(int status, std::string title, std::vector<std::string> paragraphs);

  const Config& config_;
  ingest::LaterAnswers answers_;
  // A home or a village behind one address reads and sends without ever noticing; a program that
  // tries tokens gets nowhere. All together stay far below what the store can take.
  http::RateLimiter limiter_{{60, std::chrono::milliseconds(1000)},
                             {400, std::chrono::milliseconds(10)}};
};

}  // namespace hailong::district::web
