#include "sync/step.h"

#include <algorithm>
#include <optional>

#include "sync/problem.h"

namespace hailong::sync {
namespace {

using std::chrono::milliseconds;

constexpr int kRequestTimeout = 408;
constexpr int kConflict = 409;
constexpr int kTooLarge = 413;
constexpr int kTooManyRequests = 429;

/// Full jitter: even between the shortest wait and a ceiling that doubles with every failure.
milliseconds backoff(int attempt, const RetryRules& rules, double random) {
  milliseconds ceiling = rules.first;
  for (int i = 0; i <= attempt && ceiling < rules.most; ++i) ceiling *= 2;
  ceiling = std::min(ceiling, rules.most);
  const double span = static_cast<double>((ceiling - rules.first).count());
  return rules.first + milliseconds(static_cast<milliseconds::rep>(random * span));
}

milliseconds asked_for(const HttpAnswer& answer) {
  const auto asked = answer.retry_after.value_or(std::chrono::seconds{0});
  return std::clamp<milliseconds>(asked, milliseconds{0}, kLongestRetryAfter);
}

struct Rule {
  const Sent& sent;
  const Position& before;
  const RetryRules& rules;
  double random;

  /// Whoever was told the same Retry-After comes back spread over the backoff on top of it.
  [[nodiscard]] Step try_later(std::string why, milliseconds asked = milliseconds{0}) const {
    Position position = before;
    ++position.attempt;
    return {position, Move::kWait, asked + backoff(before.attempt, rules, random), std::move(why)};
  }

  [[nodiscard]] Step alarm(std::string why, milliseconds asked = milliseconds{0}) const {
    return {before, Move::kAlarm, std::max(rules.refused, asked), std::move(why)};
  }

  /// A quarter more each time: a limit on the way costs one refusal in a few batches.
  Step operator()(const Delivered& delivered) const {
    const std::int64_t more = before.events + std::max<std::int64_t>(before.events / 4, 1);
    return {{delivered.last + 1, std::min(more, rules.most_events), 0, delivered.contents},
            Move::kSend,
            {},
            {}};
  }
  Step operator()(const NoReceipt& answer) const { return try_later(answer.why); }
  Step operator()(const NeedsPerson& contradiction) const { return alarm(contradiction.why); }
  Step operator()(const LocalFailure& failure) const { return try_later(failure.why); }
  Step operator()(const NetworkFailure& failure) const { return try_later(failure.text); }

  Step operator()(const HttpAnswer& answer) const {
    const std::string why = describe(answer);
    if (answer.status == kConflict) return on_conflict(answer, why);
    if (answer.status == kTooLarge) return on_too_large(answer, why);
    if (answer.status == kRequestTimeout || answer.status == kTooManyRequests) {
      return try_later(why, asked_for(answer));
    }
    if (answer.status >= 300 && answer.status < 400) {
      return try_later(why + ", a redirect, which is not followed", asked_for(answer));
    }
    if (answer.status >= 400 && answer.status < 500) return alarm(why, asked_for(answer));
    return try_later(why, asked_for(answer));
  }

  [[nodiscard]] Step on_too_large(const HttpAnswer& answer, const std::string& why) const {
    if (sent.events() <= 1 && before.events <= 1) {
      return alarm(why + ": event " + std::to_string(sent.first) + " alone is too large",
                   asked_for(answer));
    }
    Position smaller = before;
    smaller.events = (sent.events() > 1 ? sent.events() : before.events) / 2;
    return {smaller, Move::kSend, milliseconds{0}, why + ", so smaller batches"};
  }

  [[nodiscard]] Step on_conflict(const HttpAnswer& answer, const std::string& why) const {
    const auto expected = expected_seq(answer.body);
    if (!expected || *expected < 1 || *expected > sent.last || *expected == sent.first) {
      return alarm(why, asked_for(answer));
    }
    const std::string gap = why + ", so on from event " + std::to_string(*expected);
    Step next = try_later(gap, asked_for(answer));
    next.position.next = *expected;
    next.position.contents = std::min(before.contents, *expected - 1);
    if (before.attempt == 0) {
      next.move = Move::kSend;
      next.wait = milliseconds{0};
    }
    return next;
  }
};

}  // namespace

Step step(const Outcome& outcome, const Sent& sent, const Position& before, const RetryRules& rules,
          double random) {
  return std::visit(Rule{sent, before, rules, random}, outcome);
}

}  // namespace hailong::sync
