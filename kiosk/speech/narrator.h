#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// What the kiosk says, and when: for people who cannot see or read the screen.
///
/// Whoever switches the sound on hears what the page asks; so does everybody who opens the next
/// page. A finger that rests on an answer makes the kiosk say it, and so does the focus of the
/// keys. When nothing is touched for a while after all was said, the page is said again, twice at
/// most, so that an empty room is not talked at. Switching the sound off for the next person is the
/// flow's business.

namespace hailong::kiosk::speech {

/// Milliseconds of a monotonic clock with any start.
using Millis = std::int64_t;

/// Ids of prompts to be said one after the other, instead of what is being said. None: hush.
using Words = std::vector<std::string>;

/// All that decides what is said.
struct Hearing {
  std::uint64_t page = 0;                   // another number for every page that opens
  Words page_says;                          // what the page says when it opens
  std::optional<std::string> under_finger;  // what the finger, or else the focus of the keys, is on
  bool sound_on = false;
  bool is_speaking = false;  // Player::is_speaking(): the quiet begins when all was said
};

/// Pure: no sound, no clock. Not thread-safe.
class Narrator {
 public:
  /// A tap is no rest: sliding over answers, or tapping one, does not set the kiosk stammering.
  static constexpr Millis kRest = 150;
  static constexpr Millis kQuiet = 15'000;
  static constexpr int kRepeats = 2;

  /// To be called whenever something has changed or deadline() has come. What is to be said now;
  /// nothing: go on as before.
  std::optional<Words> update(const Hearing& hearing, Millis now);

  /// When update() is due although nothing changes.
  [[nodiscard]] std::optional<Millis> deadline() const;

 private:
  std::optional<Words> change_sound(const Hearing& hearing, Millis now);
  void notice_finger(const Hearing& hearing, Millis now);
  Words say_page(const Hearing& hearing, Millis now);

  bool sound_on_ = false;
  bool is_speaking_ = false;
  std::optional<std::uint64_t> page_;  // the page that was said
  std::optional<std::string> under_finger_;
  std::optional<Millis>
      rest_at_;  // when the finger will have rested; nothing: what is under it is said
  Millis quiet_since_ = 0;
  int repeats_ = 0;
};

}  // namespace hailong::kiosk::speech
