#include "sync/loop.h"

#include <algorithm>

namespace hailong::sync {
namespace {

using std::chrono::milliseconds;

/// How patient --once is.
constexpr milliseconds kShortWait{2000};
constexpr int kShortWaits = 3;

/// Longer than any commit should take on a slow card.
constexpr milliseconds kSlowCommit{5000};

}  // namespace

Loop::Loop(const Settings& settings, Transport& transport, Waiting& waiting, Chance chance)
    : settings_(settings), transport_(transport), waiting_(waiting), chance_(std::move(chance)) {}

/// Opens the journal unless it is open, and begins after its newest receipt.
core::Result<void> Loop::open() {
  if (source_ && source_->is_current()) return {};
  source_.reset();
  auto source = Source::open(settings_.data_dir, settings_.sharing);
  if (!source) return core::Failure(source.error());
  const auto last = source->outbox().last();
  if (!last) return core::Failure(last.error());
  const auto high_water = source->outbox().high_water();
  if (!high_water) return core::Failure(high_water.error());
  diary_.opened(source->outbox().identity().device.value, *last, *high_water);
  position_ = {*high_water + 1, settings_.retry.most_events, 0};
  source_ = std::move(*source);
  return {};
}

core::Result<bool> Loop::is_drained() {
  if (auto opened = open(); !opened) return core::Failure(opened.error());
  const auto last = source_->outbox().last();
  if (!last) return core::Failure(last.error());
  return *last < position_.next;
}

core::Result<std::int64_t> Loop::unsent() {
  const auto last = source_->outbox().last();
  if (!last) return core::Failure(last.error());
  const auto high_water = source_->outbox().high_water();
  if (!high_water) return core::Failure(high_water.error());
  return *last - std::min(position_.next - 1, *high_water);
}

/// One batch. Outcomes of a transfer that the stop cut short are not worth a line.
Step Loop::send() {
  const Delivery delivery =
      deliver(*source_, transport_, settings_.district, position_, settings_.most_bytes);
  Step next = step(delivery.outcome, delivery.sent, position_, settings_.retry, chance_());
  position_ = next.position;
  if (next.move == Move::kSend || !waiting_.stopped()) {
    diary_.note(next, delivery.sent, unsent().value_or(0));
  }
  return next;
}

void Loop::close(const core::Error& error) {
  const bool expected = error.fault == core::Fault::kNotFound;
  source_.reset();
  diary_.cannot_open(error.message, expected);
  look_again_ = !expected;
}

/// Taps come in groups (a rating, its reasons, its words): a short rest lets them travel together.
/// A commit writes to the log first and is seen only when the disk has confirmed it, which changes
/// no file; so a change after which nothing was found is looked for once more, soon.
void Loop::sleep_until_change() {
  const milliseconds most = look_again_ ? std::min(settings_.check, kSlowCommit) : settings_.check;
  look_again_ = waiting_.for_change(most) == Waiting::Woken::kByChange;
  if (look_again_) waiting_.for_time(settings_.settle);
}

void Loop::run() {
  while (!waiting_.stopped()) {
    waiting_.watch();
    const auto drained = is_drained();
    if (!drained) close(drained.error());
    if (!drained || *drained) {
      sleep_until_change();
      continue;
    }
    const Step next = send();
    if (next.move != Move::kSend) waiting_.for_time(next.wait);
  }
}

core::Result<Drained> Loop::run_once() {
  Drained result;
  int waits = 0;
  while (!waiting_.stopped()) {
    const auto drained = is_drained();
    if (!drained) return core::Failure(drained.error());
    if (*drained) break;
    const core::Seq first = position_.next;
    const Step next = send();
    if (next.move == Move::kAlarm) break;
    if (next.move == Move::kWait) {
      if (next.wait > kShortWait || ++waits > kShortWaits) break;
      waiting_.for_time(next.wait);
    } else if (next.why.empty()) {
      waits = 0;
      result.sent += next.position.next - first;
    }
  }
  const auto left = unsent();
  if (!left) return core::Failure(left.error());
  result.unsent = *left;
  return result;
}

}  // namespace hailong::sync
