#include "kiosk/bundle_watch.h"

#include <spdlog/spdlog.h>

#include <utility>

#include "wire/bundle_file.h"

namespace hailong::kiosk {
namespace {

/// A file is put in place by renaming, so another one is another inode or time.
bool is_same(const struct stat& one, const struct stat& other) {
  return one.st_dev == other.st_dev && one.st_ino == other.st_ino && one.st_size == other.st_size &&
         one.st_mtim.tv_sec == other.st_mtim.tv_sec && one.st_mtim.tv_nsec == other.st_mtim.tv_nsec;
}

std::nullopt_t refuse(const std::string& why) {
  spdlog::error("{}; nothing is changed", why);
  return std::nullopt;
}

}  // namespace

BundleWatch::BundleWatch(const std::filesystem::path& data_dir, core::DeviceId device,
                         std::optional<core::Bytes32> district)
    : file_(data_dir / wire::kBundleFile),
      newest_file_(data_dir / wire::kNewestBundleFile),
      device_(std::move(device)),
      district_(district) {}

std::optional<wire::OpenedBundle> BundleWatch::look() {
  const bool is_first = !std::exchange(looked_, true);
  if (is_first) recall();
  struct stat now {};
  const bool is_other =
      ::stat(file_.c_str(), &now) == 0 && !is_same(std::exchange(seen_, now), now);
  if (is_other) {
    if (auto found = read()) return found;
  }
  return is_first ? last_ : std::nullopt;
}

/// The newest that the daemon ever took.
void BundleWatch::recall() {
  if (!district_) return;
  auto newest = wire::read_bundle_file(newest_file_, *district_, device_);
  if (newest) {
    last_ = std::move(*newest);
  } else if (newest.error().fault != core::Fault::kNotFound) {
    spdlog::warn("{}; an older one is not told from a newer", newest.error().message);
  }
}

std::optional<wire::OpenedBundle> BundleWatch::read() {
  if (!district_) {
    spdlog::warn("{}: not taken, for want of the district's key", file_.string());
    return std::nullopt;
  }
  auto opened = wire::read_bundle_file(file_, *district_, device_);
  if (!opened) return refuse(opened.error().message);
  if (last_ && !opened->may_follow(*last_)) {
    return refuse(file_.string() + ": bundle " + opened->id + " is older than " + last_->id);
  }
  last_ = std::move(*opened);
  return last_;
}

}  // namespace hailong::kiosk
