#pragma once

#include <string_view>

#include "core/hex.h"

namespace hailong::core {

/// What an event holds instead of a one-time token: BLAKE2b-256("hailong token 1\n" ‖ token). A
/// token has 128 random bits, so that its digest tells nothing.
Bytes32 token_digest(std::string_view token);

}  // namespace hailong::core
