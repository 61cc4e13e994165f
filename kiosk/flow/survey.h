#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/event.h"
#include "core/ids.h"
#include "core/score.h"

/// What can be asked after a rating: data of assets/survey.toml and the configuration. Ids are what
/// the journal gets; what residents read stands in the texts under the same ids.

namespace hailong::kiosk::flow {

struct Choice {
  std::string id;
  bool alert = false;  // tells of money or misconduct (core::Answers::alert)

  bool operator==(const Choice&) const = default;
};

struct Question {
  std::string id;
  std::vector<Choice> choices;
  std::vector<std::string> purposes;  // of which visits it makes sense; empty: of every visit
};

/// A field of procedures (lĩnh vực) as the configuration names it.
struct Field {
  core::FieldId id;
  std::string name;
};

struct Procedure {
  std::string code;  // e.g. "1.001193"
  core::FieldId field;
  std::string name;
};

struct Counter {
  core::CounterId id;
  std::string name;
};

struct Officer {
  std::string id;
  std::string name;
  core::CounterId counter;
  std::string photo;  // PNG file; empty: initials are shown
};

/// Where complaints and denunciations are handed in; they are not taken by the kiosk.
struct ComplaintDesk {
  std::string place;
  std::string hours;
  std::string phone;
};

struct Survey {
  std::vector<Choice> low;     // reasons for scores 1 and 2
  std::vector<Choice> middle;  // for 3
  std::vector<Choice> high;    // for 4 and 5
  std::vector<Choice> purposes;
  std::vector<Question> official;    // TT 01/2018 indices 1, 3, 4 and the attitude as perceived
  std::vector<Question> statements;  // of SIPAS; one of them in turn
  Question extra_payment;
  std::vector<Field> fields;
  std::vector<Procedure> procedures;
  std::vector<Counter> counters;
  std::vector<Officer> officers;
  ComplaintDesk complaints;
  std::string notice;          // which wording of the contact notice is shown
  int contact_keep_days = 90;  // how long contact data are kept
  bool takes_words = true;
  bool takes_contact = true;

  [[nodiscard]] const std::vector<Choice>& reasons(core::Score score) const {
    return score.value() <= 2 ? low : score.value() == 3 ? middle : high;
  }
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
