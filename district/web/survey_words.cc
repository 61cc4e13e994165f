#include "district/web/survey_words.h"

#include <toml++/toml.h>

#include "survey_texts.h"

namespace hailong::district::web {
namespace {

/// The kiosk's own Vietnamese texts, compiled in.
const toml::table& kiosk_texts() {
  static const toml::table texts = toml::parse(survey::k_texts_toml);
  return texts;
}

}  // namespace

std::string answer_words(std::string_view question, std::string_view choice) {
  const toml::table& texts = kiosk_texts();
  const std::string key(choice);
  if (question == "later-reasons") question = "reasons";  // asked again at home
  // Reasons, purposes and the like have a section of their own; the other questions share one.
  for (const auto& found :
       {texts[question][key], texts["choices"][std::string(question) + "_" + key]}) {
    if (const auto words = found.value<std::string>()) return *words;
  }
  if (question == "extra-payment") {
    if (const auto words = texts["extra_payment"][key].value<std::string>()) return *words;
  }
  return key;
}

}  // namespace hailong::district::web
