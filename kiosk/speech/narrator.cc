#include "kiosk/speech/narrator.h"

#include <algorithm>

namespace hailong::kiosk::speech {

std::optional<Words> Narrator::update(const Hearing& hearing, Millis now) {
  if (hearing.sound_on != sound_on_) return change_sound(hearing, now);
  if (!sound_on_) return std::nullopt;
  notice_finger(hearing, now);
  if (hearing.is_speaking || is_speaking_) quiet_since_ = now;
  is_speaking_ = hearing.is_speaking;
  if (page_ != hearing.page) {
    repeats_ = 0;
    return say_page(hearing, now);
  }
  if (rest_at_ && now >= *rest_at_) {
    rest_at_.reset();
    quiet_since_ = now;
    return Words{*under_finger_};
  }
  if (!is_speaking_ && repeats_ < kRepeats && now >= quiet_since_ + kQuiet) {
    ++repeats_;
    return say_page(hearing, now);
  }
  return std::nullopt;
}

std::optional<Millis> Narrator::deadline() const {
  if (!sound_on_) return std::nullopt;
  std::optional<Millis> due = rest_at_;
  if (!is_speaking_ && repeats_ < kRepeats) {
    due = std::min(due.value_or(quiet_since_ + kQuiet), quiet_since_ + kQuiet);
  }
  return due;
}

std::optional<Words> Narrator::change_sound(const Hearing& hearing, Millis now) {
  *this = Narrator();
  sound_on_ = hearing.sound_on;
  if (!sound_on_) return Words{};
  return say_page(hearing, now);
}

void Narrator::notice_finger(const Hearing& hearing, Millis now) {
  if (hearing.under_finger == under_finger_) return;
  under_finger_ = hearing.under_finger;
  rest_at_.reset();
  if (under_finger_) rest_at_ = now + kRest;
  quiet_since_ = now;
  repeats_ = 0;  // somebody is there
}

/// With what the finger is on already: on a page that opens with a focus, the answer that it is on.
Words Narrator::say_page(const Hearing& hearing, Millis now) {
  page_ = hearing.page;
  under_finger_ = hearing.under_finger;
  rest_at_.reset();
  quiet_since_ = now;
  Words words = hearing.page_says;
  if (under_finger_) words.push_back(*under_finger_);
  return words;
}

}  // namespace hailong::kiosk::speech
