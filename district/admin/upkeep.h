#pragma once

#include <filesystem>

#include "core/result.h"

/// What keeps the store safe and lets it grow; see Admin for the rest. Each prints what it did, and
/// returns an error as one line for the operator.

namespace hailong::district::admin {

/// Copies the SQLite store in data_dir to the PostgreSQL database of [store]. Errors: kInvalid
/// (none is named), and those of storage::transfer.
core::Result<void> migrate(const std::filesystem::path& config);

/// Errors: kInvalid (the store is in PostgreSQL, which has its own tools), and those of
/// storage::back_up and storage::restore.
core::Result<void> back_up(const std::filesystem::path& config, const std::filesystem::path& file);
core::Result<void> restore(const std::filesystem::path& config, const std::filesystem::path& file,
                           bool replace);

}  // namespace hailong::district::admin
