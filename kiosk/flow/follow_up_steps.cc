#include <algorithm>

#include "kiosk/flow/steps.h"

/// The screens after the thank-you, as far as they are answered by choosing.

namespace hailong::kiosk::flow {
namespace {

constexpr std::size_t kLongestQuery = 40;

/// The element at `place`; null when there is none.
template <typename T>
const T* at_place(const std::vector<T>& list, int place) {
  const auto index = static_cast<std::size_t>(place);
  return place >= 0 && index < list.size() ? &list[index] : nullptr;
}

/// Puts answers into the visit, each question once, and says them to the journal. Nothing to say
/// when the visit has them already.
Left answered(Visit visit, std::vector<core::Answer> answers, bool alert = false) {
  core::Answers entry{visit.rating, {}, alert};
  for (core::Answer& answer : answers) {
    const core::Answer* before = visit.answer(answer.question);
    if (before == nullptr ? answer.choices.empty() : *before == answer) continue;
    std::erase_if(visit.answers,
                  [&](const core::Answer& old) { return old.question == answer.question; });
    visit.answers.push_back(answer);
    entry.answers.push_back(std::move(answer));
  }
  if (entry.answers.empty()) return {std::move(visit), std::nullopt};
  return {std::move(visit), std::move(entry)};
}

Step on_to_more(Left left, const Context& at) {
  return {more(std::move(left.visit), at), std::move(left.entry)};
}

Questions questions(Visit visit, const Context& at) {
  const core::Answer* purpose = visit.answer("purpose");
  const auto asked =
      questions_for(at.survey, purpose == nullptr ? "" : purpose->choices.front(), visit.rating);
  Questions screen{{std::move(visit), stay(at.durations.follow_up, at)}, {}};
  for (const Question* question : asked) {
    int place = -1;
    if (const core::Answer* before = screen.visit.answer(question->id)) {
      const auto& choices = question->choices;
      const auto found = std::find_if(choices.begin(), choices.end(), [&](const Choice& choice) {
        return !before->choices.empty() && choice.id == before->choices.front();
      });
      if (found != choices.end()) place = static_cast<int>(found - choices.begin());
    }
    screen.asked.push_back({question->id, place});
  }
  return screen;
}

Step choose_procedure(const FollowUp& screen, int place, const Context& at) {
  const Procedure* procedure = at_place(at.survey.procedures, place);
  if (procedure == nullptr) return to(more(screen.visit, at));
  return on_to_more(answered(screen.visit, {{"field", {procedure->field.value}},
                                            {"procedure", {procedure->code}}}),
                    at);
}

/// Marks or unmarks that somebody helped with the tapping.
Step toggle_assisted(const More& screen, const Context& at) {
  const core::Answer* before = screen.visit.answer("assisted");
  const bool was = before != nullptr && before->choices == std::vector<std::string>{"yes"};
  return on_to_more(answered(screen.visit, {{"assisted", {was ? "no" : "yes"}}}), at);
}

}  // namespace

Reasons reasons(Visit visit, const Context& at) {
  const auto& offered = at.survey.reasons(visit.score);
  Reasons screen{{std::move(visit), stay(at.durations.follow_up, at)},
                 std::vector<bool>(offered.size())};
  if (const core::Answer* before = screen.visit.answer("reasons")) {
    for (std::size_t i = 0; i < offered.size(); ++i) {
      screen.chosen[i] = std::find(before->choices.begin(), before->choices.end(), offered[i].id) !=
                         before->choices.end();
    }
  }
  return screen;
}

More more(Visit visit, const Context& at) {
  return {{std::move(visit), stay(at.durations.follow_up, at)}};
}

Step finish(Left left, const Context& at) {
  if (left.entry || left.visit.last > left.visit.saved) {
    return {SavingMore{{std::move(left.visit), {}}}, std::move(left.entry)};
  }
  return to(thanks(std::move(left.visit), false, false, at));
}

Visit after(Visit visit, const Appended& appended) {
  visit.saved = appended.ticket;
  if (visit.contact == appended.ticket) visit.contact_number = appended.seq;
  return visit;
}

bool is_of(const Visit& visit, Ticket ticket) {
  return ticket > visit.saved && ticket <= visit.last;
}

Left leave(const FollowUp& screen, const Context& /*at*/) { return {screen.visit, std::nullopt}; }

Left leave(const Reasons& screen, const Context& at) {
  const auto& offered = at.survey.reasons(screen.visit.score);
  core::Answer answer{"reasons", {}};
  bool alert = false;
  for (std::size_t i = 0; i < screen.chosen.size(); ++i) {
    if (!screen.chosen[i]) continue;
    answer.choices.push_back(offered[i].id);
    alert = alert || offered[i].alert;
  }
  return answered(screen.visit, {std::move(answer)}, alert);
}

Left leave(const Questions& screen, const Context& at) {
  std::vector<core::Answer> answers;
  for (const Questions::Asked& asked : screen.asked) {
    const Question* question = find_question(at.survey, asked.question);
    core::Answer answer{asked.question, {}};
    if (asked.choice >= 0) {
      answer.choices.push_back(question->choices[static_cast<std::size_t>(asked.choice)].id);
    }
    answers.push_back(std::move(answer));
  }
  return answered(screen.visit, std::move(answers));
}

Left leave(const Procedures& screen, const Context& /*at*/) {
  return answered(screen.visit, {{"field", {screen.field.value}}});
}

Moved on(const Reasons& screen, const ChoiceTapped& tap, const Context& at) {
  const auto place = static_cast<std::size_t>(tap.place);
  if (tap.place < 0 || place >= screen.chosen.size()) return std::nullopt;
  Reasons next = renewed(screen, at);
  next.chosen[place] = !next.chosen[place];
  return to(std::move(next));
}

Moved on(const More& screen, const TopicTapped& tap, const Context& at) {
  const Visit& visit = screen.visit;
  const Stay short_stay = stay(at.durations.follow_up, at);
  const Stay long_stay = stay(at.durations.writing, at);
  switch (tap.topic) {
    case Topic::kReasons:
      return to(reasons(visit, at));
    case Topic::kQuestions:
      return to(Purpose{{visit, short_stay}});
    case Topic::kProcedure:
      return to(Fields{{visit, short_stay}, 0});
    case Topic::kCounter:
      return to(Counters{{visit, short_stay}, 0});
    case Topic::kWords:
      if (!at.survey.takes_words || visit.wrote) return std::nullopt;
      return to(Words{{visit, long_stay}, core::Draft(at.typing, at.tones), {}});
    case Topic::kContact: {
      if (!at.survey.takes_contact || visit.contact != 0) return std::nullopt;
      constexpr int kLongestName = 60;
      return to(Contact{{visit, long_stay},
                        Contact::Line::kPhone,
                        {},
                        core::Draft(at.typing, at.tones, kLongestName),
                        {},
                        false,
                        false});
    }
    case Topic::kExtraPayment:
      return to(ExtraPayment{{visit, short_stay}});
    case Topic::kAssisted:
      return toggle_assisted(screen, at);
    case Topic::kComplaints:
      return to(Complaints{visit, short_stay});
  }
  return std::nullopt;
}

Moved on(const More& screen, const BackTapped& /*tap*/, const Context& at) {
  return to(reasons(screen.visit, at));
}

Moved on(const Purpose& screen, const ChoiceTapped& tap, const Context& at) {
  const Choice* purpose = at_place(at.survey.purposes, tap.place);
  if (purpose == nullptr) return std::nullopt;
  Left left = answered(screen.visit, {{"purpose", {purpose->id}}});
  return Step{questions(std::move(left.visit), at), std::move(left.entry)};
}

Moved on(const Questions& screen, const AnswerTapped& tap, const Context& at) {
  const auto place = static_cast<std::size_t>(tap.question);
  if (tap.question < 0 || place >= screen.asked.size()) return std::nullopt;
  const Question* question = find_question(at.survey, screen.asked[place].question);
  if (at_place(question->choices, tap.choice) == nullptr) return std::nullopt;
  Questions next = renewed(screen, at);
  int& choice = next.asked[place].choice;
  choice = choice == tap.choice ? -1 : tap.choice;
  return to(std::move(next));
}

Moved on(const Fields& screen, const ChoiceTapped& tap, const Context& at) {
  const Field* field = at_place(at.survey.fields, tap.place);
  if (field == nullptr) return std::nullopt;
  return to(Procedures{{screen.visit, stay(at.durations.follow_up, at)}, field->id, 0});
}

Moved on(const Fields& screen, const SearchTapped& /*tap*/, const Context& at) {
  return to(Search{{screen.visit, stay(at.durations.writing, at)}, {}, 0});
}

Moved on(const Procedures& screen, const ChoiceTapped& tap, const Context& at) {
  return choose_procedure(screen, tap.place, at);
}

Moved on(const Procedures& screen, const SearchTapped& /*tap*/, const Context& at) {
  return to(Search{{screen.visit, stay(at.durations.writing, at)}, {}, 0});
}

Moved on(const Procedures& screen, const BackTapped& /*tap*/, const Context& at) {
  return to(Fields{{screen.visit, stay(at.durations.follow_up, at)}, 0});
}

Moved on(const Search& screen, const ChoiceTapped& tap, const Context& at) {
  return choose_procedure(screen, tap.place, at);
}

Moved on(const Search& screen, const CharacterTapped& tap, const Context& at) {
  Search next = renewed(screen, at);
  const bool plain = tap.character >= U' ' && tap.character < U'\x7F';
  if (plain && next.query.size() < kLongestQuery) {
    next.query.push_back(static_cast<char>(tap.character));
    next.page = 0;
  }
  return to(std::move(next));
}

Moved on(const Search& screen, const EraseTapped& /*tap*/, const Context& at) {
  Search next = renewed(screen, at);
  if (!next.query.empty()) next.query.pop_back();
  next.page = 0;
  return to(std::move(next));
}

Moved on(const Search& screen, const BackTapped& /*tap*/, const Context& at) {
  return to(Fields{{screen.visit, stay(at.durations.follow_up, at)}, 0});
}

Moved on(const Counters& screen, const ChoiceTapped& tap, const Context& at) {
  if (const Counter* counter = at_place(at.survey.counters, tap.place)) {
    return on_to_more(answered(screen.visit, {{"counter", {counter->id.value}}}), at);
  }
  const int place = tap.place - static_cast<int>(at.survey.counters.size());
  const Officer* officer = at_place(at.survey.officers, place);
  if (officer == nullptr) return std::nullopt;
  std::vector<core::Answer> answers{{"officer", {officer->id}}};
  if (!officer->counter.empty()) answers.push_back({"counter", {officer->counter.value}});
  return on_to_more(answered(screen.visit, std::move(answers)), at);
}

Moved on(const ExtraPayment& screen, const ChoiceTapped& tap, const Context& at) {
  const Choice* choice = at_place(at.survey.extra_payment.choices, tap.place);
  if (choice == nullptr) return std::nullopt;
  return on_to_more(answered(screen.visit, {{"extra-payment", {choice->id}}}, choice->alert), at);
}

Moved on(const Complaints& screen, const BackTapped& /*tap*/, const Context& at) {
  if (screen.visit) return to(more(*screen.visit, at));
  Home home = home_by_tap(at);
  home.dossier = screen.dossier;
  home.dossier_until = screen.dossier_until;
  return to(std::move(home));
}

Moved on(const Complaints& screen, const ElsewhereTapped& /*tap*/, const Context& at) {
  return on(screen, MoreTimeTapped{}, at);
}

Moved on(const Complaints& screen, const MoreTimeTapped& /*tap*/, const Context& at) {
  return to(renewed(screen, at));
}

Moved on(const Complaints& screen, const Tick& /*tick*/, const Context& at) {
  if (at.now >= screen.stay.until) return to(home_by_time(at));
  const int left = seconds_until(screen.stay.until, at.now);
  if (left == screen.stay.seconds_left) return std::nullopt;
  Complaints next = screen;
  next.stay.seconds_left = left;
  return to(std::move(next));
}

Moved on(const Complaints& screen, const DossierScanned& scan, const Context& at) {
  Complaints next = renewed(screen, at);
  if (!screen.visit) {
    next.dossier = scan.dossier;
    next.dossier_until = at.now + at.durations.dossier;
    return to(std::move(next));
  }
  next.visit->dossier = scan.dossier;
  return Step{std::move(next), NewDossier{screen.visit->rating, scan.dossier}};
}

Moved on(const Complaints& screen, const Appended& appended, const Context& /*at*/) {
  if (!screen.visit || !is_of(*screen.visit, appended.ticket)) return std::nullopt;
  Complaints next = screen;
  next.visit = after(*screen.visit, appended);
  return to(std::move(next));
}

Moved on(const Complaints& screen, const AppendFailed& failed, const Context& at) {
  if (!screen.visit || !is_of(*screen.visit, failed.ticket)) return std::nullopt;
  return to(sorry(true, at));
}

Moved on(const SavingMore& screen, const Appended& appended, const Context& at) {
  if (!is_of(screen.visit, appended.ticket)) return std::nullopt;
  Visit visit = after(screen.visit, appended);
  if (visit.last > visit.saved) return to(SavingMore{{std::move(visit), screen.stay}});
  return to(thanks(std::move(visit), false, false, at));
}

Moved on(const SavingMore& screen, const AppendFailed& failed, const Context& at) {
  if (!is_of(screen.visit, failed.ticket)) return std::nullopt;
  return to(sorry(true, at));
}

}  // namespace hailong::kiosk::flow
