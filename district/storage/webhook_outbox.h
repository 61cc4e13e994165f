#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/result.h"
#include "district/storage/store.h"

namespace hailong::district::storage {

/// Something that another program is to be told of. The id says what it is about, so that it is
/// told once: "feedback-overdue/17/2026-11-20".
struct WebhookMessage {
  std::string id;
  std::string body;  // JSON, without personal data
};

struct DueMessage {
  std::string id;
  std::string body;
  std::int64_t tries = 0;  // with the one that begins now
};

/// What is to be told and was not taken yet. Any thread; several receivers on one store share it.
class WebhookOutbox {
 public:
  explicit WebhookOutbox(Store& store) : store_(store) {}

  /// Adds the messages whose ids are not known yet; due at once.
  core::Result<void> add(const std::vector<WebhookMessage>& messages, std::int64_t now_ms);

  /// The message that is due longest, which is nobody else's until `until_ms`; nothing when none is
  /// due.
  core::Result<std::optional<DueMessage>> claim(std::int64_t now_ms, std::int64_t until_ms);

  /// When the next one is due; nothing when all were taken.
  core::Result<std::optional<std::int64_t>> next_due();

  core::Result<void> delivered(const std::string& id, std::int64_t now_ms);
  core::Result<void> failed(const std::string& id, std::int64_t next_try_at,
                            const std::string& why);

  /// How many were not taken yet.
  core::Result<std::int64_t> waiting();

 private:
  Store& store_;
};

}  // namespace hailong::district::storage
