#pragma once

#include <sys/stat.h>

#include <filesystem>
#include <optional>

#include "core/hex.h"
#include "core/ids.h"
#include "wire/bundle.h"

namespace hailong::kiosk {

/// Notices when the daemon puts another configuration bundle beside the journal. One thread.
class BundleWatch {
 public:
  /// `district`: its public key; nothing: no bundle is taken, and the log says so when one lies
  /// there.
  BundleWatch(const std::filesystem::path& data_dir, core::DeviceId device,
              std::optional<core::Bytes32> district);

  /// The bundle on the disk, when it is another one than at the last look, and good; one that is
  /// not signed for this kiosk, breaks the rules or is older than the newest that was ever here is
  /// logged once and changes nothing: the first look gives the newest then. Asks the file system
  /// once when nothing has changed.
  std::optional<wire::OpenedBundle> look();

 private:
  void recall();
  std::optional<wire::OpenedBundle> read();

  const std::filesystem::path file_;
  const std::filesystem::path newest_file_;
  const core::DeviceId device_;
  const std::optional<core::Bytes32> district_;
  struct stat seen_ {};
  bool looked_ = false;
  std::optional<wire::OpenedBundle> last_;  // the newest known
};

}  // namespace hailong::kiosk
