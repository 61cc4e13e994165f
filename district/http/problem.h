#pragma once

#include <optional>
#include <string>

#include "core/ids.h"
#include "core/result.h"
#include "district/http/message.h"

namespace hailong::district::http {

/// An RFC 9457 problem: its type is "urn:hailong:problem:<kind>", its title that of the status.
/// `expected_seq` is the extension by which a gap says which event should come next.
Response problem(int status, const std::string& kind, const std::string& detail,
                 std::optional<core::Seq> expected_seq = std::nullopt);

/// 503: come again in a while.
Response store_unavailable(const std::string& detail);

/// 503 for a store that is busy or full, 500 for what a person must look at. Never shows the
/// inside.
Response store_problem(const core::Error& error);

}  // namespace hailong::district::http
