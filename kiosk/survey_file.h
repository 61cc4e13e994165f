#pragma once

#include <filesystem>

#include "core/result.h"
#include "kiosk/flow/survey.h"

namespace hailong::kiosk {

/// Reads assets/survey.toml into `survey`: reasons, purposes, questions. The rest comes from the
/// configuration. Errors: kNotFound, kInvalid with file, line, key and what was expected.
core::Result<void> read_survey(const std::filesystem::path& file, flow::Survey& survey);

/// Reads fields (CSV: id,name) and procedures (CSV: code,field,name) into `survey`. Every procedure
/// must belong to a field. Errors: kNotFound, kInvalid with file and line.
core::Result<void> read_fields(const std::filesystem::path& file, flow::Survey& survey);
core::Result<void> read_procedures(const std::filesystem::path& file, flow::Survey& survey);

}  // namespace hailong::kiosk
