#pragma once

#include <string>
#include <string_view>

#include "district/http/message.h"

namespace hailong::district::http {

/// A strong ETag that stands for everything in `text`.
std::string etag_of(std::string_view text);

/// True when the request says that it has this version already: answer 304.
bool has_version(const Request& request, std::string_view etag);

/// 304, or any other answer, may be kept by its reader but must be asked for again each time.
Response versioned(Response response, const std::string& etag);

}  // namespace hailong::district::http
