#include "kiosk/speech/player.h"

#include <SDL_thread.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <utility>

#include "kiosk/speech/loudspeaker.h"

namespace hailong::kiosk::speech {
namespace {

using std::chrono::milliseconds;

/// How much is decoded at once, and how much is kept ready: enough for a busy processor.
constexpr milliseconds kPiece{100};
constexpr milliseconds kAhead{400};
constexpr milliseconds kBreath{250};
/// SDL takes its buffers in steps, so waiting exactly as long as what is queued may fall short.
constexpr milliseconds kStep{20};

std::size_t samples_in(milliseconds span) {
  return static_cast<std::size_t>(span.count()) * kSampleRate / 1000;
}

}  // namespace

core::Result<std::unique_ptr<Player>> Player::open(std::filesystem::path speech_folder,
                                                   std::function<void()> on_silence,
                                                   milliseconds linger) {
  std::error_code ignored;
  if (!std::filesystem::is_directory(speech_folder, ignored)) {
    return core::fail(core::Fault::kNotFound,
                      speech_folder.string() + ": expected a folder with spoken prompts");
  }
  return std::unique_ptr<Player>(
      new Player(std::move(speech_folder), std::move(on_silence), linger));
}

Player::Player(std::filesystem::path speech_folder, std::function<void()> on_silence,
               milliseconds linger)
    : folder_(std::move(speech_folder)),
      on_silence_(std::move(on_silence)),
      linger_(linger),
      piece_(samples_in(kPiece)),
      thread_([this] { work(); }) {}

Player::~Player() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

void Player::say(std::string_view id) { give({std::string(id)}); }

void Player::say(std::span<const std::string> ids) { give({ids.begin(), ids.end()}); }

void Player::hush() { give({}); }

bool Player::is_speaking() const {
  const std::lock_guard lock(mutex_);
  return speaking_;
}

void Player::give(Order order) {
  {
    const std::lock_guard lock(mutex_);
    // An idle thread need not wake up to be silent.
    if (order.empty() && !speaking_) return;
    speaking_ = !order.empty();
    order_ = std::move(order);
  }
  changed_.notify_one();
}

void Player::work() {
  while (const auto order = next_order()) {
    if (loudspeaker_ != nullptr) loudspeaker_->drop();
    speak(*order);
  }
  loudspeaker_.reset();
  SDL_TLSCleanup();  // SDL keeps its last error for every thread, and frees it for its own only
}

/// Waits for it, and closes the device when that takes long. Nothing: the end.
std::optional<Player::Order> Player::next_order() {
  std::unique_lock lock(mutex_);
  const auto is_due = [this] { return ending_ || order_; };
  if (loudspeaker_ != nullptr && !changed_.wait_for(lock, linger_, is_due)) {
    lock.unlock();
    loudspeaker_.reset();
    lock.lock();
  }
  changed_.wait(lock, is_due);
  if (ending_) return std::nullopt;
  return std::exchange(order_, std::nullopt);
}

void Player::speak(const Order& order) {
  if (order.empty()) return;
  for (const std::string& id : order) {
    if (!say_prompt(id)) return;
  }
  if (loudspeaker_ == nullptr || wait_until_queued_is(milliseconds(0))) fall_silent();
}

/// False when there is another order.
bool Player::say_prompt(const std::string& id) {
  auto prompt = find(id);
  if (!prompt || !open_loudspeaker()) return true;
  for (;;) {
    const auto count = prompt->read(piece_);
    if (!count) spdlog::warn("prompt {}: {}", id, count.error().message);
    if (!count || *count == 0) break;
    if (!wait_until_queued_is(kAhead)) return false;
    loudspeaker_->queue(std::span(piece_).first(*count));
  }
  static const std::vector<Sample> kSilence(samples_in(kBreath));
  loudspeaker_->queue(kSilence);
  return true;
}

std::optional<Prompt> Player::find(const std::string& id) {
  auto prompt = Prompt::open(folder_ / (id + ".opus"));
  if (prompt) return std::move(*prompt);
  if (complained_.insert(id).second) spdlog::warn("cannot say it: {}", prompt.error().message);
  return std::nullopt;
}

bool Player::open_loudspeaker() {
  if (loudspeaker_ != nullptr && loudspeaker_->is_lost()) loudspeaker_.reset();
  if (loudspeaker_ != nullptr) return true;
  auto opened = Loudspeaker::open();
  if (!opened) {
    if (!complained_of_device_) spdlog::warn("prompts are not heard: {}", opened.error().message);
    complained_of_device_ = true;
    return false;
  }
  complained_of_device_ = false;
  loudspeaker_ = std::move(*opened);
  return true;
}

/// False when there is another order before that.
bool Player::wait_until_queued_is(milliseconds most) {
  std::unique_lock lock(mutex_);
  for (;;) {
    const milliseconds queued = loudspeaker_->queued();
    const milliseconds wait = queued <= most ? milliseconds(0) : queued - most + kStep;
    if (is_interrupted(lock, wait)) return false;
    if (queued <= most) return true;
  }
}

bool Player::is_interrupted(std::unique_lock<std::mutex>& lock, milliseconds limit) {
  return changed_.wait_for(lock, limit, [this] { return ending_ || order_; });
}

void Player::fall_silent() {
  {
    const std::lock_guard lock(mutex_);
    if (order_ || ending_) return;
    speaking_ = false;
  }
  if (on_silence_) on_silence_();
}

}  // namespace hailong::kiosk::speech
