#include "wire/private_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace hailong::wire {
namespace {

using core::Fault;

core::Failure failed(const std::filesystem::path& file, const char* doing) {
  const int error = errno;
  Fault fault = Fault::kIo;
  if (error == ENOENT) fault = Fault::kNotFound;
  if (error == ENOSPC || error == EDQUOT) fault = Fault::kFull;
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

}  // namespace

core::Result<void> move_private_file(const std::filesystem::path& from,
                                     const std::filesystem::path& to) {
  if (::rename(from.c_str(), to.c_str()) != 0) return failed(to, "be put in place");
  return sync_folder(to.parent_path());
}

core::Result<void> write_private_file(const std::filesystem::path& file, std::string_view text) {
  const std::filesystem::path draft = file.string() + ".new";
  {
    const Descriptor fd(::open(draft.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
    if (!fd.ok()) return failed(draft, "be created");
    if (::write(fd.get(), text.data(), text.size()) != static_cast<ssize_t>(text.size()) ||
        ::fsync(fd.get()) != 0) {
      return failed(draft, "be written");
    }
  }
  return move_private_file(draft, file);
}

core::Result<void> remove_private_file(const std::filesystem::path& file) {
  if (::unlink(file.c_str()) == 0) return sync_folder(file.parent_path());
  if (errno == ENOENT) return {};
  return failed(file, "be removed");
}

core::Result<std::string> read_private_file(const std::filesystem::path& file, std::size_t most) {
  const Descriptor fd(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  if (!fd.ok()) return failed(file, "be opened");
  struct stat status {};
  if (::fstat(fd.get(), &status) != 0) return failed(file, "be examined");
  if ((status.st_mode & 077U) != 0) {
    return core::fail(Fault::kRefused,
                      file.string() + ": others than its owner may read it; run chmod 600 on it");
  }
  std::string text(most + 1, '\0');
  const ssize_t size = ::read(fd.get(), text.data(), text.size());
  if (size < 0) return failed(file, "be read");
  if (static_cast<std::size_t>(size) > most) {
    return core::fail(Fault::kCorrupt,
                      file.string() + ": is longer than " + std::to_string(most) + " bytes");
  }
  text.resize(static_cast<std::size_t>(size));
  return text;
}

}  // namespace hailong::wire
