#pragma once

#include <string>
#include <string_view>

#include "core/result.h"

namespace hailong::wire {

/// One zstd frame.
std::string compress(std::string_view text);

/// The text of exactly one zstd frame, of at most `limit` bytes. Memory stays bounded by `limit`
/// whatever the frame claims. Errors: kFull when the text would be longer, kInvalid for anything
/// that is not one whole frame.
core::Result<std::string> decompress(std::string_view frame, std::size_t limit);

}  // namespace hailong::wire
