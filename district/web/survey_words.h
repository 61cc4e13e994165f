#pragma once

#include <string>
#include <string_view>

namespace hailong::district::web {

/// What residents read on the kiosk for one choice of a question, by the ids of assets/survey.toml:
/// "Chờ lâu" for ("reasons", "long-wait"). The id itself when the survey does not know it, as a
/// newer kiosk's.
std::string answer_words(std::string_view question, std::string_view choice);

/// What a question is called beside its answer: "Lý do" for "reasons". The id itself when the
/// survey does not know it.
std::string question_words(std::string_view question);

}  // namespace hailong::district::web
