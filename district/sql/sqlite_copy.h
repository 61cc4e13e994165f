#pragma once

#include <filesystem>

#include "core/result.h"

namespace hailong::district::sql {

/// Writes the whole content of the SQLite file `from`, as it is at one moment, over that of `to`,
/// which is made if it is not there. Both may be in use: readers and writers of `from` go on, those
/// of `to` see either the old content or the new one. The copy is on the disk, and checked, when
/// this returns. Errors: kNotFound, kCorrupt (`from` is no sound database), kBusy (somebody writes
/// to `to`), kFull, kIo.
core::Result<void> copy_sqlite(const std::filesystem::path& from, const std::filesystem::path& to);

}  // namespace hailong::district::sql
