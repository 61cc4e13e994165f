#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/clock_repair.h"
#include "sqlite/database.h"

/// What the journal knows of the true time of a boot. For .cc files only.

namespace hailong::journal {

/// What was learnt last. Throws SQLite::Exception.
std::optional<core::BootTime> find_boot_time(SQLite::Database& database, const std::string& boot);

/// The true time of a moment of that boot.
core::EventTime known_time(const core::BootTime& time, std::int64_t mono_ms);

}  // namespace hailong::journal
