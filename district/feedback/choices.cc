#include "district/feedback/choices.h"

#include <nlohmann/json.hpp>

namespace hailong::district::feedback {

std::vector<std::string> choices_of(std::string_view json) {
  if (json.empty()) return {};
  return nlohmann::json::parse(json).get<std::vector<std::string>>();
}

}  // namespace hailong::district::feedback
