#pragma once

#include <optional>
#include <string>
#include <string_view>

/// What a person wrote into a step of a case: the content of core::Handling.

namespace hailong::wire {

struct StepTexts {
  std::string note;    // for officials
  std::string answer;  // for the public

  bool operator==(const StepTexts&) const = default;
};

/// One JSON object. Nothing when a text is not valid UTF-8.
std::optional<std::string> encode_step_texts(const StepTexts& texts);

/// Nothing when `content` is none of that kind.
std::optional<StepTexts> decode_step_texts(std::string_view content);

}  // namespace hailong::wire
