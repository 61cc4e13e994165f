#pragma once

#include <filesystem>
#include <vector>

#include "core/opening_hours.h"
#include "core/result.h"
#include "core/survey.h"
#include "program/config.h"

/// What residents are asked, out of files: the kiosk's own (kiosk.toml, assets/survey.toml), and
/// those that the district publishes for its kiosks, which have the same tables.

namespace hailong::program {

/// The tables of assets/survey.toml: reasons, purposes, questions. Mistakes are the file's.
core::Questionnaire read_questionnaire(Section root);
/// Errors: kNotFound, kInvalid with file, line, key and what was expected.
core::Result<core::Questionnaire> read_questionnaire(const std::filesystem::path& file);

/// [[counters]], [[officers]] and [[opening]]. Mistakes are the file's.
std::vector<core::Counter> read_counters(Section root);
std::vector<core::Officer> read_officers(Section root);
std::vector<core::OpeningHours::Entry> read_opening(Section root);

/// A required text that is an id of a-z, 0-9 and '-'.
std::string required_id(Section& section, std::string_view key);

/// Fields (CSV: id,name) and procedures (CSV: code,field,name), each of one of `fields`. Errors:
/// kNotFound, kInvalid with file and line.
core::Result<std::vector<core::Field>> read_fields(const std::filesystem::path& file);
core::Result<std::vector<core::Procedure>> read_procedures(const std::filesystem::path& file,
                                                           const std::vector<core::Field>& fields);

}  // namespace hailong::program
