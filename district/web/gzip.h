#pragma once

#include <string>
#include <string_view>

namespace hailong::district::web {

/// The text as a gzip file (RFC 1952), as small as zlib makes it. For files that are the same for
/// everybody: a page that holds a secret must not be compressed, its length would tell of it.
std::string gzipped(std::string_view text);

}  // namespace hailong::district::web
