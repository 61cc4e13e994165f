#pragma once

#include <string>
#include <string_view>

#include "district/http/message.h"

namespace hailong::district::http {

/// `text` with everything escaped but letters, digits and -._~: for one part of an address.
std::string escaped(std::string_view text);

/// A path and its query, escaped as they would stand in a link.
std::string address_of(std::string_view path, const Fields& query);
inline std::string address_of(const Request& request) {
  return address_of(request.path, request.query);
}

/// The fields of an application/x-www-form-urlencoded text. A broken escape stands for itself.
Fields parse_form(std::string_view text);

}  // namespace hailong::district::http
