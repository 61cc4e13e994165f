#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "core/result.h"
#include "kiosk/speech/prompt.h"

namespace hailong::kiosk::speech {

class Loudspeaker;

/// The kiosk's voice: says prompts, one at a time.
///
/// A thread of its own opens the sound device, reads and decodes, so that say() and hush() cost the
/// caller nothing. The device is opened for the first prompt and closed some seconds after the
/// last, and then nothing wakes up at all. Without a device nothing is heard, which is logged once,
/// and every prompt tries anew: a loudspeaker that is plugged in later is heard from then on.
///
/// Thread-safe. Must be gone before SDL_Quit().
class Player {
 public:
  /// How long the device stays open in silence: opening it anew for every answer would be heard.
  static constexpr std::chrono::milliseconds kLinger{5'000};

  /// Prompt `id` is the file ID.opus in `speech_folder`. `on_silence` is called on the player's
  /// thread whenever all that was to be said has been said (but not after hush()). Errors:
  /// kNotFound (no such folder).
  static core::Result<std::unique_ptr<Player>> open(std::filesystem::path speech_folder,
                                                    std::function<void()> on_silence = {},
                                                    std::chrono::milliseconds linger = kLinger);

  Player(const Player&) = delete;
  Player& operator=(const Player&) = delete;
  /// Falls silent.
  ~Player();

  /// Says it instead of what is being said. A prompt that is unknown is logged once and left out.
  void say(std::string_view id);

  /// Says one after the other, with a breath between them.
  void say(std::span<const std::string> ids);

  /// Falls silent at once.
  void hush();

  /// From say() until all has been heard.
  [[nodiscard]] bool is_speaking() const;

 private:
  /// What is to be said; nothing: silence.
  using Order = std::vector<std::string>;

  Player(std::filesystem::path speech_folder, std::function<void()> on_silence,
         std::chrono::milliseconds linger);
  void give(Order order);

  // All below on the player's thread.
  void work();
  std::optional<Order> next_order();
  void speak(const Order& order);
  bool say_prompt(const std::string& id);
  std::optional<Prompt> find(const std::string& id);
  bool open_loudspeaker();
  bool wait_until_queued_is(std::chrono::milliseconds most);
  bool is_interrupted(std::unique_lock<std::mutex>& lock, std::chrono::milliseconds limit);
  void fall_silent();

  const std::filesystem::path folder_;
  const std::function<void()> on_silence_;
  const std::chrono::milliseconds linger_;

  mutable std::mutex mutex_;  // guards the four below
  std::condition_variable changed_;
  std::optional<Order> order_;  // not taken yet
  bool speaking_ = false;
  bool ending_ = false;

  std::unique_ptr<Loudspeaker> loudspeaker_;
  std::vector<Sample> piece_;
  std::set<std::string> complained_;  // prompts that were logged
  bool complained_of_device_ = false;

  std::thread thread_;  // last: uses all of the above
};

}  // namespace hailong::kiosk::speech
