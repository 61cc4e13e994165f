#include "district/webhook/message.h"

#include <array>
#include <cstdio>

#include "core/local_date.h"

namespace hailong::district::webhook {
std::string moment(std::int64_t at_ms) {
  const core::LocalDate day = core::local_date(at_ms);
  const std::int64_t seconds = (at_ms - core::start_of_day_ms(day)) / 1000;
  std::array<char, 16> time{};
  std::snprintf(time.data(), time.size(), "T%02d:%02d:%02d", static_cast<int>(seconds / 3600),
                static_cast<int>(seconds / 60 % 60), static_cast<int>(seconds % 60));
  return core::to_string(day) + time.data() + "+07:00";
}

storage::WebhookMessage message_of(std::string id, const char* type, std::int64_t now_ms,
                                   nlohmann::ordered_json data) {
  const nlohmann::ordered_json body = {
      {"type", type}, {"timestamp", moment(now_ms)}, {"data", std::move(data)}};
  using Handler = nlohmann::ordered_json::error_handler_t;
  return {std::move(id), body.dump(-1, ' ', false, Handler::replace)};
}

}  // namespace hailong::district::webhook
