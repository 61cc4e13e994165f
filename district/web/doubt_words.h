#pragma once

#include <string>
#include <vector>

namespace hailong::district::web {

/// Why the district or a kiosk doubts a rating, for people: by the reasons of core/doubts.h.
std::string doubt_words(const std::string& reason);

/// The reasons that kiosks give, and on which somebody may decide.
const std::vector<std::string>& decidable_doubts();

}  // namespace hailong::district::web
