#pragma once

#include <filesystem>

#include "core/ids.h"
#include "core/result.h"
#include "wire/bundle.h"
#include "wire/signing.h"

/// The last good bundle on a kiosk's disk, beside its journal: written by the daemon, read by the
/// kiosk. Both verify it each time.

namespace hailong::wire {

inline constexpr const char* kBundleFile = "config.bundle";
/// The same once more, written before the other: an older bundle that stands in the place of the
/// other, or a damaged one, is told by it.
inline constexpr const char* kNewestBundleFile = "config.bundle.newest";
/// Why a newer one was not taken: one line for the staff page, there only while that stands.
inline constexpr const char* kBundleFaultFile = "config.bundle.fault";

/// Errors: kNotFound (there is none), kIo, those of open_bundle.
core::Result<OpenedBundle> read_bundle_file(const std::filesystem::path& file,
                                            const PublicKey& district,
                                            const core::DeviceId& device);

}  // namespace hailong::wire
