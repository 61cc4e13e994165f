#include "district/webhook/courier.h"

#include <spdlog/spdlog.h>

#include <algorithm>

#include "district/clock.h"
#include "district/webhook/post.h"
#include "district/webhook/signature.h"

namespace hailong::district::webhook {
namespace {

/// How long a message is nobody else's while it is being sent: longer than any transfer takes.
constexpr std::chrono::milliseconds kClaim{std::chrono::minutes(2)};

/// How often the outbox is asked while nothing is known to be due.
constexpr std::chrono::milliseconds kIdle{std::chrono::minutes(1)};

}  // namespace

Courier::Courier(Settings settings, storage::Store& store, std::vector<Watch> watches, Pace pace)
    : settings_(std::move(settings)),
      outbox_(store),
      watches_(std::move(watches)),
      pace_(pace),
      thread_([this] { run(); }) {}

Courier::~Courier() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

bool Courier::stopping() const {
  const std::lock_guard lock(mutex_);
  return stopping_;
}

void Courier::run() {
  Post post(settings_.url, [this] { return stopping(); });
  std::int64_t next_look = 0;
  while (!stopping()) {
    if (now_ms() >= next_look) {
      look(now_ms());
      next_look = now_ms() + pace_.look.count();
    }
    deliver_what_is_due(post);
    std::int64_t wake_at = std::min(next_look, now_ms() + kIdle.count());
    const auto due = outbox_.next_due();
    if (!due) spdlog::error("webhook: {}", due.error().message);
    if (due && *due) wake_at = std::min(wake_at, **due);
    std::unique_lock lock(mutex_);
    wake_.wait_for(lock, std::chrono::milliseconds(std::max<std::int64_t>(1, wake_at - now_ms())),
                   [this] { return stopping_; });
  }
}

void Courier::look(std::int64_t now_ms) {
  for (const Watch& watch : watches_) {
    const auto found = watch(now_ms);
    const auto added = found ? outbox_.add(*found, now_ms) : core::Failure(found.error());
    if (!added) spdlog::error("webhook: {}", added.error().message);
  }
}

void Courier::deliver_what_is_due(Post& post) {
  while (!stopping()) {
    const std::int64_t now = now_ms();
    const auto message = outbox_.claim(now, now + kClaim.count());
    if (!message) spdlog::error("webhook: {}", message.error().message);
    if (!message || !*message) return;
    deliver(post, **message, now);
  }
}

void Courier::deliver(Post& post, const storage::DueMessage& message, std::int64_t now_ms) {
  const std::int64_t seconds = now_ms / 1000;
  const auto sent = post.send(
      message.body,
      {{"Content-Type", "application/json"},
       {"webhook-id", message.id},
       {"webhook-timestamp", std::to_string(seconds)},
       {"webhook-signature", signature(settings_.key, message.id, seconds, message.body)}});
  core::Result<void> noted;
  if (sent) {
    noted = outbox_.delivered(message.id, district::now_ms());
  } else {
    const auto wait = wait_after(message.tries);
    spdlog::warn("webhook: {} was not taken at try {}: {}", message.id, message.tries,
                 sent.error().message);
    noted = outbox_.failed(message.id, district::now_ms() + wait.count(), sent.error().message);
  }
  if (!noted) spdlog::error("webhook: {}", noted.error().message);
}

std::chrono::milliseconds Courier::wait_after(std::int64_t tries) const {
  std::chrono::milliseconds wait = pace_.first_retry;
  for (std::int64_t i = 1; i < tries && wait < pace_.last_retry; ++i) wait *= 2;
  return std::min(wait, pace_.last_retry);
}

}  // namespace hailong::district::webhook
