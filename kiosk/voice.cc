#include "kiosk/voice.h"

#include <spdlog/spdlog.h>

#include <string>
#include <utility>

namespace hailong::kiosk {

void Voice::say(const speech::Words& words, flow::Language language) {
  if (!player_ || language != language_) open(language);
  if (!player_) return;
  const Texts& texts =
      language == flow::Language::kEnglish ? shown_.contents.english : shown_.contents.vietnamese;
  speech::Words spoken = words;
  std::erase_if(spoken, [&texts](const std::string& key) { return texts.is_replaced(key); });
  if (spoken.empty()) return player_->hush();
  player_->say(spoken);
}

/// When first needed, and when the resident asks for the other language.
void Voice::open(flow::Language language) {
  player_.reset();
  language_ = language;
  const char* folder = language == flow::Language::kEnglish ? "en/speech" : "vi/speech";
  auto player = speech::Player::open(shown_.settings.assets_dir / folder, done_);
  if (player) {
    player_ = std::move(*player);
  } else {
    spdlog::error("nothing can be spoken: {}", player.error().message);
  }
}

}  // namespace hailong::kiosk
