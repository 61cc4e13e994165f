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

}  // namespace

BundleWatch::BundleWatch(std::filesystem::path data_dir, core::DeviceId device,
                         std::optional<core::Bytes32> district)
    : file_(std::move(data_dir) / wire::kBundleFile),
      device_(std::move(device)),
      district_(district) {}

std::optional<wire::OpenedBundle> BundleWatch::look() {
  struct stat now {};
  if (::stat(file_.c_str(), &now) != 0) return std::nullopt;
  if (is_same(std::exchange(seen_, now), now)) return std::nullopt;
  return read();
}

std::optional<wire::OpenedBundle> BundleWatch::read() {
  if (!district_) {
    spdlog::warn("{}: not taken, for want of the district's key", file_.string());
    return std::nullopt;
  }
  auto opened = wire::read_bundle_file(file_, *district_, device_);
  if (!opened) {
    spdlog::error("{}; nothing is changed", opened.error().message);
    return std::nullopt;
  }
  if (opened->bundle.number < number_) {
    spdlog::error("{}: bundle {} is older than the one in use; nothing is changed", file_.string(),
                  opened->id);
    return std::nullopt;
  }
  number_ = opened->bundle.number;
  return std::move(*opened);
}

}  // namespace hailong::kiosk
