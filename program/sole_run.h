#pragma once

#include <filesystem>
#include <string_view>

#include "core/result.h"
#include "program/descriptor.h"

namespace hailong::program {

/// What a program ends with that was started a second time.
inline constexpr int kRunsAlready = 4;

/// Holds `lock_file` (made with its folder) for this program alone, as long as the descriptor is
/// open; the kernel lets go of it when the program ends, however it does. A second start writes
/// into the file when it was refused, in milliseconds since 1970, for whoever looks after the
/// machine; the next run that holds the file empties it. Errors: kBusy when another run holds it,
/// with what to do; kIo, kFull when it cannot be made.
core::Result<Descriptor> run_alone(const std::filesystem::path& lock_file,
                                   std::string_view program);

}  // namespace hailong::program
