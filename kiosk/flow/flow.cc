#include "kiosk/flow/flow.h"

#include <algorithm>
#include <utility>

#include "kiosk/flow/steps.h"

namespace hailong::kiosk::flow {
namespace {

std::optional<Millis> deadline(const Home& /*screen*/) { return std::nullopt; }  // Flow's own
std::optional<Millis> deadline(const Saving& /*screen*/) { return std::nullopt; }
std::optional<Millis> deadline(const SavingMore& /*screen*/) { return std::nullopt; }
std::optional<Millis> deadline(const Thanks& screen) {
  return screen.until - Millis{screen.seconds_left - 1} * 1000;
}
std::optional<Millis> deadline(const ChooseAgain& screen) { return screen.until; }
std::optional<Millis> deadline(const Sorry& screen) { return screen.until; }
std::optional<Millis> deadline(const Staff& screen) {
  if (is_first_start(screen)) return std::nullopt;
  if (screen.stay.seconds_left == 0) return screen.stay.until - kLockWarning;
  return screen.stay.until - Millis{screen.stay.seconds_left - 1} * 1000;
}
template <typename S>
std::optional<Millis> deadline(const S& screen) {
  return screen.stay.until - Millis{screen.stay.seconds_left - 1} * 1000;
}

template <typename... Events>
bool is_one_of(const Event& event) {
  return (std::holds_alternative<Events>(event) || ...);
}

/// Whether somebody is there.
bool is_human(const Event& event) {
  return !is_one_of<Tick, Appended, AppendFailed, Opening, Published, HeadphonesPlugged, StaffTold,
                    StaffProgress>(event);
}

/// Taps that came before the screen could be seen were not meant for it.
bool comes_too_soon(const Screen& screen, const Event& event, Millis now) {
  if (!is_human(event) || is_one_of<DossierScanned, CharacterTapped, CellTouched>(event)) {
    return false;
  }
  return std::visit(
      [now]<typename S>(const S& shown) {
        if constexpr (requires { shown.stay; }) return now < shown.stay.ready;
        return false;
      },
      screen);
}

/// The place where a screen keeps what was handed to the journal last.
void note_ticket(Screen& screen, Ticket ticket, const Entry& entry) {
  const auto note = [&](Visit& visit) {
    visit.last = ticket;
    if (std::holds_alternative<NewContact>(entry)) visit.contact = ticket;
  };
  std::visit(
      [&]<typename S>(S& shown) {
        if constexpr (std::same_as<S, Saving>) {
          shown.ticket = ticket;
        } else if constexpr (std::same_as<S, Staff>) {
          shown.asked = ticket;
        } else if constexpr (std::same_as<S, Thanks> || std::derived_from<S, FollowUp>) {
          note(shown.visit);
        } else if constexpr (std::same_as<S, Complaints>) {
          if (shown.visit) note(*shown.visit);
        }
      },
      screen);
}

/// Somebody who changes the text size is there, and needs the screen for longer.
void prolong(Screen& screen, const Context& at) {
  std::visit(
      [&]<typename S>(S& shown) {
        if constexpr (std::same_as<S, Thanks>) {
          shown.until = at.now + at.durations.thanks;
        } else if constexpr (std::same_as<S, ChooseAgain>) {
          shown.until = at.now + at.durations.choose_again;
        } else if constexpr (AnyFollowUp<S> || std::same_as<S, Complaints>) {
          shown = renewed(shown, at);
        }
      },
      screen);
}

/// Staff mode is written in Vietnamese, is silent, and needs the whole panel.
bool is_for_staff(Preference preference) {
  return preference == Preference::kText || preference == Preference::kContrast;
}
Preferences for_staff(const Preferences& now) {
  Preferences kept;
  kept.text = now.text;
  kept.contrast = now.contrast;
  return kept;
}

/// The person who was here may still be here: only looked at where to complain.
bool keeps_person(const Screen& before, const Event& event) {
  return std::holds_alternative<Home>(before) ||
         (std::holds_alternative<Complaints>(before) && !std::holds_alternative<Tick>(event));
}

}  // namespace

Flow::Flow(const Durations& durations, const Survey& survey, core::TypingMethod typing,
           core::TonePlacement tones, bool staff_only)
    : durations_(durations),
      survey_(survey),
      typing_(typing),
      tones_(tones),
      staff_only_(staff_only) {
  drift_at_ = durations_.drift;
  if (staff_only_) screen_ = closed_staff(context());
}

Context Flow::context() const {
  return {now_, durations_, survey_, typing_, tones_, touched_, staff_only_};
}

std::optional<Effect> Flow::handle(const Event& event) {
  if (const auto* tick = std::get_if<Tick>(&event)) now_ = tick->now;
  const Context at = context();
  if (is_human(event)) touched_ = now_;
  if (const auto* opening = std::get_if<Opening>(&event)) open_ = opening->open;
  if (const auto* published = std::get_if<Published>(&event)) published_ = published->answers;
  if (const auto* plugged = std::get_if<HeadphonesPlugged>(&event)) {
    preferences_.sound = plugged->in && !std::holds_alternative<Staff>(screen_);
    if (plugged->in) touched_ = now_;  // somebody is there
  }
  if (auto* shown = std::get_if<Staff>(&screen_); shown != nullptr && is_human(event)) {
    prolong_staff(*shown, at);
  }
  if (comes_too_soon(screen_, event, now_)) return std::nullopt;
  if (const auto* tap = std::get_if<PreferenceTapped>(&event)) {
    if (std::holds_alternative<Staff>(screen_) && !is_for_staff(tap->preference)) {
      return std::nullopt;
    }
    preferences_ = switched(preferences_, tap->preference);
    prolong(screen_, at);
    return std::nullopt;
  }
  if (std::holds_alternative<Stirred>(event)) prolong(screen_, at);
  auto moved = std::visit(
      [&at](const auto& screen, const auto& what) -> Moved { return on(screen, what, at); },
      screen_, event);
  std::optional<Effect> effect;
  if (moved) {
    if (moved->entry) {
      effect = Effect{++ticket_, std::move(*moved->entry)};
      note_ticket(moved->next, effect->ticket, effect->entry);
    }
    const bool same_person = keeps_person(screen_, event);
    if (std::holds_alternative<StaffOpened>(event)) preferences_ = for_staff(preferences_);
    screen_ = std::move(moved->next);
    if (std::holds_alternative<Home>(screen_) && !same_person) preferences_ = {};
  }
  if (auto* home = std::get_if<Home>(&screen_)) pass_time_at_home(*home);
  return effect;
}

bool Flow::is_vacant() const {
  const auto* home = std::get_if<Home>(&screen_);
  return home != nullptr && !home->dossier && preferences_ == Preferences{} &&
         now_ - touched_ >= durations_.vacant;
}

void Flow::renew(const Durations& durations) { durations_ = durations; }

void Flow::pass_time_at_home(Home& home) {
  const Millis quiet = now_ - touched_;
  if (home.dossier && now_ >= home.dossier_until) home.dossier.reset();
  if (quiet >= durations_.preferences) preferences_ = {};
  home.dim = !open_ && quiet >= durations_.dim;
  if (now_ >= drift_at_ && quiet >= durations_.reaction) {
    drift_ = (drift_ + 1) % kDriftSteps;
    ++published_turn_;
    drift_at_ = now_ + durations_.drift;
  }
  home.drift = drift_;
  const bool shows = !published_.empty() && quiet >= durations_.published;
  home.published = shows ? published_[published_turn_ % published_.size()] : std::string();
}

std::optional<Millis> Flow::next_deadline() const {
  const auto* home = std::get_if<Home>(&screen_);
  if (home == nullptr) {
    return std::visit([](const auto& screen) { return deadline(screen); }, screen_);
  }
  Millis next = std::max(drift_at_, touched_ + durations_.reaction);
  if (home->dossier) next = std::min(next, home->dossier_until);
  if (preferences_ != Preferences{}) next = std::min(next, touched_ + durations_.preferences);
  if (!open_ && !home->dim) next = std::min(next, touched_ + durations_.dim);
  if (!published_.empty() && home->published.empty()) {
    next = std::min(next, touched_ + durations_.published);
  }
  return next;
}

}  // namespace hailong::kiosk::flow
