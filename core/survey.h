#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/ids.h"
#include "core/score.h"

/// What residents can be asked after a rating, as data. Ids are what the journal gets; what
/// residents read stands in the texts under the same ids (resident_texts.h).

namespace hailong::core {

struct Choice {
  std::string id;
  bool alert = false;  // tells of money or misconduct (core::Answers::alert)

  bool operator==(const Choice&) const = default;
};

struct Question {
  std::string id;
  std::vector<Choice> choices;
  std::vector<std::string> purposes;  // of which visits it makes sense; empty: of every visit

  bool operator==(const Question&) const = default;
};

/// A field of procedures (lĩnh vực).
struct Field {
  FieldId id;
  std::string name;

  bool operator==(const Field&) const = default;
};

struct Procedure {
  std::string code;  // e.g. "1.001193"
  FieldId field;
  std::string name;

  bool operator==(const Procedure&) const = default;
};

struct Counter {
  CounterId id;
  std::string name;

  bool operator==(const Counter&) const = default;
};

struct Officer {
  std::string id;
  std::string name;
  CounterId counter;  // empty: at none of its own
  std::string photo;  // PNG file; empty: initials are shown

  bool operator==(const Officer&) const = default;
};

/// What assets/survey.toml holds.
struct Questionnaire {
  std::vector<Choice> low;     // reasons for scores 1 and 2
  std::vector<Choice> middle;  // for 3
  std::vector<Choice> high;    // for 4 and 5
  std::vector<Choice> purposes;
  std::vector<Question> official;    // TT 01/2018 indices 1, 3, 4 and the attitude as perceived
  std::vector<Question> statements;  // of SIPAS; one of them in turn
  Question extra_payment;

  [[nodiscard]] const std::vector<Choice>& reasons(Score score) const {
    return score.value() <= 2 ? low : score.value() == 3 ? middle : high;
  }

  bool operator==(const Questionnaire&) const = default;
};

/// The choices of those ids; the ones that are also in `alert` raise one.
std::vector<Choice> choices_of(std::span<const std::string> ids,
                               std::span<const std::string> alert);

/// A statement is answered on the scale of five.
Question statement_of(std::string_view id);

/// The question about money that was asked for beyond the fees.
Question extra_payment_of(std::vector<Choice> choices);

}  // namespace hailong::core
