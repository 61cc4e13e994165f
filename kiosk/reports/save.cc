#include "kiosk/reports/save.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <string>

#include "program/descriptor.h"

namespace hailong::kiosk::reports {
namespace {

namespace fs = std::filesystem;

/// So much is written before it is waited for: what the progress tells of is on the disk.
constexpr std::size_t kChunk = std::size_t{64} * 1024;

core::Failure cannot_save(int error) {
  switch (error) {
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
      return core::fail(
          core::Fault::kFull,
          "USB hoặc thư mục đã đầy: hãy xóa bớt tệp hoặc dùng USB khác, rồi lưu lại.");
    case ENOENT:
    case ENOTDIR:
    case ENODEV:
    case ENXIO:
      return core::fail(core::Fault::kNotFound,
                        "USB đã bị rút ra hoặc thư mục không còn: hãy cắm lại USB, rồi lưu lại.");
    case EROFS:
      return core::fail(core::Fault::kRefused,
                        "USB hoặc thư mục chỉ cho đọc: hãy mở khóa ghi hoặc dùng USB khác, rồi "
                        "lưu lại.");
    case EACCES:
    case EPERM:
      return core::fail(core::Fault::kRefused,
                        "Không có quyền ghi vào USB hoặc thư mục này: hãy chọn nơi khác.");
    case EIO:
      return core::fail(
          core::Fault::kIo,
          "USB đã bị rút ra hoặc bị hỏng: hãy cắm lại hoặc dùng USB khác, rồi lưu lại.");
    default:
      return core::fail(core::Fault::kIo, "Không lưu được tệp (mã lỗi " + std::to_string(error) +
                                              "): hãy thử lại với USB khác.");
  }
}

/// A file that is removed again unless it is kept.
class Draft {
 public:
  explicit Draft(fs::path path)
      : path_(std::move(path)),
        file_(::open(path_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0644)),
        error_(file_.is_open() ? 0 : errno) {}
  Draft(const Draft&) = delete;
  Draft& operator=(const Draft&) = delete;
  ~Draft() {
    // On a stick that was pulled out this fails: there is nothing left to remove.
    if (file_.is_open() && !kept_) ::unlink(path_.c_str());
  }

  /// Nothing goes on after an error.
  [[nodiscard]] int error() const { return error_; }

  void append(std::string_view bytes) {
    while (error_ == 0 && !bytes.empty()) {
      const ssize_t written = ::write(file_.get(), bytes.data(), bytes.size());
      if (written >= 0) bytes.remove_prefix(static_cast<std::size_t>(written));
      if (written < 0 && errno != EINTR) error_ = errno;
    }
  }
  void sync() {
    if (error_ == 0 && ::fsync(file_.get()) != 0) error_ = errno;
  }
  void rename_to(const fs::path& target) {
    if (error_ != 0) return;
    if (::rename(path_.c_str(), target.c_str()) != 0) {
      error_ = errno;
    } else {
      path_ = target;
    }
  }
  void sync_folder() {
    if (error_ != 0) return;
    const program::Descriptor folder(
        ::open(path_.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    // Some file systems know no waiting for a folder and say EINVAL.
    if (!folder.is_open() || (::fsync(folder.get()) != 0 && errno != EINVAL)) error_ = errno;
  }
  void keep() { kept_ = true; }

 private:
  fs::path path_;
  program::Descriptor file_;
  int error_;
  bool kept_ = false;
};

/// "name.pdf", "name (2).pdf" …, the first that is free.
fs::path free_name(const fs::path& folder, const fs::path& name) {
  fs::path path = folder / name;
  std::error_code unknown;  // what cannot be looked at is found out when it is written
  for (int i = 2; fs::exists(fs::symlink_status(path, unknown)); ++i) {
    path = folder / name.stem();
    path += " (" + std::to_string(i) + ")";
    path += name.extension();
  }
  return path;
}

}  // namespace

core::Result<fs::path> save(const fs::path& folder, std::string_view name, std::string_view bytes,
                            const Progress& progress) {
  progress(0);
  Draft draft(folder / ("." + std::string(name) + ".part"));
  for (std::size_t at = 0; at < bytes.size() && draft.error() == 0; at += kChunk) {
    draft.append(bytes.substr(at, kChunk));
    draft.sync();
    if (draft.error() == 0 && at + kChunk < bytes.size()) {
      progress(static_cast<double>(at + kChunk) / static_cast<double>(bytes.size()));
    }
  }
  draft.sync();
  const fs::path target = free_name(folder, fs::path(name));
  draft.rename_to(target);
  draft.sync_folder();
  if (draft.error() != 0) return cannot_save(draft.error());
  draft.keep();
  progress(1);
  return target;
}

}  // namespace hailong::kiosk::reports
