#include "kiosk/speech/prompt.h"

#include <opusfile.h>

#include <algorithm>
#include <array>
#include <string>

namespace hailong::kiosk::speech {

void Prompt::Close::operator()(OggOpusFile* file) const { op_free(file); }

core::Result<Prompt> Prompt::open(const std::filesystem::path& file) {
  int error = 0;
  OggOpusFile* opened = op_open_file(file.c_str(), &error);
  if (opened != nullptr) return Prompt(opened);
  std::error_code ignored;
  if (!std::filesystem::exists(file, ignored)) {
    return core::fail(core::Fault::kNotFound, file.string() + ": is missing");
  }
  return core::fail(core::Fault::kInvalid, file.string() + ": expected an Opus file (opusfile " +
                                               std::to_string(error) + ")");
}

core::Result<std::size_t> Prompt::read(std::span<Sample> room) {
  std::array<Sample, 8192> stereo;  // a recording may have two channels
  const std::size_t wanted = std::min(stereo.size(), 2 * room.size());
  int count = OP_HOLE;  // of missing packets: what follows may still be heard
  while (count == OP_HOLE) {
    count = op_read_stereo(file_.get(), stereo.data(), static_cast<int>(wanted));
  }
  if (count < 0) {
    return core::fail(count == OP_EREAD ? core::Fault::kIo : core::Fault::kCorrupt,
                      "cannot decode (opusfile " + std::to_string(count) + ")");
  }
  const auto samples = static_cast<std::size_t>(count);
  for (std::size_t i = 0; i < samples; ++i) {
    room[i] = static_cast<Sample>((stereo[2 * i] + stereo[2 * i + 1]) / 2);
  }
  return samples;
}

}  // namespace hailong::kiosk::speech
