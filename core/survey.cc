#include "core/survey.h"

#include <algorithm>
#include <utility>

namespace hailong::core {

std::vector<Choice> choices_of(std::span<const std::string> ids,
                               std::span<const std::string> alert) {
  std::vector<Choice> choices;
  choices.reserve(ids.size());
  for (const std::string& id : ids) {
    choices.push_back({id, std::find(alert.begin(), alert.end(), id) != alert.end()});
  }
  return choices;
}

Question statement_of(std::string_view id) {
  Question question{std::string(id), {}, {}};
  for (const char* score : {"1", "2", "3", "4", "5"}) question.choices.push_back({score, false});
  return question;
}

Question extra_payment_of(std::vector<Choice> choices) {
  return {"extra-payment", std::move(choices), {}};
}

}  // namespace hailong::core
