#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <span>

#include "core/result.h"
#include "kiosk/speech/prompt.h"

namespace hailong::kiosk::speech {

/// The sound device, through SDL. While one exists SDL's threads wake up many times a second, also
/// to look for new devices; so none must exist while there is nothing to say. At most one at a
/// time. Not thread-safe, but any thread may own it.
class Loudspeaker {
 public:
  /// May take a tenth of a second. Errors: kNotFound (no sound device, or it is taken).
  static core::Result<std::unique_ptr<Loudspeaker>> open();

  Loudspeaker(const Loudspeaker&) = delete;
  Loudspeaker& operator=(const Loudspeaker&) = delete;
  ~Loudspeaker();

  /// Plays the samples after those that are queued already.
  void queue(std::span<const Sample> samples);

  /// How long what is queued will take.
  [[nodiscard]] std::chrono::milliseconds queued() const;

  /// Forgets what is queued: silence at once.
  void drop();

  /// Whether the device was unplugged.
  [[nodiscard]] bool is_lost() const;

 private:
  explicit Loudspeaker(std::uint32_t device) : device_(device) {}

  const std::uint32_t device_;
};

}  // namespace hailong::kiosk::speech
