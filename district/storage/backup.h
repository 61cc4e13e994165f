#pragma once

#include <filesystem>

#include "core/result.h"

namespace hailong::district::storage {

/// Writes the SQLite store in `data_dir`, as it is at one moment, to the new file `file`, readable
/// by its owner only. The receiver may run. Errors: kNotFound (no store), kConflict (the file is
/// there), kCorrupt, kFull, kIo.
core::Result<void> back_up(const std::filesystem::path& data_dir,
                           const std::filesystem::path& file);

/// Makes the SQLite store in `data_dir` what `file` holds. `replace`: also where there is a store
/// already, whose content is then gone. Errors: kNotFound, kConflict (a store, and not `replace`),
/// kInvalid (no store of ours, or one of a newer program), kCorrupt, kBusy, kFull, kIo.
core::Result<void> restore(const std::filesystem::path& data_dir, const std::filesystem::path& file,
                           bool replace);

}  // namespace hailong::district::storage
