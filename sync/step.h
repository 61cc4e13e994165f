#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <variant>

#include "core/ids.h"
#include "sync/answer.h"

/// The retry rule: from what came of one batch to what is done next. A pure function, so that every
/// case can be written down in a table and tried.
///
/// Nothing here decides whether events were delivered. That was decided before, by a receipt which
/// bears the district's signature and which the outbox kept (`Delivered`). Every other outcome only
/// chooses from where, how much and when to send again; each of them may be a lie of a middle box,
/// and none can make an event vanish or the daemon spin:
///
///   - passing troubles (no network, 408, 429, 5xx, a captive portal's page) wait with exponential
///     backoff and full jitter, or longer where Retry-After asks for it;
///   - refusals that a person must mend (401, 403, 404, a conflict …) wait long and raise an alarm;
///   - 413 halves the batch and the words with it, down to single events;
///   - a gap (409 with expected_seq) goes on from where the district is, also when that is before
///     the high-water mark: a district restored from a backup asks for events that it had
///     receipted. A second gap without a delivery in between waits like any failure, and after an
///     alarm the sender stands behind its newest receipt again: nobody signed where to go on.

namespace hailong::sync {

struct RetryRules {
  std::chrono::milliseconds first{1000};       // shortest wait
  std::chrono::milliseconds most{300'000};     // longest wait that backoff grows to
  std::chrono::milliseconds refused{900'000};  // wait when a person must look
  std::int64_t most_events = 500;              // in one batch
};

/// The longest that a Retry-After is obeyed.
inline constexpr std::chrono::hours kLongestRetryAfter{1};

/// Where the sender stands. Lost at a restart: then it begins after the newest receipt.
struct Position {
  core::Seq next = 1;       // first event of the next batch
  std::int64_t events = 1;  // most events of the next batch
  int attempt = 0;          // failures since the last delivery
  core::Seq contents = 0;   // up to this event the district has confirmed the words

  bool operator==(const Position&) const = default;
};

/// The run that was sent.
struct Sent {
  core::Seq first = 0;
  core::Seq last = 0;

  [[nodiscard]] std::int64_t events() const { return last - first + 1; }
};

/// The outbox kept a receipt that covers the batch; the district holds all events up to `last`, and
/// all words up to `contents`.
struct Delivered {
  core::Seq last = 0;
  core::Seq contents = 0;
};
/// A success status without a receipt for the batch.
struct NoReceipt {
  std::string why;
};
/// The district's signed word contradicts this journal, or an event cannot be sent at all.
struct NeedsPerson {
  std::string why;
};
/// Journal or key could not be read or written just now.
struct LocalFailure {
  std::string why;
};

using Outcome =
    std::variant<Delivered, NoReceipt, NeedsPerson, LocalFailure, HttpAnswer, NetworkFailure>;

enum class Move {
  kSend,   // at once
  kWait,   // then try again: will pass by itself
  kAlarm,  // wait long, then try again: a person must look
};

struct Step {
  Position position;
  Move move = Move::kSend;
  std::chrono::milliseconds wait{0};
  std::string why;  // empty after a delivery
};

/// `random` is drawn evenly from [0, 1).
Step step(const Outcome& outcome, const Sent& sent, const Position& before, const RetryRules& rules,
          double random);

}  // namespace hailong::sync
