#include "kiosk/input/keys.h"

#include <SDL.h>

#include <algorithm>
#include <utility>

#include "kiosk/input/us_layout.h"

namespace hailong::kiosk::input {
namespace {

constexpr unsigned kCommand = KMOD_CTRL | KMOD_ALT | KMOD_GUI | KMOD_MODE;

bool is_modifier(int scancode) {
  return (scancode >= SDL_SCANCODE_LCTRL && scancode <= SDL_SCANCODE_RGUI) ||
         scancode == SDL_SCANCODE_MODE || scancode == SDL_SCANCODE_CAPSLOCK ||
         scancode == SDL_SCANCODE_NUMLOCKCLEAR || scancode == SDL_SCANCODE_SCROLLLOCK;
}

/// Scanners end a code with Enter or Tab; some send line ends as Ctrl+M and Ctrl+J.
bool ends_scan(int scancode, unsigned modifiers) {
  switch (scancode) {
    case SDL_SCANCODE_RETURN:
    case SDL_SCANCODE_RETURN2:
    case SDL_SCANCODE_KP_ENTER:
    case SDL_SCANCODE_TAB:
      return true;
    case SDL_SCANCODE_J:
    case SDL_SCANCODE_M:
      return (modifiers & KMOD_CTRL) != 0;
    default:
      return false;
  }
}

bool is_worth_repeating(int scancode) {
  return scancode == SDL_SCANCODE_BACKSPACE || scancode == SDL_SCANCODE_LEFT ||
         scancode == SDL_SCANCODE_RIGHT || scancode == SDL_SCANCODE_UP ||
         scancode == SDL_SCANCODE_DOWN;
}

bool is_letter(char character) {
  return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
}

std::optional<Key> named_key(int scancode, bool shift) {
  switch (scancode) {
    case SDL_SCANCODE_RETURN:
    case SDL_SCANCODE_RETURN2:
    case SDL_SCANCODE_KP_ENTER:
      return Key::kEnter;
    case SDL_SCANCODE_KP_PLUS:
      return Key::kPlus;
    case SDL_SCANCODE_KP_MINUS:
      return Key::kMinus;
    case SDL_SCANCODE_BACKSPACE:
      return Key::kBackspace;
    case SDL_SCANCODE_TAB:
      return shift ? Key::kLeft : Key::kRight;
    case SDL_SCANCODE_LEFT:
      return Key::kLeft;
    case SDL_SCANCODE_RIGHT:
      return Key::kRight;
    case SDL_SCANCODE_UP:
      return Key::kUp;
    case SDL_SCANCODE_DOWN:
      return Key::kDown;
    case SDL_SCANCODE_ESCAPE:
      return Key::kEscape;
    default:
      return std::nullopt;
  }
}

Key digit_key(char digit) { return static_cast<Key>(digit - '0'); }

}  // namespace

std::optional<int> digit_of(Key key) {
  if (key > Key::k9) return std::nullopt;
  return static_cast<int>(key);
}

std::optional<char32_t> character_of(Key key) {
  if (const auto digit = digit_of(key)) return U'0' + static_cast<char32_t>(*digit);
  if (key == Key::kPlus) return U'+';
  if (key == Key::kMinus) return U'-';
  return std::nullopt;
}

std::string name_of(const Typed& typed) {
  if (typed.character == U' ') return "dấu cách";
  return {static_cast<char>(typed.character)};
}

std::string name_of(Key key) {
  if (const auto digit = digit_of(key)) return std::to_string(*digit);
  switch (key) {
    case Key::kEnter:
      return "Enter";
    case Key::kPlus:
      return "+";
    case Key::kMinus:
      return "-";
    case Key::kBackspace:
      return "Xoá lùi";
    case Key::kLeft:
      return "trái";
    case Key::kRight:
      return "phải";
    case Key::kUp:
      return "lên";
    case Key::kDown:
      return "xuống";
    case Key::kEscape:
      return "Esc";
    default:
      return {};
  }
}

std::string_view name_of(Garbage::Reason reason) {
  switch (reason) {
    case Garbage::Reason::kTooLong:
      return "too long";
    case Garbage::Reason::kTooShort:
      return "too short";
    case Garbage::Reason::kControlCharacters:
      return "control characters";
  }
  return "";
}

std::vector<KeyEvent> Keys::handle(const SDL_Event& event) {
  if (event.type != SDL_KEYDOWN) return {};
  const SDL_KeyboardEvent& key = event.key;
  const int scancode = key.keysym.scancode;
  if (is_modifier(scancode)) return {};
  std::vector<KeyEvent> out = expire(key.timestamp);
  // A scanner is back on the same key before X11 has told its release: to SDL the key repeats. Held
  // keys begin to repeat long after a run is over.
  if (key.repeat == 0 || continues_run(key.timestamp)) {
    press(scancode, key.keysym.mod, key.timestamp, out);
  } else if (is_worth_repeating(scancode) && !is_holding()) {
    release(stroke_of(scancode, key.keysym.mod), out);
  }
  return out;
}

std::vector<KeyEvent> Keys::expire(std::uint32_t now) {
  std::vector<KeyEvent> out;
  if (!is_holding() || now - last_ < (is_scan() ? kScanEndMs : kHoldMs)) return out;
  end_run(out);
  return out;
}

void Keys::cancel() {
  held_.clear();
  length_ = 0;
}

std::optional<std::uint32_t> Keys::deadline() const {
  if (!is_holding()) return std::nullopt;
  return last_ + (is_scan() ? kScanEndMs : kHoldMs);
}

Keys::Stroke Keys::stroke_of(int scancode, unsigned modifiers) {
  if ((modifiers & kCommand) != 0) return {};
  const bool shift = (modifiers & KMOD_SHIFT) != 0;
  const bool caps = (modifiers & KMOD_CAPS) != 0;
  Stroke stroke;
  stroke.scanned = us_character(scancode, shift);
  stroke.key = named_key(scancode, shift);
  const bool is_digit = stroke.scanned >= '0' && stroke.scanned <= '9';
  if (is_digit) stroke.key = digit_key(stroke.scanned);
  // Digits and signs of the keypad are keys to be pressed whatever stands around them.
  if (is_on_keypad(scancode) && stroke.key) return stroke;
  // Caps Lock is the typist's business: a scanner does not know of it.
  stroke.typed = is_letter(stroke.scanned) ? us_character(scancode, shift != caps) : stroke.scanned;
  return stroke;
}

void Keys::press(int scancode, unsigned modifiers, std::uint32_t time, std::vector<KeyEvent>& out) {
  Stroke stroke = stroke_of(scancode, modifiers);
  stroke.had_company = last_key_ && time - *last_key_ < kHoldMs;
  if (stroke.had_company && !held_.empty()) held_.back().had_company = true;
  last_key_ = time;
  const bool continues = continues_run(time);
  if (ends_scan(scancode, modifiers)) {
    press_end(stroke, continues, time, out);
    return;
  }
  if (!continues) end_run(out);
  // A key that is no character can be part of a run, but begins none: it need not wait.
  if (!is_holding() && stroke.key && stroke.scanned == 0) {
    release(stroke, out);
  } else {
    hold(stroke, time);
  }
}

/// Enter and the like: the scanner's if a scan ends here or has just ended, else the typist's.
void Keys::press_end(const Stroke& stroke, bool continues, std::uint32_t time,
                     std::vector<KeyEvent>& out) {
  const bool ends_scan = continues && (is_scan() || run_follows_scan_);
  const bool is_scanners = ends_scan || follows_scan(time, kAfterScanMs);
  end_run(out);
  if (is_scanners) {
    last_scanned_ = time;
  } else {
    release(stroke, out);
  }
}

void Keys::hold(const Stroke& stroke, std::uint32_t time) {
  if (!is_holding()) run_follows_scan_ = follows_scan(time, kScannerGapMs);
  if (length_ < kLongestScan) held_.push_back(stroke);
  ++length_;
  last_ = time;
}

void Keys::end_run(std::vector<KeyEvent>& out) {
  if (!is_holding()) return;
  if (is_scan() || run_follows_scan_) {
    out.push_back(scan());
    last_scanned_ = last_;
  } else {
    for (const Stroke& stroke : held_) release(stroke, out);
  }
  cancel();
}

KeyEvent Keys::scan() const {
  if (length_ > kLongestScan) return Garbage{Garbage::Reason::kTooLong, length_};
  if (length_ < kShortestScan) return Garbage{Garbage::Reason::kTooShort, length_};
  Scanned scanned;
  for (const Stroke& stroke : held_) {
    if (stroke.scanned == 0) return Garbage{Garbage::Reason::kControlCharacters, length_};
    scanned.text += stroke.scanned;
  }
  return scanned;
}

void Keys::release(const Stroke& stroke, std::vector<KeyEvent>& out) {
  if (stroke.key && (stroke.typed == 0 || !stroke.had_company)) {
    out.emplace_back(KeyPressed{*stroke.key});
  } else if (stroke.typed != 0) {
    out.emplace_back(Typed{static_cast<char32_t>(stroke.typed)});
  }
}

bool Keys::continues_run(std::uint32_t time) const {
  if (!is_holding()) return false;
  return is_scan() ? time - last_ < kScanEndMs : time - last_ <= kScannerGapMs;
}

bool Keys::follows_scan(std::uint32_t time, std::uint32_t within) const {
  return last_scanned_ && time - *last_scanned_ <= within;
}

}  // namespace hailong::kiosk::input
