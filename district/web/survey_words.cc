#include "district/web/survey_words.h"

#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <utility>

#include "survey_texts.h"

namespace hailong::district::web {
namespace {

/// The kiosk's own Vietnamese texts, compiled in.
const toml::table& kiosk_texts() {
  static const toml::table texts = toml::parse(survey::k_texts_toml);
  return texts;
}

/// Questions that the kiosk asks by a whole screen or sets by itself.
constexpr std::array<std::pair<std::string_view, const char*>, 8> kReservedQuestions = {
    {{"reasons", "Lý do"},
     {"purpose", "Đến để"},
     {"field", "Lĩnh vực đã chọn"},
     {"procedure", "Thủ tục"},
     {"counter", "Quầy đã chọn"},
     {"officer", "Người tiếp"},
     {"assisted", "Có người bấm giúp"},
     {"extra-payment", "Trả thêm khoản ngoài niêm yết"}}};

}  // namespace

std::string answer_words(std::string_view question, std::string_view choice) {
  const toml::table& texts = kiosk_texts();
  std::string key(choice);
  if (question == "later-reasons") question = "reasons";  // asked again at home
  // Reasons, purposes and the like have a section of their own; the other questions share one.
  const std::string section = question == "purpose" ? "purposes" : std::string(question);
  for (const auto& found :
       {texts[section][key], texts["choices"][std::string(question) + "_" + key]}) {
    if (const auto words = found.value<std::string>()) return *words;
  }
  if (question == "extra-payment") {
    if (const auto words = texts["extra_payment"][key].value<std::string>()) return *words;
  }
  return key;
}

std::string question_words(std::string_view question) {
  const auto* const found =
      std::find_if(kReservedQuestions.begin(), kReservedQuestions.end(),
                   [&](const auto& reserved) { return reserved.first == question; });
  if (found != kReservedQuestions.end()) return found->second;
  return kiosk_texts()["questions"][question].value_or(std::string(question));
}

}  // namespace hailong::district::web
