#pragma once

#include <string>
#include <string_view>

#include "district/http/message.h"

namespace hailong::district::http {

/// `text` with everything escaped but letters, digits and -._~: for one part of an address.
std::string escaped(std::string_view text);

/// Path and query of a request, escaped as they would stand in a link.
std::string address_of(const Request& request);

/// The fields of an application/x-www-form-urlencoded text. A broken escape stands for itself.
Fields parse_form(std::string_view text);

}  // namespace hailong::district::http
