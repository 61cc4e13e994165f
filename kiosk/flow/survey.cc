#include "kiosk/flow/survey.h"

#include <algorithm>

namespace hailong::kiosk::flow {
namespace {

bool makes_sense(const Question& question, std::string_view purpose) {
  const auto& purposes = question.purposes;
  return purposes.empty() || std::find(purposes.begin(), purposes.end(), purpose) != purposes.end();
}

}  // namespace

const Question* find_question(const Survey& survey, std::string_view id) {
  for (const auto* list : {&survey.official, &survey.statements}) {
    for (const Question& question : *list) {
      if (question.id == id) return &question;
    }
  }
  return nullptr;
}

std::vector<const Question*> questions_for(const Survey& survey, std::string_view purpose,
                                           core::Seq turn) {
  const auto place = static_cast<std::size_t>(turn);
  std::vector<const Question*> asked;
  for (const Question& question : survey.official) {
    if (makes_sense(question, purpose)) asked.push_back(&question);
  }
  const std::size_t room = kMostQuestions - (survey.statements.empty() ? 0 : 1);
  while (asked.size() > room) {
    asked.erase(asked.begin() + static_cast<std::ptrdiff_t>(place % asked.size()));
  }
  if (!survey.statements.empty()) {
    asked.push_back(&survey.statements[place % survey.statements.size()]);
  }
  return asked;
}

}  // namespace hailong::kiosk::flow
