#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/ids.h"
#include "sync/answer.h"

/// Reading of refusals: RFC 9457 problem details, as far as an answer holds them.

namespace hailong::sync {

/// Member "expected_seq" of a gap's problem details.
std::optional<core::Seq> expected_seq(std::string_view body);

/// "code-used" out of the problem's type; empty when the district did not write it.
std::string problem_kind(std::string_view body);

/// One line for the log: status, content type, and what the problem details say. Made safe for a
/// log: printable, of bounded length, whoever wrote the answer.
std::string describe(const HttpAnswer& answer);

}  // namespace hailong::sync
