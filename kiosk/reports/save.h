#pragma once

#include <filesystem>
#include <functional>
#include <string_view>

#include "core/result.h"

namespace hailong::kiosk::reports {

/// How much is safely stored, from 0 to 1.
using Progress = std::function<void(double share)>;

/// Stores `bytes` as the file `name` (no path) in `folder`, a mounted stick's or any other; where
/// that name is taken, as "name (2).pdf" and so on. The file is there whole and on the disk when
/// this returns it, and not at all when it does not. Blocks: for a worker; `progress` is called on
/// it, with 0 first and 1 last. Errors, each in a Vietnamese sentence that says what to do: kFull;
/// kNotFound: the stick or folder is gone; kRefused: it may not be written to; kIo.
core::Result<std::filesystem::path> save(const std::filesystem::path& folder, std::string_view name,
                                         std::string_view bytes, const Progress& progress);

}  // namespace hailong::kiosk::reports
