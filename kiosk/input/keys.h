#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

union SDL_Event;

/// Three kinds of keyboards that SDL cannot tell apart, told apart by their rhythm.
///
/// A scanner (keyboard wedge) sends a whole code within milliseconds: six or more keys, each at
/// most 35 ms after the one before, then Enter. Nobody types like that: even fast typists who roll
/// their fingers do it for two or three keys. A number pad or a box with buttons sends one digit
/// and then nothing. All the rest is typing.
///
/// So a key is held back until it is clear what it belongs to, at most 60 ms after the last key
/// that came in quick succession; Typed never sees a scanner's code, and no composition of
/// Vietnamese can alter it. Only places on an American keyboard count (us_layout.h): scanners send
/// those whatever layout the system has, and Vietnamese is composed by us. Keyboards with an input
/// method of their own are not supported.
///
/// A key typed less than 35 ms before a scan begins is taken for its first character: nothing in
/// SDL's events says which keyboard it came from. Whoever reads the code has to check its form.

namespace hailong::kiosk::input {

enum class Key {
  k0,  // k0 … k9 in order
  k1,
  k2,
  k3,
  k4,
  k5,
  k6,
  k7,
  k8,
  k9,
  kEnter,
  kPlus,   // the keypad's
  kMinus,  // the keypad's
  kBackspace,
  kLeft,   // also Tab with shift
  kRight,  // also Tab
  kUp,
  kDown,
  kEscape,
};

/// What a key means where text is typed: digits and signs of the keypad are characters there too.
std::optional<char32_t> character_of(Key key);

/// The digit of k0 … k9.
std::optional<int> digit_of(Key key);

/// A code, printable ASCII, 6 to 512 characters, without the key that ended it.
struct Scanned {
  std::string text;
};

/// A run as quick as a scanner's that holds no code. To be logged: its content is not kept.
struct Garbage {
  enum class Reason {
    kTooLong,
    kTooShort,  // follows a scan at once, e.g. a short line of a code with many lines
    kControlCharacters,
  };
  Reason reason = Reason::kTooLong;
  std::size_t length = 0;  // keys
};

/// A named key, a key of the keypad, or a digit of the top row that stands alone (no other key
/// within 60 ms): what a box with buttons sends. A text field takes it as its character_of().
struct KeyPressed {
  Key key = Key::k0;
};

/// A printable ASCII character from a real keyboard, with shift and Caps Lock.
struct Typed {
  char32_t character = 0;
};

using KeyEvent = std::variant<Scanned, Garbage, KeyPressed, Typed>;

/// For people who test a keypad: "a", "7", "Enter".
std::string name_of(const Typed& typed);
std::string name_of(Key key);

/// For logs, e.g. "too long".
std::string_view name_of(Garbage::Reason reason);

/// Times are SDL's event time stamps in milliseconds; events must be handed over in their order.
/// Not thread-safe.
class Keys {
 public:
  /// From one key of a scanner to the next: room for an inter-character delay of 30 ms, and far
  /// below the 70 ms of a fast typist.
  static constexpr std::uint32_t kScannerGapMs = 35;
  /// What is certainly a scan may pause this long: SDL stamps events when it fetches them, so a
  /// slow frame looks like a pause of the scanner.
  static constexpr std::uint32_t kScanEndMs = 100;
  static constexpr std::uint32_t kHoldMs = 60;
  /// The line feed after the carriage return, or an Enter that came late, must not press a button.
  static constexpr std::uint32_t kAfterScanMs = 200;
  static constexpr std::size_t kShortestScan = 6;
  static constexpr std::size_t kLongestScan = 512;

  /// What an SDL event means, and what it decides about the keys held back; nothing for all events
  /// but SDL_KEYDOWN. Keys that are held down repeat only where that is of use: Backspace and
  /// arrows.
  std::vector<KeyEvent> handle(const SDL_Event& event);

  /// Lets go of keys that nothing has followed in time. To be called when deadline() has come,
  /// after the events that are there already.
  std::vector<KeyEvent> expire(std::uint32_t now);

  /// Forgets what is held back, e.g. when the window loses the keyboard or a visit ends.
  void cancel();

  /// When expire() is due; nothing while nothing is held back.
  [[nodiscard]] std::optional<std::uint32_t> deadline() const;

 private:
  /// One key held back.
  struct Stroke {
    char scanned = 0;          // as a scanner means it; 0: not printable
    char typed = 0;            // as a typist means it; 0: not typed text
    std::optional<Key> key;    // as a key to be pressed
    bool had_company = false;  // another key came within kHoldMs before or after it
  };

  static Stroke stroke_of(int scancode, unsigned modifiers);
  static void release(const Stroke& stroke, std::vector<KeyEvent>& out);
  void press(int scancode, unsigned modifiers, std::uint32_t time, std::vector<KeyEvent>& out);
  void press_end(const Stroke& stroke, bool continues, std::uint32_t time,
                 std::vector<KeyEvent>& out);
  void hold(const Stroke& stroke, std::uint32_t time);
  void end_run(std::vector<KeyEvent>& out);
  [[nodiscard]] KeyEvent scan() const;
  [[nodiscard]] bool is_holding() const { return length_ > 0; }
  [[nodiscard]] bool is_scan() const { return length_ >= kShortestScan; }
  [[nodiscard]] bool continues_run(std::uint32_t time) const;
  [[nodiscard]] bool follows_scan(std::uint32_t time, std::uint32_t within) const;

  std::vector<Stroke> held_;               // one quick run of keys, the first kLongestScan of it
  std::size_t length_ = 0;                 // of the whole run
  std::uint32_t last_ = 0;                 // when the run's newest key came
  bool run_follows_scan_ = false;          // so quickly that the scanner must have sent it
  std::optional<std::uint32_t> last_key_;  // when the newest key of all came,
  std::optional<std::uint32_t> last_scanned_;  // and the newest that a scanner sent
};

}  // namespace hailong::kiosk::input
