#pragma once

#include <optional>
#include <variant>

#include "kiosk/flow/screen.h"

/// The resident's way through the kiosk, as a state machine.
///
///   Home --face--> Saving --appended--> Thanks --time or tap--> Home
///                    |                    |
///                    |                    +--"choose again"--> ChooseAgain --face--> Saving
///                    +--failed--> Sorry --time or tap--> Home
///
/// It knows no window, clock or disk. Time enters as a Tick, which the shell sends before every
/// other event and whenever next_deadline() is reached; what is to be done comes back as an Effect,
/// and its outcome enters as an event again.
///
/// Taps are taken only after a screen has been up for a moment: drumming fingers and second taps
/// were not meant for what has just appeared. A rating can be corrected once: the thank-you after a
/// correction offers no further choice, so that nobody can keep a rating open from turn to turn.

namespace hailong::kiosk::flow {

// Events. A tap is complete: finger down and up again on the same thing.
struct FaceTapped {
  core::Score score;
};
struct ChooseAgainTapped {};
struct KeepTapped {};       // the resident keeps the first choice
struct ElsewhereTapped {};  // anything that is no button
struct Appended {
  core::Seq seq = 0;  // of the event that is now on the disk
};
struct AppendFailed {};
struct Tick {
  Millis now = 0;
};
using Event = std::variant<FaceTapped, ChooseAgainTapped, KeepTapped, ElsewhereTapped, Appended,
                           AppendFailed, Tick>;

/// To be appended to the journal as the rating of a new visit.
struct AppendRating {
  core::Score score;

  bool operator==(const AppendRating&) const = default;
};
/// To be appended to the journal as it is.
struct AppendCorrection {
  core::Correction correction;

  bool operator==(const AppendCorrection&) const = default;
};
using Effect = std::variant<AppendRating, AppendCorrection>;

/// How long things last, in milliseconds.
struct Durations {
  Millis thanks = 5'000;
  Millis thanks_guard = 600;     // a double tap on a face must not wipe away the thank-you
  Millis arrival_guard = 300;    // the tap that led here may echo
  Millis reaction = 150;         // nobody sees a new screen and taps on it sooner
  Millis choose_again = 20'000;  // without a touch
  Millis sorry = 8'000;
};

class Flow {
 public:
  explicit Flow(const Durations& durations) : durations_(durations) {}

  /// Moves to the next screen, or changes nothing when the event means nothing there.
  std::optional<Effect> handle(const Event& event);

  [[nodiscard]] const Screen& screen() const { return screen_; }

  /// When the picture changes by itself: a Tick is due then.
  [[nodiscard]] std::optional<Millis> next_deadline() const;

 private:
  Durations durations_;
  Millis now_ = 0;
  Screen screen_;
};

}  // namespace hailong::kiosk::flow
