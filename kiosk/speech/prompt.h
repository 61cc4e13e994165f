#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>

#include "core/result.h"

struct OggOpusFile;

namespace hailong::kiosk::speech {

/// Samples a second of everything that is said; one channel, 16 bits.
constexpr int kSampleRate = 48'000;

using Sample = std::int16_t;

/// One spoken prompt, decoded piece by piece as it is played. Not thread-safe.
class Prompt {
 public:
  /// Errors: kNotFound (no such file), kInvalid (no Opus).
  static core::Result<Prompt> open(const std::filesystem::path& file);

  /// Fills the front of `room` with what comes next; channels are mixed to one. Returns the number
  /// of samples, 0 at the end. Errors: kCorrupt, kIo.
  core::Result<std::size_t> read(std::span<Sample> room);

 private:
  struct Close {
    void operator()(OggOpusFile* file) const;
  };
  explicit Prompt(OggOpusFile* file) : file_(file) {}

  std::unique_ptr<OggOpusFile, Close> file_;
};

}  // namespace hailong::kiosk::speech
