#pragma once

#include <functional>
#include <memory>
#include <utility>

#include "kiosk/flow/flow.h"
#include "kiosk/shown.h"
#include "kiosk/speech/player.h"

namespace hailong::kiosk {

/// Says the prompts of what is shown, in the language of whoever is there. One thread.
class Voice {
 public:
  /// `shown` may change, and must outlive the voice. `done` is called on another thread, when
  /// something was said to its end.
  Voice(const Shown& shown, std::function<void()> done) : shown_(shown), done_(std::move(done)) {}

  /// Keys of texts, instead of what is being said; none: be quiet. What the district has replaced
  /// is left out, for it was spoken before.
  void say(const speech::Words& words, flow::Language language);

  [[nodiscard]] bool is_speaking() const { return player_ && player_->is_speaking(); }

 private:
  void open(flow::Language language);

  const Shown& shown_;
  std::function<void()> done_;
  std::unique_ptr<speech::Player> player_;  // null until something is to be said
  flow::Language language_ = flow::Language::kVietnamese;
};

}  // namespace hailong::kiosk
