#pragma once

#include <filesystem>
#include <string>

#include "core/ids.h"
#include "core/result.h"
#include "wire/bundle.h"

/// What the district says to its kiosks, as an operator writes it: files of the folder that
/// [kiosks] names, with the tables of kiosk.toml (docs/configuration.md).
///
///   all.toml         for every kiosk
///   units/CODE.toml  for those of a unit, by its present code
///   devices/ID.toml  for one
///
/// A table of a later file takes the place of the same one in an earlier file; texts are taken one
/// by one.

namespace hailong::district::kiosks {

/// The parts of a kiosk's bundle that files name. Errors: kNotFound (no file is for this kiosk),
/// kInvalid with file, line, key and what was expected.
core::Result<wire::Bundle> read_config_files(const std::filesystem::path& folder,
                                             const core::UnitCode& unit,
                                             const core::DeviceId& device);

}  // namespace hailong::district::kiosks
