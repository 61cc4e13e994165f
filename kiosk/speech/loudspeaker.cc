#include "kiosk/speech/loudspeaker.h"

#include <SDL.h>

#include <string>

namespace hailong::kiosk::speech {
namespace {

constexpr Uint16 kBuffer = 2048;  // samples; 43 ms

}  // namespace

core::Result<std::unique_ptr<Loudspeaker>> Loudspeaker::open() {
  // Not SDL_InitSubSystem: its counts are not made for two threads, and the window's are among
  // them.
  if (SDL_AudioInit(nullptr) != 0) {
    return core::fail(core::Fault::kNotFound, std::string("no sound: ") + SDL_GetError());
  }
  SDL_AudioSpec wanted{};
  wanted.freq = kSampleRate;
  wanted.format = AUDIO_S16SYS;
  wanted.channels = 1;
  wanted.samples = kBuffer;
  // No changes allowed: SDL converts to what the device has.
  const SDL_AudioDeviceID device = SDL_OpenAudioDevice(nullptr, 0, &wanted, nullptr, 0);
  if (device == 0) {
    const std::string reason = SDL_GetError();
    SDL_AudioQuit();
    return core::fail(core::Fault::kNotFound, "no sound device: " + reason);
  }
  SDL_PauseAudioDevice(device, 0);
  return std::unique_ptr<Loudspeaker>(new Loudspeaker(device));
}

Loudspeaker::~Loudspeaker() {
  SDL_CloseAudioDevice(device_);
  SDL_AudioQuit();
}

void Loudspeaker::queue(std::span<const Sample> samples) {
  // Fails only when memory ends, and then a gap is heard.
  SDL_QueueAudio(device_, samples.data(), static_cast<Uint32>(samples.size_bytes()));
}

std::chrono::milliseconds Loudspeaker::queued() const {
  const std::uint64_t samples = SDL_GetQueuedAudioSize(device_) / sizeof(Sample);
  constexpr std::uint64_t kPerMs = kSampleRate / 1000;
  return std::chrono::milliseconds((samples + kPerMs - 1) / kPerMs);
}

void Loudspeaker::drop() { SDL_ClearQueuedAudio(device_); }

bool Loudspeaker::is_lost() const { return SDL_GetAudioDeviceStatus(device_) == SDL_AUDIO_STOPPED; }

}  // namespace hailong::kiosk::speech
