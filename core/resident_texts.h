#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/survey.h"

/// Which texts there are for residents: a key ("thanks.title") each, in every language that the
/// kiosk speaks. What stands under them is data: assets/LANG/texts.toml, and configuration bundles.

namespace hailong::core {

/// The keys of what the screens themselves say, section by section.
std::vector<std::string> screen_text_keys();

/// The keys of what stands for the ids of a questionnaire, each once.
std::vector<std::string> text_keys_of(const Questionnaire& questionnaire);

/// How many characters the screens have room for under a key of the two above; 0 for any other.
std::size_t most_characters(std::string_view key);

/// What was expected instead, "a text with {} once"; nothing when `text` may stand under `key`. A
/// number or a name goes where {} stands.
std::optional<std::string_view> text_fault(std::string_view key, std::string_view text);

}  // namespace hailong::core
