#pragma once

#include <filesystem>

#include "core/result.h"
#include "wire/signing.h"

/// An ed25519 key on disk: 64 hex digits, readable by its owner only. A device's key lies beside
/// its journal, the district's beside its store; neither ever leaves its machine.

namespace hailong::wire {

/// The key in `file`. Errors: kNotFound, kCorrupt (not a key), kRefused (others may read the file),
/// kIo.
core::Result<SigningKey> read_key(const std::filesystem::path& file);

/// The key in `file`, made first if there is none (mode 0600, on disk when this returns).
core::Result<SigningKey> read_or_make_key(const std::filesystem::path& file);

}  // namespace hailong::wire
