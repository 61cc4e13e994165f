#include "wire/bundle_file.h"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <string>

namespace hailong::wire {

core::Result<OpenedBundle> read_bundle_file(const std::filesystem::path& file,
                                            const PublicKey& district,
                                            const core::DeviceId& device) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) {
    const auto fault = errno == ENOENT ? core::Fault::kNotFound : core::Fault::kIo;
    return core::fail(fault, file.string() + ": cannot be opened: " + std::strerror(errno));
  }
  std::string bytes(kMostSealedBundleBytes + 1, '\0');
  stream.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (stream.bad()) return core::fail(core::Fault::kIo, file.string() + ": cannot be read");
  bytes.resize(static_cast<std::size_t>(stream.gcount()));
  auto opened = open_bundle(bytes, district, device);
  if (!opened) return core::fail(opened.error(), file.string());
  return opened;
}

}  // namespace hailong::wire
