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

Loop::Loop(const Settings& settings, Transport& transport, Waiting& waiting, Chance chance,
           Saying say)
    : settings_(settings),
      transport_(transport),
      waiting_(waiting),
      chance_(std::move(chance)),
      say_(std::move(say)),
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
  const auto position = begin(*source);
  if (!position) return core::Failure(position.error());
  position_ = *position;
  bundle_ =
      bundle_on_disk(source->outbox().identity().device, settings_.district, settings_.data_dir);
  source_ = std::move(*source);
  outlook_.note(Outlook::Part::kJournal, "", waiting_.now().wall_ms);
  return {};
}

/// Behind the newest receipt. One that the disk has damaged confirms no words: they go once more.
core::Result<Position> Loop::begin(Source& source) {
  const auto high_water = source.outbox().high_water();
  if (!high_water) return core::Failure(high_water.error());
  auto contents = source.outbox().confirmed_contents();
  if (!contents && contents.error().fault == core::Fault::kCorrupt) {
    std::string why = contents.error().message + "; all words are sent again";
    if (const auto told = journal::report_damage(source.folder()); !told) {
      why += "; and the kiosk cannot be told: " + told.error().message;
    }
    Diary::damaged(why);
    contents = 0;
  }
  if (!contents) return core::Failure(contents.error());
  return Position{*high_water + 1, settings_.retry.most_events, 0, *contents};
}

/// After an alarm. What the district expects was nobody's signed word.
core::Result<void> Loop::ask_anew() {
  const auto high_water = source_->outbox().high_water();
  if (!high_water) return core::Failure(high_water.error());
  position_.next = *high_water + 1;
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
    outlook_.answered(heard->at.wall_ms);
  } else {
    pulse_.unheard(boot_time());
  }
  if (waiting_.stopped()) return;
  const std::string why = done ? "" : done.error().message;
  diary_.note_heartbeat(why);
  outlook_.note(Outlook::Part::kHeartbeat, why, waiting_.now().wall_ms);
}

/// Keeps the district's time, and fetches its configuration where it is another one. One that was
/// not taken is not asked for again: it stays what it is.
core::Result<void> Loop::follow(const Heard& heard) {
  const journal::Identity& own = source_->outbox().identity();
  auto journal = journal::Journal::open_existing(settings_.data_dir, own.device);
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

/// Outcomes of a transfer that the stop cut short are not worth a line.
void Loop::note(const Step& next, const Delivery& delivery, std::int64_t unsent) {
  if (next.move != Move::kSend && waiting_.stopped()) return;
  diary_.note(next, delivery.sent, unsent);
  const std::int64_t now_ms = waiting_.now().wall_ms;
  const bool delivered = std::holds_alternative<Delivered>(delivery.outcome);
  if (delivered) outlook_.answered(now_ms);
  if (delivered || next.move != Move::kSend) {
    outlook_.note(Outlook::Part::kBatch, next.why, now_ms);
  }
}

/// One batch.
Step Loop::send(bool all_words) {
  const auto words = source_->outbox().oldest_content(position_.contents);
  const bool with_words = all_words || !words || !*words || may_send_words(**words);
  const std::int64_t most_bytes =
      settings_.most_bytes * position_.events / settings_.retry.most_events;
  const Delivery delivery =
      deliver(*source_, transport_, settings_.district, position_, most_bytes, with_words);
  const bool is_news = delivery.sent.last >= position_.next;
  const Position before = position_;
  Step next = step(delivery.outcome, delivery.sent, before, settings_.retry, chance_());
  position_ = next.position;
  fault_ = fault_of(delivery.outcome);
  if (is_news && std::holds_alternative<Delivered>(delivery.outcome)) {
    pulse_.delivered(boot_time());
    sent_ += next.position.next - before.next;
  }
  note(next, delivery, unsent().value_or(0));
  return next;
}

/// One batch of the first journal set aside whose turn it is; false when there is none.
bool Loop::send_aside() {
  for (const auto& folder : journal::set_aside_journals(settings_.data_dir)) {
    if (aside_[folder].not_before > boot_time()) continue;
    const auto next = send_aside(folder, false);
    if (!next) diary_.cannot_open(next.error().message, false);
    const bool posted = next && *next;
    if (posted && (*next)->move == Move::kSend) return true;
    aside_[folder].not_before = boot_time() + (posted ? (*next)->wait : kLookAnyway);
    if (posted) return true;
  }
  return false;
}

/// How long until the turn of the next one that waits.
milliseconds Loop::until_aside() const {
  const milliseconds now = boot_time();
  milliseconds soonest = kLookAnyway;
  for (const auto& [folder, aside] : aside_) {
    if (aside.not_before > now) soonest = std::min(soonest, aside.not_before - now);
  }
  return soonest;
}

core::Result<std::optional<Step>> Loop::send_aside(const std::filesystem::path& folder,
                                                   bool all_words) {
  auto source = Source::open_aside(folder, source_->key(), settings_.sharing);
  if (!source) return core::Failure(source.error());
  const auto last = source->outbox().last();
  if (!last) return core::Failure(last.error());
  Aside& aside = aside_[folder];
  if (!aside.position) {
    auto begun = begin(*source);
    if (!begun) return core::Failure(begun.error());
    aside.position = *begun;
  }
  const Position before = *aside.position;
  const auto words = source->outbox().oldest_content(before.contents);
  if (!words) return core::Failure(words.error());
  const bool with_words = *words && (all_words || may_send_words(**words));
  if (before.next > *last && !with_words) return std::nullopt;
  const Delivery delivery = deliver(*source, transport_, settings_.district, before,
                                    settings_.most_bytes, with_words || !*words);
  Step next = step(delivery.outcome, delivery.sent, before, settings_.retry, chance_());
  aside.position = next.position;
  if (next.move == Move::kAlarm) aside.position.reset();
  if (std::holds_alternative<Delivered>(delivery.outcome)) {
    sent_ += next.position.next - before.next;
  }
  note(next, delivery, *last - next.position.next + 1);
  return next;
}

core::Result<std::int64_t> Loop::unsent_aside() {
  std::int64_t unsent = 0;
  for (const auto& folder : journal::set_aside_journals(settings_.data_dir)) {
    auto aside = Source::open_aside(folder, source_->key(), settings_.sharing);
    if (!aside) return core::Failure(aside.error());
    auto last = aside->outbox().last();
    if (!last) return last;
    auto high_water = aside->outbox().high_water();
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
  outlook_.note(Outlook::Part::kJournal, why, waiting_.now().wall_ms);
  look_again_ = !expected;
}

void Loop::say_outlook() {
  if (!say_) return;
  const auto left = source_ ? unsent() : core::Result<std::int64_t>(0);
  say_(outlook_.line(settings_.url, source_ && left ? std::optional(*left) : std::nullopt));
}

/// A commit writes to the log first and is seen only when the disk has confirmed it, which changes
/// no file; so after a change the journal is looked at once more, soon.
void Loop::sleep_until_change(milliseconds most) {
  if (look_again_) most = std::min(most, kSlowCommit);
  look_again_ = waiting_.for_change(most) == Waiting::Woken::kByChange;
}

/// Before anybody waits for signs of life: a year's journal may take longer than that. What cannot
/// be opened is told when its turn comes.
void Loop::upgrade_what_is_aside() {
  for (const auto& folder : journal::set_aside_journals(settings_.data_dir)) {
    static_cast<void>(journal::Outbox::open(folder, settings_.sharing));
  }
}

void Loop::run() {
  upgrade_what_is_aside();
  while (!waiting_.stopped()) {
    waiting_.watch();
    const auto due = until_due();
    if (!due) close(due.error());
    say_outlook();
    if (!due) {
      sleep_until_change(kLookAnyway);
    } else if (pulse_.until_due(boot_time()) == milliseconds{0}) {
      beat();
    } else if (*due > milliseconds{0}) {
      // What is tapped meanwhile goes before the next batch of what was set aside.
      if (send_aside()) continue;
      sleep_until_change(std::min({*due, pulse_.until_due(boot_time()), until_aside()}));
    } else if (const Step next = send(false); next.move != Move::kSend) {
      say_outlook();
      waiting_.for_time(next.wait);
      const auto stands = next.move == Move::kAlarm ? ask_anew() : core::Result<void>();
      if (!stands) close(stands.error());
    }
  }
}

/// As far as patience reaches; false when something is left.
core::Result<bool> Loop::drain(const Sending& send_one) {
  int waits = 0;
  while (!waiting_.stopped()) {
    const auto next = send_one();
    if (!next) return core::Failure(next.error());
    if (!*next) return true;
    const Step& step = **next;
    if (step.move == Move::kAlarm) return false;
    if (step.move == Move::kWait) {
      if (step.wait > kShortWait || ++waits > kShortWaits) return false;
      waiting_.for_time(step.wait);
    } else if (step.why.empty()) {
      waits = 0;
    }
  }
  return false;
}

core::Result<Drained> Loop::run_once() {
  if (auto opened = open(); !opened) return core::Failure(opened.error());
  sent_ = 0;
  beat();
  const auto drained = drain([this]() -> core::Result<std::optional<Step>> {
    const auto is_done = is_drained();
    if (!is_done) return core::Failure(is_done.error());
    if (*is_done) return std::nullopt;
    return send(true);
  });
  if (!drained) return core::Failure(drained.error());
  const auto aside = *drained ? journal::set_aside_journals(settings_.data_dir)
                              : std::vector<std::filesystem::path>();
  for (const auto& folder : aside) {
    const auto done = drain([&] { return send_aside(folder, true); });
    if (!done) diary_.cannot_open(done.error().message, false);
  }
  const auto left = unsent();
  if (!left) return core::Failure(left.error());
  const auto left_aside = unsent_aside();
  if (!left_aside) return core::Failure(left_aside.error());
  return Drained{sent_, *left + *left_aside};
}

}  // namespace hailong::sync
