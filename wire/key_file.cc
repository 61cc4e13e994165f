#include "wire/key_file.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <string>
#include <string_view>

namespace hailong::wire {
namespace {

using core::Fault;

constexpr std::size_t kDigits = 2 * SigningKey::kSeedSize;

core::Failure failed(const std::filesystem::path& file, const char* doing) {
  const int error = errno;
  Fault fault = Fault::kIo;
  if (error == ENOENT) fault = Fault::kNotFound;
  if (error == ENOSPC) fault = Fault::kFull;
  return core::fail(fault, file.string() + ": cannot " + doing + ": " + std::strerror(error));
}

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  [[nodiscard]] int get() const { return fd_; }
  [[nodiscard]] bool ok() const { return fd_ >= 0; }

 private:
  int fd_;
};

core::Result<void> sync_folder(const std::filesystem::path& folder) {
  const Descriptor fd(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!fd.ok() || ::fsync(fd.get()) != 0) return failed(folder, "be synced");
  return {};
}

/// Writes beside the final name and renames, so that a power cut leaves a whole key or none.
core::Result<void> write_key(const std::filesystem::path& file, const SigningKey& key) {
  const std::string text = core::to_hex(key.seed()) + "\n";
  const std::filesystem::path draft = file.string() + ".new";
  {
    const Descriptor fd(::open(draft.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
    if (!fd.ok()) return failed(draft, "be created");
    if (::write(fd.get(), text.data(), text.size()) != static_cast<ssize_t>(text.size()) ||
        ::fsync(fd.get()) != 0) {
      return failed(draft, "be written");
    }
  }
  if (::rename(draft.c_str(), file.c_str()) != 0) return failed(file, "be put in place");
  return sync_folder(file.parent_path());
}

}  // namespace

core::Result<SigningKey> read_key(const std::filesystem::path& file) {
  const Descriptor fd(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  if (!fd.ok()) return failed(file, "be opened");
  struct stat status {};
  if (::fstat(fd.get(), &status) != 0) return failed(file, "be examined");
  if ((status.st_mode & 077U) != 0) {
    return core::fail(Fault::kRefused,
                      file.string() + ": others than its owner may read it; run chmod 600 on it");
  }
  std::array<char, kDigits + 2> text{};
  const ssize_t size = ::read(fd.get(), text.data(), text.size());
  if (size < 0) return failed(file, "be read");
  std::string_view digits(text.data(), static_cast<std::size_t>(size));
  if (digits.ends_with('\n')) digits.remove_suffix(1);
  core::Bytes32 seed{};
  if (!core::from_hex(digits, seed)) {
    return core::fail(Fault::kCorrupt, file.string() + ": is not a key of 64 hex digits");
  }
  SigningKey key = SigningKey::from_seed(seed);
  sodium_memzero(seed.data(), seed.size());
  sodium_memzero(text.data(), text.size());
  return key;
}

core::Result<SigningKey> read_or_make_key(const std::filesystem::path& file) {
  auto key = read_key(file);
  if (key || key.error().fault != Fault::kNotFound) return key;
  const SigningKey made = SigningKey::generate();
  if (auto written = write_key(file, made); !written) return core::Failure(written.error());
  return made;
}

}  // namespace hailong::wire
