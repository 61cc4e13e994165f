#pragma once

#include <string>

#include "kiosk/texts.h"

namespace hailong::kiosk {

/// What a resident chose, as they read it: "Chờ lâu"; with the question where the choice alone says
/// nothing: "Thời gian trả kết quả so với giấy hẹn: Trễ hẹn". `choice` itself when the texts do not
/// know it any more.
std::string choice_words(const Texts& texts, const std::string& question,
                         const std::string& choice);

}  // namespace hailong::kiosk
