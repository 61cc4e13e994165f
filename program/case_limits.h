#pragma once

#include <filesystem>

#include "core/case_deadlines.h"
#include "core/result.h"

namespace hailong::program {

/// Reads the deadlines of config/feedback.toml, which explains every key. Errors:
/// kNotFound, kInvalid with file, line, key and what was expected.
core::Result<core::CaseLimits> read_case_limits(const std::filesystem::path& path);

}  // namespace hailong::program
