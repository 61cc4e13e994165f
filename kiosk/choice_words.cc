#include "kiosk/choice_words.h"

namespace hailong::kiosk {

std::string choice_words(const Texts& texts, const std::string& question,
                         const std::string& choice) {
  const auto known = [&](const std::string& key) {
    return texts.has(key) ? texts[key] : std::string();
  };
  if (question == "assisted") return known("more.assisted");
  std::string answer;
  for (const std::string& key :
       {"reasons." + choice, "purposes." + choice, "extra_payment." + choice,
        "choices." + question + "_" + choice, "scale.score_" + choice}) {
    if (answer.empty()) answer = known(key);
  }
  if (answer.empty()) answer = choice;
  const std::string asked =
      question == "extra-payment" ? known("extra_payment.title") : known("questions." + question);
  return asked.empty() ? answer : asked + ": " + answer;
}

}  // namespace hailong::kiosk
