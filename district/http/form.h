#pragma once

#include <string_view>

#include "district/http/message.h"

namespace hailong::district::http {

/// The fields of an application/x-www-form-urlencoded text. A broken escape stands for itself.
Fields parse_form(std::string_view text);

}  // namespace hailong::district::http
