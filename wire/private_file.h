#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

#include "core/result.h"

/// Small files that only their owner may read: keys, and what the district said that a machine is.

namespace hailong::wire {

/// Writes `text` beside the final name, syncs and renames, so that a power cut leaves all of it or
/// what stood there before (mode 0600, on disk when this returns). Errors: kFull, kIo.
core::Result<void> write_private_file(const std::filesystem::path& file, std::string_view text);

/// Puts `from` in the place of `to`, both in one folder; on disk when this returns. Errors:
/// kNotFound, kIo.
core::Result<void> move_private_file(const std::filesystem::path& from,
                                     const std::filesystem::path& to);

/// Takes the file away, if it is there; on disk when this returns. Errors: kIo.
core::Result<void> remove_private_file(const std::filesystem::path& file);

/// What stands in `file`. Errors: kNotFound, kRefused (others may read the file), kCorrupt (more
/// than `most` bytes), kIo.
core::Result<std::string> read_private_file(const std::filesystem::path& file, std::size_t most);

}  // namespace hailong::wire
