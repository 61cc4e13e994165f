#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace hailong::district::feedback {

/// The texts of a JSON list, as the store keeps answers; none for an empty text.
std::vector<std::string> choices_of(std::string_view json);

}  // namespace hailong::district::feedback
