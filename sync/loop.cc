#include "sync/loop.h"

#include <algorithm>

#include "core/local_date.h"
#include "journal/journal.h"
#include "journal/set_aside.h"

namespace hailong::sync {
namespace {

using std::chrono::milliseconds;

/// How patient --once is.
constexpr milliseconds kShortWait{2000};
constexpr int kShortWaits = 3;

/// Longer than any commit should take on a slow card.
constexpr milliseconds kSlowCommit{5000};

/// How often to look all the same, should the system report no change.
constexpr milliseconds kLookAnyway = std::chrono::minutes(5);

/// What is wrong with journal or key; empty when the outcome tells of nothing of that kind.
std::string fault_of(const Outcome& outcome) {
  if (const auto* failure = std::get_if<LocalFailure>(&outcome)) return failure->why;
  if (const auto* contradiction = std::get_if<NeedsPerson>(&outcome)) return contradiction->why;
  return {};
}

}  // namespace

Loop::Loop(const Settings& settings, Transport& transport, Waiting& waiting, Chance chance)
    : settings_(settings),
      transport_(transport),
      waiting_(waiting),
      chance_(std::move(chance)),
      pulse_(settings.heartbeat) {}

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
  const auto contents = source->outbox().confirmed_contents();
  if (!contents) return core::Failure(contents.error());
  position_ = {*high_water + 1, settings_.retry.most_events, 0, *contents};
  bundle_ =
      bundle_on_disk(source->outbox().identity().device, settings_.district, settings_.data_dir);
  source_ = std::move(*source);
  return {};
}

core::Result<bool> Loop::is_drained() {
  if (auto opened = open(); !opened) return core::Failure(opened.error());
  const auto last = source_->outbox().last();
  if (!last) return core::Failure(last.error());
  if (*last >= position_.next) return false;
  const auto words = source_->outbox().oldest_content(position_.contents);
  if (!words) return core::Failure(words.error());
  return !words->has_value();
}

core::Result<std::int64_t> Loop::unsent() {
  const auto last = source_->outbox().last();
  if (!last) return core::Failure(last.error());
  const auto high_water = source_->outbox().high_water();
  if (!high_water) return core::Failure(high_water.error());
  return *last - std::min(position_.next - 1, *high_water);
}

milliseconds Loop::boot_time() const { return milliseconds(waiting_.now().mono_ms); }

/// How long until the next batch leaves; 0: now.
core::Result<milliseconds> Loop::until_due() {
  if (auto opened = open(); !opened) return core::Failure(opened.error());
  journal::Outbox& outbox = source_->outbox();
  const auto gathered =
      outbox.gathered(position_.next, settings_.retry.most_events, settings_.most_bytes);
  if (!gathered) return core::Failure(gathered.error());
  if (gathered->events == 0) return until_words();
  const auto high_water = outbox.high_water();
  if (!high_water) return core::Failure(high_water.error());
  const core::Stamp now = waiting_.now();
  const auto& oldest = gathered->oldest;
  const bool waits = !gathered->is_full && !gathered->is_urgent && position_.next > *high_water &&
                     oldest && oldest->boot_id == now.boot_id;
  if (!waits) return milliseconds{0};
  return std::max(settings_.age - milliseconds(now.mono_ms - oldest->mono_ms), milliseconds{0});
}

/// Words that no batch took along go by themselves once no event waits any more.
core::Result<milliseconds> Loop::until_words() {
  const auto words = source_->outbox().oldest_content(position_.contents);
  if (!words) return core::Failure(words.error());
  if (!*words) return kLookAnyway;
  return may_send_words(**words) ? milliseconds{0} : kLookAnyway;
}

/// On a metered link words wait for the evening, when bytes are cheap, but no longer than a day.
bool Loop::may_send_words(const core::Stamp& oldest) const {
  constexpr std::int64_t kHour = 3'600'000;
  if (!settings_.metered) return true;
  const core::Stamp now = waiting_.now();
  const core::LocalDate today = core::local_date(now.wall_ms);
  const std::int64_t hour = (now.wall_ms - core::start_of_day_ms(today)) / kHour;
  return hour >= 18 || hour < 6 || age_ms(oldest, now) >= 24 * kHour;
}

/// One heartbeat.
void Loop::beat() {
  const core::DeviceId& device = source_->outbox().identity().device;
  // What is damaged on the disk is fetched anew.
  bundle_.id = bundle_on_disk(device, settings_.district, settings_.data_dir).id;
  KnownFaults faults{bundle_.id, bundle_.fault, {}};
  if (!fault_.empty()) faults.others.push_back(fault_);
  const auto heard = sync::beat(*source_, transport_, settings_.district, faults,
                                [this] { return waiting_.now(); });
  const auto done = heard ? follow(*heard) : core::Failure(heard.error());
  if (heard) {
    pulse_.heard(boot_time());
  } else {
    pulse_.unheard(boot_time());
  }
  if (!waiting_.stopped()) diary_.note_heartbeat(done ? "" : done.error().message);
}

/// Keeps the district's time, and fetches its configuration where it is another one. One that was
/// not taken is not asked for again: it stays what it is.
core::Result<void> Loop::follow(const Heard& heard) {
  const journal::Identity& own = source_->outbox().identity();
  auto journal = journal::Journal::open(settings_.data_dir, own.device, own.first);
  if (!journal) return core::Failure(journal.error());
  const auto learnt =
      journal->learn_time(heard.at, heard.true_ms, heard.error_ms, core::TimeSource::kDistrict);
  if (!learnt) return core::Failure(learnt.error());
  if (heard.bundle.empty() || heard.bundle == bundle_.id || heard.bundle == refused_bundle_) {
    return {};
  }
  auto fetched =
      fetch_bundle(transport_, own.device, heard.bundle, settings_.district, settings_.data_dir);
  if (!fetched) return core::Failure(fetched.error());
  bundle_ = std::move(*fetched);
  refused_bundle_ = bundle_.fault.empty() ? "" : heard.bundle;
  if (bundle_.fault.empty()) return {};
  return core::fail(core::Fault::kInvalid, "the new configuration: " + bundle_.fault);
}

/// One batch. Outcomes of a transfer that the stop cut short are not worth a line.
Step Loop::send(bool all_words) {
  const auto words = source_->outbox().oldest_content(position_.contents);
  const bool with_words = all_words || !words || !*words || may_send_words(**words);
  const std::int64_t most_bytes =
      settings_.most_bytes * position_.events / settings_.retry.most_events;
  const Delivery delivery =
      deliver(*source_, transport_, settings_.district, position_, most_bytes, with_words);
  const bool is_news = delivery.sent.last >= position_.next;
  Step next = step(delivery.outcome, delivery.sent, position_, settings_.retry, chance_());
  position_ = next.position;
  fault_ = fault_of(delivery.outcome);
  if (is_news && std::holds_alternative<Delivered>(delivery.outcome)) {
    pulse_.delivered(boot_time());
  }
  if (next.move == Move::kSend || !waiting_.stopped()) {
    diary_.note(next, delivery.sent, unsent().value_or(0));
  }
  return next;
}

/// Nothing either when a batch of the journal itself is due.
std::optional<Step> Loop::send_aside_before(milliseconds due) {
  return due > milliseconds{0} ? send_aside() : std::nullopt;
}

/// One batch of a journal that was set aside; nothing when none waits.
std::optional<Step> Loop::send_aside() {
  for (const auto& folder : journal::set_aside_journals(settings_.data_dir)) {
    const auto next = send_aside(folder);
    if (next && *next) return **next;
    if (!next) diary_.cannot_open(next.error().message, false);
  }
  return std::nullopt;
}

core::Result<std::optional<Step>> Loop::send_aside(const std::filesystem::path& folder) {
  auto aside = Source::open_aside(folder, source_->key(), settings_.sharing);
  if (!aside) return core::Failure(aside.error());
  journal::Outbox& outbox = aside->outbox();
  const auto last = outbox.last();
  if (!last) return core::Failure(last.error());
  if (!aside_.contains(folder)) {
    const auto high_water = outbox.high_water();
    if (!high_water) return core::Failure(high_water.error());
    const auto contents = outbox.confirmed_contents();
    if (!contents) return core::Failure(contents.error());
    aside_[folder] = {*high_water + 1, settings_.retry.most_events, 0, *contents};
  }
  Position& position = aside_[folder];
  const auto words = outbox.oldest_content(position.contents);
  if (!words) return core::Failure(words.error());
  if (position.next > *last && !*words) return std::nullopt;
  const Delivery delivery =
      deliver(*aside, transport_, settings_.district, position, settings_.most_bytes, true);
  Step next = step(delivery.outcome, delivery.sent, position, settings_.retry, chance_());
  if (next.move == Move::kSend && next.why.empty()) {
    aside_sent_ += next.position.next - position.next;
  }
  position = next.position;
  if (next.move == Move::kSend || !waiting_.stopped()) {
    diary_.note(next, delivery.sent, *last - position.next + 1);
  }
  return next;
}

core::Result<std::int64_t> Loop::unsent_aside() {
  std::int64_t unsent = 0;
  for (const auto& folder : journal::set_aside_journals(settings_.data_dir)) {
    auto aside = Source::open_aside(folder, source_->key(), settings_.sharing);
    if (!aside) return core::Failure(aside.error());
    const auto last = aside->outbox().last();
    if (!last) return last;
    const auto high_water = aside->outbox().high_water();
    if (!high_water) return high_water;
    unsent += *last - *high_water;
  }
  return unsent;
}

void Loop::close(const core::Error& error) {
  const bool expected = error.fault == core::Fault::kNotFound;
  std::string why = error.message;
  // The kiosk may never come across what is damaged there. Without a source it is the key.
  if (source_ && error.fault == core::Fault::kCorrupt) {
    const auto told = journal::report_damage(settings_.data_dir);
    if (!told) why += "; and the kiosk cannot be told: " + told.error().message;
  }
  source_.reset();
  diary_.cannot_open(why, expected);
  look_again_ = !expected;
}

/// A commit writes to the log first and is seen only when the disk has confirmed it, which changes
/// no file; so after a change the journal is looked at once more, soon.
void Loop::sleep_until_change(milliseconds most) {
  if (look_again_) most = std::min(most, kSlowCommit);
  look_again_ = waiting_.for_change(most) == Waiting::Woken::kByChange;
}

void Loop::run() {
  while (!waiting_.stopped()) {
    waiting_.watch();
    const auto due = until_due();
    if (!due) {
      close(due.error());
      sleep_until_change(kLookAnyway);
    } else if (pulse_.until_due(boot_time()) == milliseconds{0}) {
      beat();
    } else if (const auto aside = send_aside_before(*due)) {
      // What is tapped meanwhile goes first.
      if (aside->move != Move::kSend) sleep_until_change(std::min(aside->wait, *due));
    } else if (*due > milliseconds{0}) {
      sleep_until_change(std::min({*due, pulse_.until_due(boot_time()), kLookAnyway}));
    } else if (const Step next = send(false); next.move != Move::kSend) {
      waiting_.for_time(next.wait);
    }
  }
}

core::Result<Drained> Loop::run_once() {
  Drained result;
  aside_sent_ = 0;
  int waits = 0;
  while (!waiting_.stopped()) {
    const auto drained = is_drained();
    if (!drained) return core::Failure(drained.error());
    if (*drained) {
      const auto aside = send_aside();
      if (!aside || aside->move != Move::kSend) break;
      continue;
    }
    const core::Seq first = position_.next;
    const Step next = send(true);
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
  const auto left_aside = unsent_aside();
  if (!left_aside) return core::Failure(left_aside.error());
  result.sent += aside_sent_;
  result.unsent = *left + *left_aside;
  return result;
}

}  // namespace hailong::sync
