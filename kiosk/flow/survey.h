#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/ids.h"
#include "core/survey.h"

/// What can be asked after a rating: the questionnaire and what the configuration adds.

namespace hailong::kiosk::flow {

using core::Choice;
using core::Counter;
using core::Field;
using core::Officer;
using core::Procedure;
using core::Question;

/// Where complaints and denunciations are handed in; they are not taken by the kiosk.
struct ComplaintDesk {
  std::string place;
  std::string hours;
  std::string phone;
};

struct Survey : core::Questionnaire {
  std::vector<Field> fields;
  std::vector<Procedure> procedures;
  std::vector<Counter> counters;
  std::vector<Officer> officers;
  ComplaintDesk complaints;
  std::string notice;          // which wording of the contact notice is shown
  int contact_keep_days = 90;  // how long contact data are kept
  bool takes_words = true;
  bool takes_contact = true;
};

/// The question of that id, official or statement; null when there is none.
const Question* find_question(const Survey& survey, std::string_view id);

/// No visit is asked more than this on the screen of questions.
inline constexpr std::size_t kMostQuestions = 4;

/// The questions for a visit: one statement of SIPAS in turn, and those of the official questions
/// that make sense for its purpose; when they are more than there is room for, one of them pauses
/// in turn. `turn`: any number that grows from visit to visit. Ids point into `survey`.
std::vector<const Question*> questions_for(const Survey& survey, std::string_view purpose,
                                           core::Seq turn);

}  // namespace hailong::kiosk::flow
