#include <algorithm>
#include <utility>

#include "core/text.h"
#include "kiosk/flow/steps.h"

/// Staff mode: what is tapped and typed goes to the Session, and what it tells is shown.

namespace hailong::kiosk::flow {
namespace {

using staff::Input;

constexpr std::size_t kDigitsOfADate = 8;

bool has_input(const Staff& screen, auto... kinds) {
  return screen.view.input && ((screen.view.input->kind == kinds) || ...);
}

bool is_on_number_pad(const Staff& screen) {
  return has_input(screen, Input::Kind::kPin, Input::Kind::kNumber, Input::Kind::kDate,
                   Input::Kind::kCode);
}

/// What a key writes on the pad of `input`; nothing for one that means nothing there.
std::optional<char> on_pad(const Input& input, char32_t character) {
  if (character >= U'0' && character <= U'9') return static_cast<char>(character);
  if (input.kind != Input::Kind::kCode) return std::nullopt;
  if (character >= U'a' && character <= U'z') return static_cast<char>(character - U'a' + U'A');
  const bool is_capital = character >= U'A' && character <= U'Z';
  return is_capital ? std::optional(static_cast<char>(character)) : std::nullopt;
}

bool is_on_keyboard(const Staff& screen) {
  return has_input(screen, Input::Kind::kLine, Input::Kind::kWords);
}

bool tests_parts(const Staff& screen) {
  return !screen.waiting && has_input(screen, Input::Kind::kParts);
}

std::size_t most_digits(const Input& input) {
  if (input.kind == Input::Kind::kDate) return kDigitsOfADate;
  return static_cast<std::size_t>(std::max(0, input.longest));
}

/// A text that stands there already, letter by letter: it was composed once.
core::Draft started(const Input& input, const Context& at) {
  core::Draft draft(core::TypingMethod::kLetters, at.tones, input.longest);
  for (const char32_t character : core::code_points(input.start)) draft.type(character);
  draft.use(at.typing);
  return draft;
}

void begin_typing(Staff& screen, const Context& at) {
  screen.digits.clear();
  screen.keyboard = {};
  if (is_on_number_pad(screen)) screen.digits = screen.view.input->start;
  if (is_on_keyboard(screen)) screen.draft = started(*screen.view.input, at);
}

/// What was typed stays while the same thing is asked for, but a PIN is typed anew.
bool goes_on(const std::optional<Input>& before, const std::optional<Input>& now) {
  return before == now && now && now->kind != Input::Kind::kPin;
}

Step ask(Staff screen, staff::Command command) {
  screen.waiting = true;
  return {std::move(screen), std::move(command)};
}

/// Out. Where there is nothing but staff mode, its door is next.
Step lock(const Home& home, const Context& at) {
  if (at.staff_only) return ask(closed_staff(at), {staff::Verb::kOpen, 0, {}});
  return {home, staff::Command{staff::Verb::kLock, 0, {}}};
}

/// The screen with `change` made to it while it takes typing; nothing otherwise.
template <typename Change>
Moved typed(const Staff& screen, bool takes, const Change& change) {
  if (screen.waiting || !takes) return std::nullopt;
  Staff next = screen;
  change(next);
  return to(std::move(next));
}

}  // namespace

bool may_submit(const Staff& screen) {
  if (screen.waiting) return false;
  if (is_on_keyboard(screen)) return true;
  if (!is_on_number_pad(screen)) return false;
  if (has_input(screen, Input::Kind::kDate, Input::Kind::kCode)) {
    return screen.digits.size() == most_digits(*screen.view.input);
  }
  return !screen.digits.empty();
}

Staff closed_staff(const Context& at) {
  return {{}, true, 0,
          0,  {},   core::Draft(at.typing, at.tones),
          {}, {},   {at.now + at.durations.arrival_guard, at.now + at.durations.staff, 0}};
}

void prolong_staff(Staff& screen, const Context& at) {
  screen.stay.until = at.now + at.durations.staff;
  screen.stay.seconds_left = 0;
}

Moved on(const Home& /*screen*/, const StaffOpened& /*held*/, const Context& at) {
  return ask(closed_staff(at), {staff::Verb::kOpen, 0, {}});
}

Moved on(const Staff& screen, const StaffTapped& tap, const Context& at) {
  if (tap.command.verb == staff::Verb::kLock) return lock(home_by_tap(at), at);
  if (screen.waiting) return std::nullopt;
  return ask(screen, tap.command);
}

/// The answer to what was asked last, and whatever else becomes known of it later.
Moved on(const Staff& screen, const StaffTold& told, const Context& at) {
  if (told.ticket != screen.asked) return std::nullopt;
  Staff next = screen;
  next.waiting = false;
  next.view = told.view;
  const bool same_page = next.view.title == screen.view.title && next.view.page == screen.view.page;
  if (!same_page) next.sheet = 0;
  if (!has_input(next, Input::Kind::kParts)) next.parts = {};
  if (!goes_on(screen.view.input, next.view.input)) begin_typing(next, at);
  // The time of a long command is nobody's silence.
  if (screen.view.progress) prolong_staff(next, at);
  next.stay.ready = at.now + at.durations.reaction;
  return to(std::move(next));
}

/// What gets on is no silence; what hangs locks like everything else.
Moved on(const Staff& screen, const StaffProgress& progress, const Context& at) {
  if (!screen.waiting || progress.ticket != screen.asked) return std::nullopt;
  Staff next = screen;
  next.view.progress = std::clamp(progress.share, 0.0F, 1.0F);
  prolong_staff(next, at);
  next.stay.seconds_left = 0;
  return to(std::move(next));
}

Moved on(const Staff& screen, const PageTapped& tap, const Context& /*at*/) {
  return typed(screen, true, [&](Staff& next) { next.sheet = std::max(0, tap.page); });
}

Moved on(const Staff& screen, const CharacterTapped& tap, const Context& /*at*/) {
  if (is_on_number_pad(screen)) {
    const auto character = on_pad(*screen.view.input, tap.character);
    const bool has_room = screen.digits.size() < most_digits(*screen.view.input);
    return typed(screen, character && has_room,
                 [&](Staff& next) { next.digits.push_back(*character); });
  }
  const bool breaks_line = tap.character == U'\n' && has_input(screen, Input::Kind::kLine);
  return typed(screen, is_on_keyboard(screen) && !breaks_line,
               [&](Staff& next) { type_into(next.draft, next.keyboard, tap.character); });
}

Moved on(const Staff& screen, const EraseTapped& /*tap*/, const Context& /*at*/) {
  if (is_on_number_pad(screen)) {
    return typed(screen, !screen.digits.empty(), [](Staff& next) { next.digits.pop_back(); });
  }
  return typed(screen, is_on_keyboard(screen), [](Staff& next) { next.draft.erase(); });
}

Moved on(const Staff& screen, const ToneTapped& tap, const Context& /*at*/) {
  return typed(screen, is_on_keyboard(screen), [&](Staff& next) { next.draft.tone(tap.tone); });
}

Moved on(const Staff& screen, const CapitalsTapped& /*tap*/, const Context& /*at*/) {
  return typed(screen, is_on_keyboard(screen),
               [](Staff& next) { next.keyboard.capitals = !next.keyboard.capitals; });
}

Moved on(const Staff& screen, const SymbolsTapped& /*tap*/, const Context& /*at*/) {
  return typed(screen, is_on_keyboard(screen),
               [](Staff& next) { next.keyboard.symbols = !next.keyboard.symbols; });
}

Moved on(const Staff& screen, const MethodTapped& /*tap*/, const Context& /*at*/) {
  return typed(screen, is_on_keyboard(screen),
               [](Staff& next) { next.draft.use(next_method(next.draft.method())); });
}

Moved on(const Staff& screen, const NextTapped& /*tap*/, const Context& /*at*/) {
  if (!may_submit(screen)) return std::nullopt;
  staff::Command command = screen.view.input->submit;
  command.text = is_on_keyboard(screen) ? screen.draft.text() : screen.digits;
  return ask(screen, std::move(command));
}

/// A key that leads back does what the button does that is there for it.
Moved on(const Staff& screen, const BackTapped& /*tap*/, const Context& at) {
  for (const staff::Button& action : screen.view.actions) {
    if (action.command.verb == staff::Verb::kBack) {
      return on(screen, StaffTapped{action.command}, at);
    }
  }
  return std::nullopt;
}

Moved on(const Staff& screen, const CellTouched& touched, const Context& /*at*/) {
  const auto cell = static_cast<std::size_t>(touched.cell);
  const bool takes = touched.cell >= 0 && cell < screen.parts.touched.size() && tests_parts(screen);
  return typed(screen, takes, [cell](Staff& next) { next.parts.touched[cell] = true; });
}

Moved on(const Staff& screen, const KeyNoticed& key, const Context& /*at*/) {
  return typed(screen, tests_parts(screen), [&](Staff& next) {
    auto& keys = next.parts.keys;
    if (keys.size() == kKeysShown) keys.erase(keys.begin());
    keys.push_back(key.name);
  });
}

Moved on(const Staff& screen, const CodeNoticed& code, const Context& /*at*/) {
  return typed(screen, tests_parts(screen),
               [&](Staff& next) { next.parts.scanned = code.characters; });
}

Moved on(const Staff& screen, const Tick& /*tick*/, const Context& at) {
  if (screen.asked == 0) return ask(screen, {staff::Verb::kOpen, 0, {}});
  if (is_first_start(screen)) return std::nullopt;
  if (at.now >= screen.stay.until) return lock(home_by_time(at), at);
  const bool is_last = at.now >= screen.stay.until - kLockWarning;
  const int left = is_last ? seconds_until(screen.stay.until, at.now) : 0;
  if (left == screen.stay.seconds_left) return std::nullopt;
  Staff next = screen;
  next.stay.seconds_left = left;
  return to(std::move(next));
}

}  // namespace hailong::kiosk::flow
