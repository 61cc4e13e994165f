#pragma once

#include <cstdint>
#include <filesystem>

#include "core/result.h"
#include "wire/signing.h"

namespace hailong::journal {

/// Removes the journals that were set aside, damaged files and all, 30 days after the district has
/// confirmed everything that was kept of them and the beginning of the journal that stands now.
/// `now_ms` is the true time, in milliseconds since 1970 UTC. Gives how many are gone; one that is
/// not to be read does not keep the others. Only the program that owns the journal calls it, and
/// never beside salvage(). Errors: those of Outbox, kRefused when a receipt is not signed by
/// `district`, kIo.
core::Result<int> remove_delivered_journals(const std::filesystem::path& data_dir,
                                            std::int64_t now_ms, const wire::PublicKey& district);

}  // namespace hailong::journal
