#pragma once

#include <filesystem>
#include <string>

#include "core/ids.h"
#include "core/result.h"
#include "sync/transport.h"
#include "wire/signing.h"

namespace hailong::sync {

/// How it stands with the configuration from above.
struct BundleState {
  std::string id;       // of the last good bundle, on the disk; empty: there is none
  std::string fault{};  // one line: why the district's newest is not taken; empty: it is
  bool taken = false;   // a newer one was put on the disk just now
};

/// What stands on the disk: nothing is asked of the district.
BundleState bundle_on_disk(const core::DeviceId& device, const wire::PublicKey& district,
                           const std::filesystem::path& data_dir);

/// Asks the district for the configuration bundle `named` of `device`, the newest by its signed
/// word (an old one may be played again on the way, when there is none here any more to compare it
/// with), and puts it into `data_dir` (wire/bundle_file.h) when it is signed by the district, made
/// for the device, right in every part and not older than the newest that ever was
/// there. Any other changes nothing there but the fault file, which says why until a good one
/// comes. A bundle on the disk that does not verify any more is fetched anew. Errors: kOffline (no
/// answer that says anything about that bundle: ask again later), kFull and kIo (what was fetched
/// could not be kept).
core::Result<BundleState> fetch_bundle(Transport& transport, const core::DeviceId& device,
                                       const std::string& named, const wire::PublicKey& district,
                                       const std::filesystem::path& data_dir);

}  // namespace hailong::sync
