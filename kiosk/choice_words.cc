#include "kiosk/choice_words.h"

namespace hailong::kiosk {

std::string choice_words(const Texts& texts, const std::string& question,
                         const std::string& choice) {
  const auto known = [&](const std::string& key) {
    return texts.has(key) ? texts[key] : std::string();
  };
  if (question == "assisted") return known("more.assisted");
  std::string answer;
  const std::string of_question = "choices." + question + "_";
  for (const std::string& kind :
       {std::string("reasons."), std::string("purposes."), std::string("extra_payment."),
        of_question, std::string("scale.score_")}) {
    if (answer.empty()) answer = known(std::string(kind).append(choice));
  }
  if (answer.empty()) answer = choice;
  const std::string asked =
      question == "extra-payment" ? known("extra_payment.title") : known("questions." + question);
  return asked.empty() ? answer : asked + ": " + answer;
}

}  // namespace hailong::kiosk
