#include "kiosk/flow/flow.h"

namespace hailong::kiosk::flow {
namespace {

struct Step {
  Screen next;
  std::optional<Effect> effect;
};
using Moved = std::optional<Step>;  // nothing: the event means nothing on this screen

struct Context {
  Millis now;
  const Durations& durations;
};

Step to(const Screen& next) { return {next, std::nullopt}; }

Screen home_by_tap(const Context& at) { return Home{at.now + at.durations.arrival_guard}; }
Screen home_by_time(const Context& at) { return Home{at.now + at.durations.reaction}; }

int seconds_until(Millis until, Millis now) { return static_cast<int>((until - now + 999) / 1000); }

Screen thanks(core::Seq rating, bool may_choose_again, const Context& at) {
  const Millis until = at.now + at.durations.thanks;
  return Thanks{rating, may_choose_again, at.now + at.durations.thanks_guard, until,
                seconds_until(until, at.now)};
}

Moved on(const Home& screen, const FaceTapped& tap, const Context& at) {
  if (at.now < screen.ready) return std::nullopt;
  return Step{Saving{tap.score, std::nullopt}, AppendRating{tap.score}};
}

Moved on(const Saving& screen, const Appended& appended, const Context& at) {
  if (screen.correcting) return to(thanks(*screen.correcting, false, at));
  return to(thanks(appended.seq, true, at));
}

Moved on(const Saving& /*screen*/, const AppendFailed& /*event*/, const Context& at) {
  return to(Sorry{at.now + at.durations.thanks_guard, at.now + at.durations.sorry});
}

Moved on(const Thanks& screen, const Tick& /*tick*/, const Context& at) {
  if (at.now >= screen.until) return to(home_by_time(at));
  const int left = seconds_until(screen.until, at.now);
  if (left == screen.seconds_left) return std::nullopt;
  Thanks next = screen;
  next.seconds_left = left;
  return to(next);
}

Moved on(const Thanks& screen, const ChooseAgainTapped& /*tap*/, const Context& at) {
  if (at.now < screen.ready || !screen.may_choose_again) return std::nullopt;
  return to(ChooseAgain{screen.rating, at.now + at.durations.arrival_guard,
                        at.now + at.durations.choose_again});
}

Moved on(const Thanks& screen, const ElsewhereTapped& /*tap*/, const Context& at) {
  if (at.now < screen.ready) return std::nullopt;
  return to(home_by_tap(at));
}

Moved on(const ChooseAgain& screen, const FaceTapped& tap, const Context& at) {
  if (at.now < screen.ready) return std::nullopt;
  return Step{Saving{tap.score, screen.rating},
              AppendCorrection{core::Correction{screen.rating, tap.score}}};
}

Moved on(const ChooseAgain& screen, const KeepTapped& /*tap*/, const Context& at) {
  if (at.now < screen.ready) return std::nullopt;
  return to(home_by_tap(at));
}

Moved on(const ChooseAgain& screen, const ElsewhereTapped& /*tap*/, const Context& at) {
  return to(ChooseAgain{screen.rating, screen.ready, at.now + at.durations.choose_again});
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

/// Every other pair: the event means nothing there.
template <typename AnyScreen, typename AnyEvent>
Moved on(const AnyScreen& /*screen*/, const AnyEvent& /*event*/, const Context& /*at*/) {
  return std::nullopt;
}

std::optional<Millis> deadline(const Home& /*screen*/) { return std::nullopt; }
std::optional<Millis> deadline(const Saving& /*screen*/) { return std::nullopt; }
std::optional<Millis> deadline(const Thanks& screen) {
  return screen.until - Millis{screen.seconds_left - 1} * 1000;
}
std::optional<Millis> deadline(const ChooseAgain& screen) { return screen.until; }
std::optional<Millis> deadline(const Sorry& screen) { return screen.until; }

}  // namespace

std::optional<Effect> Flow::handle(const Event& event) {
  if (const auto* tick = std::get_if<Tick>(&event)) now_ = tick->now;
  const Context at{now_, durations_};
  const auto moved = std::visit(
      [&at](const auto& screen, const auto& what) -> Moved { return on(screen, what, at); },
      screen_, event);
  if (!moved) return std::nullopt;
  screen_ = moved->next;
  return moved->effect;
}

std::optional<Millis> Flow::next_deadline() const {
  return std::visit([](const auto& screen) { return deadline(screen); }, screen_);
}

}  // namespace hailong::kiosk::flow
