#include <algorithm>

#include "kiosk/flow/steps.h"

/// From the home screen to the thank-you and back.

namespace hailong::kiosk::flow {

const core::Answer* Visit::answer(std::string_view question) const {
  const auto found = std::find_if(answers.begin(), answers.end(), [&](const core::Answer& answer) {
    return answer.question == question;
  });
  return found == answers.end() ? nullptr : &*found;
}

Stay stay(Millis duration, const Context& at) {
  return {at.now + at.durations.arrival_guard, at.now + duration,
          seconds_until(at.now + duration, at.now)};
}

Thanks thanks(Visit visit, bool may_choose_again, bool may_say_more, const Context& at) {
  const Millis until = at.now + at.durations.thanks;
  return {std::move(visit),
          may_choose_again,
          may_say_more,
          at.now + at.durations.thanks_guard,
          until,
          seconds_until(until, at.now)};
}

Sorry sorry(bool rating_stands, const Context& at) {
  return {rating_stands, at.now + at.durations.thanks_guard, at.now + at.durations.sorry};
}

Moved on(const Home& screen, const FaceTapped& tap, const Context& at) {
  if (at.now < screen.ready) {
    if (!is_drumming(at)) return std::nullopt;
    Home next = screen;
    next.ready = at.now + at.durations.drumming;
    return to(std::move(next));
  }
  return Step{Saving{tap.score, std::nullopt, 0, screen.drift},
              NewRating{tap.score, screen.dossier}};
}

Moved on(const Home& screen, const ElsewhereTapped& /*tap*/, const Context& /*at*/) {
  if (!screen.dim) return std::nullopt;
  Home awake = screen;
  awake.dim = false;
  return to(awake);
}

Moved on(const Home& screen, const TopicTapped& tap, const Context& at) {
  if (at.now < screen.ready || tap.topic != Topic::kComplaints) return std::nullopt;
  return to(Complaints{std::nullopt, stay(at.durations.follow_up, at), screen.dossier,
                       screen.dossier_until});
}

Moved on(const Home& screen, const DossierScanned& scan, const Context& at) {
  Home next = screen;
  next.dossier = scan.dossier;
  next.dossier_until = at.now + at.durations.dossier;
  next.dim = false;
  return to(next);
}

Moved on(const Saving& screen, const Appended& appended, const Context& at) {
  if (appended.ticket != screen.ticket) return std::nullopt;
  Visit visit{screen.correcting.value_or(appended.seq),
              screen.score,
              {},
              false,
              screen.ticket,
              screen.ticket,
              0,
              0,
              std::nullopt};
  return to(thanks(std::move(visit), !screen.correcting, true, at));
}

Moved on(const Saving& screen, const AppendFailed& failed, const Context& at) {
  if (failed.ticket != screen.ticket) return std::nullopt;
  return to(sorry(screen.correcting.has_value(), at));
}

Moved on(const Thanks& screen, const Tick& /*tick*/, const Context& at) {
  if (at.now >= screen.until) return to(home_by_time(at));
  const int left = seconds_until(screen.until, at.now);
  if (left == screen.seconds_left) return std::nullopt;
  Thanks next = screen;
  next.seconds_left = left;
  return to(std::move(next));
}

Moved on(const Thanks& screen, const ChooseAgainTapped& /*tap*/, const Context& at) {
  if (at.now < screen.ready || !screen.may_choose_again) return std::nullopt;
  return to(ChooseAgain{screen.visit.rating, at.now + at.durations.arrival_guard,
                        at.now + at.durations.choose_again});
}

Moved on(const Thanks& screen, const SayMoreTapped& /*tap*/, const Context& at) {
  if (at.now < screen.ready || !screen.may_say_more) return std::nullopt;
  return to(reasons(screen.visit, at));
}

Moved on(const Thanks& screen, const ElsewhereTapped& /*tap*/, const Context& at) {
  if (at.now < screen.ready || is_drumming(at)) return std::nullopt;
  return to(home_by_tap(at));
}

Moved on(const Thanks& screen, const DossierScanned& scan, const Context& at) {
  Thanks next = thanks(screen.visit, screen.may_choose_again, screen.may_say_more, at);
  next.visit.dossier = scan.dossier;
  return Step{std::move(next), NewDossier{screen.visit.rating, scan.dossier}};
}

Moved on(const Thanks& screen, const Appended& appended, const Context& /*at*/) {
  if (!is_of(screen.visit, appended.ticket)) return std::nullopt;
  Thanks next = screen;
  next.visit = after(screen.visit, appended);
  return to(std::move(next));
}

Moved on(const Thanks& screen, const AppendFailed& failed, const Context& at) {
  if (!is_of(screen.visit, failed.ticket)) return std::nullopt;
  return to(sorry(true, at));
}

Moved on(const ChooseAgain& screen, const FaceTapped& tap, const Context& at) {
  if (at.now < screen.ready) return std::nullopt;
  return Step{Saving{tap.score, screen.rating, 0, 0}, core::Correction{screen.rating, tap.score}};
}

Moved on(const ChooseAgain& screen, const KeepTapped& /*tap*/, const Context& at) {
  if (at.now < screen.ready) return std::nullopt;
  return to(home_by_tap(at));
}

Moved on(const ChooseAgain& screen, const ElsewhereTapped& /*tap*/, const Context& at) {
  return to(ChooseAgain{screen.rating, screen.ready, at.now + at.durations.choose_again});
}

Moved on(const ChooseAgain& screen, const DossierScanned& scan, const Context& at) {
  return Step{ChooseAgain{screen.rating, screen.ready, at.now + at.durations.choose_again},
              NewDossier{screen.rating, scan.dossier}};
}

Moved on(const ChooseAgain& screen, const Tick& /*tick*/, const Context& at) {
  if (at.now < screen.until) return std::nullopt;
  return to(home_by_time(at));
}

Moved on(const Sorry& screen, const ElsewhereTapped& /*tap*/, const Context& at) {
  if (at.now < screen.ready) return std::nullopt;
  return to(home_by_tap(at));
}

Moved on(const Sorry& screen, const Tick& /*tick*/, const Context& at) {
  if (at.now < screen.until) return std::nullopt;
  return to(home_by_time(at));
}

}  // namespace hailong::kiosk::flow
