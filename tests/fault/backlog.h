#pragma once

#include <cstdint>
#include <filesystem>

#include "core/ids.h"

namespace hailong::tests {

/// Makes a journal of which nothing was sent yet: `events` events, evenly over the time between the
/// two moments (milliseconds since 1970 UTC), with about as many tokens, answers and words to a
/// rating as residents leave. Written in one go, without the projections, which no daemon reads.
/// Throws when anything goes wrong.
void write_backlog(const std::filesystem::path& data_dir, const core::DeviceId& device,
                   core::Seq events, std::int64_t from_ms, std::int64_t to_ms);

}  // namespace hailong::tests
