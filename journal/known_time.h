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

/// The same as one number; nothing while what is known is too vague.
std::optional<std::int64_t> true_time(const core::BootTime& time, std::int64_t mono_ms);

/// The true time of a stamp, by its own clock or by what was learnt of its boot, and by the latter
/// where the district contradicts the clock; nothing while neither tells. Throws SQLite::Exception.
std::optional<std::int64_t> true_time(SQLite::Database& database, const core::Stamp& stamp);

}  // namespace hailong::journal
