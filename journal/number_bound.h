#pragma once

#include <filesystem>

#include "core/ids.h"
#include "core/result.h"

/// How far a journal's numbers may have come, kept beside it for the day on which nothing of it can
/// be read: no number is given twice at one place. One line in `data_dir`/journal.numbers.

namespace hailong::journal {

/// Takes care that `last` and thousands more are within the bound; writes once in thousands of
/// events. Errors: kFull, kIo.
core::Result<void> keep_number_bound(const std::filesystem::path& data_dir, core::Seq last);

/// No event has a higher number; 0 where none is kept.
core::Seq number_bound(const std::filesystem::path& data_dir);

}  // namespace hailong::journal
