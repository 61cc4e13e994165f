#pragma once

#include <algorithm>
#include <concepts>
#include <optional>

#include "kiosk/flow/flow.h"

/// The transitions, one overload for each pair of screen and event that means something; for this
/// folder's .cc files only.

namespace hailong::kiosk::flow {

struct Step {
  Screen next;
  std::optional<Entry> entry;
};
using Moved = std::optional<Step>;  // nothing: the event means nothing on this screen

struct Context {
  Millis now = 0;
  const Durations& durations;
  const Survey& survey;
  core::TypingMethod typing = core::TypingMethod::kLetters;
  core::TonePlacement tones = core::TonePlacement::kOld;
  Millis touched = 0;  // when somebody did something before this event
  bool staff_only = false;
};

template <typename S>
concept AnyFollowUp = std::derived_from<S, FollowUp> && !std::same_as<S, SavingMore>;

template <typename S>
concept Typing = std::same_as<S, Search> || std::same_as<S, Words> || std::same_as<S, Contact>;

inline int seconds_until(Millis until, Millis now) {
  return static_cast<int>((until - now + 999) / 1000);
}

inline bool is_drumming(const Context& at) { return at.now < at.touched + at.durations.drumming; }

/// The first start: nothing can be gone back to, or be locked.
inline bool is_first_start(const Staff& screen) {
  return screen.view.input && screen.view.input->kind == staff::Input::Kind::kCode;
}
inline Step to(Screen next) { return {std::move(next), std::nullopt}; }
inline Home home_by_tap(const Context& at) {
  Home home;
  home.ready = at.now + at.durations.arrival_guard;
  return home;
}
inline Home home_by_time(const Context& at) {
  Home home;
  home.ready = std::max(at.now + at.durations.reaction, at.touched + at.durations.drumming);
  return home;
}

Thanks thanks(Visit visit, bool may_choose_again, bool may_say_more, const Context& at);
Reasons reasons(Visit visit, const Context& at);
Stay stay(Millis duration, const Context& at);

template <typename S>
Millis patience(const Context& at) {
  return Typing<S> ? at.durations.writing : at.durations.follow_up;
}

/// The same screen with its countdown begun anew.
template <typename S>
S renewed(S screen, const Context& at) {
  screen.stay.until = at.now + patience<S>(at);
  screen.stay.seconds_left = seconds_until(screen.stay.until, at.now);
  return screen;
}

/// A visit with one more screen's answers, and what the journal gets of it.
struct Left {
  Visit visit;
  std::optional<Entry> entry;
};

Left leave(const FollowUp& screen, const Context& at);
Left leave(const Reasons& screen, const Context& at);
Left leave(const Questions& screen, const Context& at);
Left leave(const Procedures& screen, const Context& at);
Left leave(const Words& screen, const Context& at);
Left leave(const Contact& screen, const Context& at);

Moved on(const Home& screen, const FaceTapped& tap, const Context& at);
Moved on(const Home& screen, const ElsewhereTapped& tap, const Context& at);
Moved on(const Home& screen, const TopicTapped& tap, const Context& at);
Moved on(const Home& screen, const DossierScanned& scan, const Context& at);
Moved on(const Saving& screen, const Appended& appended, const Context& at);
Moved on(const Saving& screen, const AppendFailed& failed, const Context& at);
Moved on(const Thanks& screen, const Tick& tick, const Context& at);
Moved on(const Thanks& screen, const ChooseAgainTapped& tap, const Context& at);
Moved on(const Thanks& screen, const SayMoreTapped& tap, const Context& at);
Moved on(const Thanks& screen, const ElsewhereTapped& tap, const Context& at);
Moved on(const Thanks& screen, const DossierScanned& scan, const Context& at);
Moved on(const Thanks& screen, const Appended& appended, const Context& at);
Moved on(const Thanks& screen, const AppendFailed& failed, const Context& at);
Moved on(const ChooseAgain& screen, const FaceTapped& tap, const Context& at);
Moved on(const ChooseAgain& screen, const KeepTapped& tap, const Context& at);
Moved on(const ChooseAgain& screen, const ElsewhereTapped& tap, const Context& at);
Moved on(const ChooseAgain& screen, const DossierScanned& scan, const Context& at);
Moved on(const ChooseAgain& screen, const Tick& tick, const Context& at);
Moved on(const Sorry& screen, const ElsewhereTapped& tap, const Context& at);
Moved on(const Sorry& screen, const Tick& tick, const Context& at);

Moved on(const Reasons& screen, const ChoiceTapped& tap, const Context& at);
Moved on(const More& screen, const TopicTapped& tap, const Context& at);
Moved on(const More& screen, const BackTapped& tap, const Context& at);
Moved on(const Purpose& screen, const ChoiceTapped& tap, const Context& at);
Moved on(const Questions& screen, const AnswerTapped& tap, const Context& at);
Moved on(const Fields& screen, const ChoiceTapped& tap, const Context& at);
Moved on(const Fields& screen, const SearchTapped& tap, const Context& at);
Moved on(const Procedures& screen, const ChoiceTapped& tap, const Context& at);
Moved on(const Procedures& screen, const SearchTapped& tap, const Context& at);
Moved on(const Procedures& screen, const BackTapped& tap, const Context& at);
Moved on(const Search& screen, const ChoiceTapped& tap, const Context& at);
Moved on(const Search& screen, const CharacterTapped& tap, const Context& at);
Moved on(const Search& screen, const EraseTapped& tap, const Context& at);
Moved on(const Search& screen, const BackTapped& tap, const Context& at);
Moved on(const Counters& screen, const ChoiceTapped& tap, const Context& at);
Moved on(const ExtraPayment& screen, const ChoiceTapped& tap, const Context& at);

Moved on(const Words& screen, const CharacterTapped& tap, const Context& at);
Moved on(const Words& screen, const EraseTapped& tap, const Context& at);
Moved on(const Words& screen, const ToneTapped& tap, const Context& at);
Moved on(const Words& screen, const CapitalsTapped& tap, const Context& at);
Moved on(const Words& screen, const SymbolsTapped& tap, const Context& at);
Moved on(const Words& screen, const MethodTapped& tap, const Context& at);
Moved on(const Words& screen, const BackTapped& tap, const Context& at);
Moved on(const Contact& screen, const LineTapped& tap, const Context& at);
Moved on(const Contact& screen, const CharacterTapped& tap, const Context& at);
Moved on(const Contact& screen, const EraseTapped& tap, const Context& at);
Moved on(const Contact& screen, const ToneTapped& tap, const Context& at);
Moved on(const Contact& screen, const CapitalsTapped& tap, const Context& at);
Moved on(const Contact& screen, const SymbolsTapped& tap, const Context& at);
Moved on(const Contact& screen, const MethodTapped& tap, const Context& at);
Moved on(const Contact& screen, const ConsentTapped& tap, const Context& at);
Moved on(const Contact& screen, const NextTapped& tap, const Context& at);
Moved on(const Contact& screen, const BackTapped& tap, const Context& at);

Moved on(const Complaints& screen, const BackTapped& tap, const Context& at);
Moved on(const Complaints& screen, const ElsewhereTapped& tap, const Context& at);
Moved on(const Complaints& screen, const MoreTimeTapped& tap, const Context& at);
Moved on(const Complaints& screen, const Tick& tick, const Context& at);
Moved on(const Complaints& screen, const DossierScanned& scan, const Context& at);
Moved on(const Complaints& screen, const Appended& appended, const Context& at);
Moved on(const Complaints& screen, const AppendFailed& failed, const Context& at);
Moved on(const SavingMore& screen, const Appended& appended, const Context& at);
Moved on(const SavingMore& screen, const AppendFailed& failed, const Context& at);

/// Staff mode before anything was asked of the Session.
Staff closed_staff(const Context& at);
/// Somebody at staff mode is there.
void prolong_staff(Staff& screen, const Context& at);

Moved on(const Home& screen, const StaffOpened& held, const Context& at);
Moved on(const Staff& screen, const StaffTapped& tap, const Context& at);
Moved on(const Staff& screen, const StaffTold& told, const Context& at);
Moved on(const Staff& screen, const StaffProgress& progress, const Context& at);
Moved on(const Staff& screen, const PageTapped& tap, const Context& at);
Moved on(const Staff& screen, const CharacterTapped& tap, const Context& at);
Moved on(const Staff& screen, const EraseTapped& tap, const Context& at);
Moved on(const Staff& screen, const ToneTapped& tap, const Context& at);
Moved on(const Staff& screen, const CapitalsTapped& tap, const Context& at);
Moved on(const Staff& screen, const SymbolsTapped& tap, const Context& at);
Moved on(const Staff& screen, const MethodTapped& tap, const Context& at);
Moved on(const Staff& screen, const NextTapped& tap, const Context& at);
Moved on(const Staff& screen, const BackTapped& tap, const Context& at);
Moved on(const Staff& screen, const CellTouched& touched, const Context& at);
Moved on(const Staff& screen, const KeyNoticed& key, const Context& at);
Moved on(const Staff& screen, const CodeNoticed& code, const Context& at);
Moved on(const Staff& screen, const Tick& tick, const Context& at);

/// One key of either keyboard into a text; a capital counts for one letter.
void type_into(core::Draft& draft, Keyboard& keyboard, char32_t character);
core::TypingMethod next_method(core::TypingMethod method);

/// On to the end: the thank-you, as soon as everything is on the disk.
Step finish(Left left, const Context& at);
More more(Visit visit, const Context& at);
Visit after(Visit visit, const Appended& appended);
bool is_of(const Visit& visit, Ticket ticket);
Sorry sorry(bool rating_stands, const Context& at);

// What every screen of the follow-up does alike.

template <AnyFollowUp S>
Moved on(const S& screen, const Tick& /*tick*/, const Context& at) {
  if (at.now >= screen.stay.until) return Step{home_by_time(at), leave(screen, at).entry};
  const int left = seconds_until(screen.stay.until, at.now);
  if (left == screen.stay.seconds_left) return std::nullopt;
  S next = screen;
  next.stay.seconds_left = left;
  return to(std::move(next));
}

template <AnyFollowUp S>
Moved on(const S& screen, const MoreTimeTapped& /*tap*/, const Context& at) {
  return to(renewed(screen, at));
}

template <AnyFollowUp S>
Moved on(const S& screen, const ElsewhereTapped& /*tap*/, const Context& at) {
  return to(renewed(screen, at));
}

template <AnyFollowUp S>
Moved on(const S& screen, const DoneTapped& /*tap*/, const Context& at) {
  return finish(leave(screen, at), at);
}

template <AnyFollowUp S>
Moved on(const S& screen, const NextTapped& /*tap*/, const Context& at) {
  Left left = leave(screen, at);
  return Step{more(std::move(left.visit), at), std::move(left.entry)};
}

template <AnyFollowUp S>
Moved on(const S& screen, const BackTapped& /*tap*/, const Context& at) {
  return on(screen, NextTapped{}, at);
}

template <AnyFollowUp S>
requires requires(S screen) { screen.page; }
Moved on(const S& screen, const PageTapped& tap, const Context& at) {
  S next = renewed(screen, at);
  next.page = std::max(0, tap.page);
  return to(std::move(next));
}

template <AnyFollowUp S>
Moved on(const S& screen, const DossierScanned& scan, const Context& at) {
  S next = renewed(screen, at);
  next.visit.dossier = scan.dossier;
  return Step{next, NewDossier{screen.visit.rating, scan.dossier}};
}

template <AnyFollowUp S>
Moved on(const S& screen, const Appended& appended, const Context& /*at*/) {
  if (!is_of(screen.visit, appended.ticket)) return std::nullopt;
  S next = screen;
  next.visit = after(screen.visit, appended);
  return to(std::move(next));
}

template <AnyFollowUp S>
Moved on(const S& screen, const AppendFailed& failed, const Context& at) {
  if (!is_of(screen.visit, failed.ticket)) return std::nullopt;
  return Step{sorry(true, at), leave(screen, at).entry};
}

/// Every other pair: the event means nothing there.
template <typename AnyScreen, typename AnyEvent>
Moved on(const AnyScreen& /*screen*/, const AnyEvent& /*event*/, const Context& /*at*/) {
  return std::nullopt;
}

}  // namespace hailong::kiosk::flow
