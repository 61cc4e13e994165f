#include "district/storage/webhook_outbox.h"

#include "district/storage/connection.h"

namespace hailong::district::storage {

using sql::Connection;

core::Result<void> WebhookOutbox::add(const std::vector<WebhookMessage>& messages,
                                      std::int64_t now_ms) {
  if (messages.empty()) return {};
  return writing(store_, "keeping webhook messages", [&](Connection& c) -> core::Result<void> {
    for (const WebhookMessage& message : messages) {
      c.execute(
          "INSERT INTO webhook_message (id, body, made_at, tries, next_try_at) "
          "VALUES ($1, $2, $3, 0, $3) ON CONFLICT (id) DO NOTHING",
          message.id, message.body, now_ms);
    }
    return {};
  });
}

core::Result<std::optional<DueMessage>> WebhookOutbox::claim(std::int64_t now_ms,
                                                             std::int64_t until_ms) {
  using Due = std::optional<DueMessage>;
  return writing(store_, "taking a webhook message", [&](Connection& c) -> core::Result<Due> {
    const sql::Rows rows = c.query(
        "UPDATE webhook_message SET next_try_at = $2, tries = tries + 1 WHERE id = "
        "(SELECT id FROM webhook_message WHERE delivered_at IS NULL AND next_try_at <= $1 "
        "ORDER BY next_try_at, id LIMIT 1) RETURNING id, body, tries",
        now_ms, until_ms);
    if (rows.empty()) return Due{};
    const sql::Row row = rows[0];
    return Due{DueMessage{row.text(0), row.text(1), row.integer(2)}};
  });
}

core::Result<std::optional<std::int64_t>> WebhookOutbox::next_due() {
  using Moment = std::optional<std::int64_t>;
  return reading(store_, "looking for webhook messages", [](Connection& c) -> core::Result<Moment> {
    return c.query("SELECT min(next_try_at) FROM webhook_message WHERE delivered_at IS NULL")[0]
        .maybe_integer(0);
  });
}

core::Result<void> WebhookOutbox::delivered(const std::string& id, std::int64_t now_ms) {
  return writing(store_, "noting a delivery", [&](Connection& c) -> core::Result<void> {
    c.execute("UPDATE webhook_message SET delivered_at = $2, last_error = '' WHERE id = $1", id,
              now_ms);
    return {};
  });
}

core::Result<void> WebhookOutbox::failed(const std::string& id, std::int64_t next_try_at,
                                         const std::string& why) {
  return writing(store_, "noting a failed delivery", [&](Connection& c) -> core::Result<void> {
    c.execute("UPDATE webhook_message SET next_try_at = $2, last_error = $3 WHERE id = $1", id,
              next_try_at, why);
    return {};
  });
}

core::Result<std::int64_t> WebhookOutbox::waiting() {
  return reading(
      store_, "counting webhook messages", [](Connection& c) -> core::Result<std::int64_t> {
        return c.query("SELECT count(*) FROM webhook_message WHERE delivered_at IS NULL")[0]
            .integer(0);
      });
}

}  // namespace hailong::district::storage
