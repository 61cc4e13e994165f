#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <vector>

#include "district/ingest/projection.h"

/// What follows a rating: answers, dossiers, tokens, consents.

namespace hailong::district::ingest {
namespace {

// By which a case knows that something came: the district's own events come after all of a kiosk.
constexpr core::Seq kAfterEveryKiosk = core::Seq{1} << 40;

constexpr std::size_t kMostQuestions = 32;  // in one event
constexpr std::size_t kMostChoices = 32;

bool is_good(const core::Answer& answer) {
  return !answer.question.empty() && answer.question != kLaterReasons && is_name(answer.question) &&
         answer.choices.size() <= kMostChoices &&
         std::all_of(answer.choices.begin(), answer.choices.end(), is_name);
}

bool are_good(const core::Answers& answers) {
  return answers.answers.size() <= kMostQuestions &&
         std::all_of(answers.answers.begin(), answers.answers.end(), is_good);
}

}  // namespace

std::string_view Projection::fault_of(core::Seq rating, bool names_are_good) {
  if (!ledger_.rating({stream_, rating})) return "refers to no rating";
  return names_are_good ? "" : "odd name";
}

void Projection::take(const core::Event& event, const core::Answers& answers) {
  const auto fault = fault_of(answers.rating, are_good(answers));
  if (!fault.empty()) return quarantine(event.seq, fault);
  const storage::RatingPlace place{stream_, answers.rating};
  const auto rating = ledger_.rating(place);
  for (const core::Answer& answer : answers.answers) {
    if (!rating->superseded) {
      const storage::CellKey& key = key_of(rating->cell);
      count_choices(place, key, answer.question, ledger_.choices(place, answer.question), -1);
      count_choices(place, key, answer.question, answer.choices, 1);
    }
    ledger_.set_answer(
        place, {answer.question, nlohmann::json(answer.choices).dump(), answers.alert, event.seq});
  }
  if (answers.alert) {
    ++alerts_;
    open_case(answers.rating, event.seq);
  } else {
    ledger_.refresh_case({stream_, answers.rating}, event.seq);
  }
  const bool moves =
      std::any_of(answers.answers.begin(), answers.answers.end(), [](const core::Answer& answer) {
        return answer.question == "field" || answer.question == "counter";
      });
  if (moves) settle(answers.rating);
}

void Projection::take(const core::Event& event, const core::Dossier& dossier) {
  const bool good = is_name(dossier.procedure) && is_name(dossier.field.value);
  const auto fault = fault_of(dossier.rating, good);
  if (!fault.empty()) return quarantine(event.seq, fault);
  const auto rating = ledger_.rating({stream_, dossier.rating});
  link(dossier.rating, {key_of(rating->cell).unit_id, dossier.key, rating->at_ms, dossier.procedure,
                        dossier.field.value, event.seq});
  settle(dossier.rating);
}

void Projection::take(const core::Event& event, const core::Token& token) {
  const auto fault = fault_of(token.rating, true);
  if (!fault.empty()) return quarantine(event.seq, fault);
  ledger_.add_token(stream_, event.seq, token);
}

void Projection::take(const core::Event& event, const core::Consent& consent) {
  const auto fault = fault_of(consent.rating, is_name(consent.notice));
  if (!fault.empty()) return quarantine(event.seq, fault);
  ledger_.add_consent(stream_, event.seq, consent);
}

void Projection::take(const core::Event& event, const core::Feedback& feedback) {
  const auto fault = fault_of(feedback.rating, true);
  if (!fault.empty()) return quarantine(event.seq, fault);
  if (feedback.kind != core::FeedbackKind::kWords) return;
  ledger_.add_words({stream_, feedback.rating}, event.seq);
  open_case(feedback.rating, event.seq);
}

void Projection::open_case(core::Seq rating, core::Seq seq) {
  const storage::RatingPlace place{stream_, rating};
  const auto stored = ledger_.rating(place);
  ledger_.open_case(place, key_of(stored->cell).unit_id, stored->at_ms, seq);
}

void Projection::apply_later(core::Seq own_seq, const LaterAnswer& answer) {
  const storage::RatingPlace place{stream_, answer.rating};
  const auto rating = ledger_.rating(place);
  if (!rating) return;  // it cannot be counted any more, e.g. by another version's rules
  alter(place, *rating, [&](storage::StoredRating& changed) {
    changed.score = answer.score.value();
    changed.later = true;
  });
  if (answer.reasons.empty()) return;
  if (!rating->superseded)
    count_choices(place, key_of(rating->cell), kLaterReasons, answer.reasons, 1);
  ledger_.set_answer(place,
                     {kLaterReasons, nlohmann::json(answer.reasons).dump(), answer.alert, own_seq});
}

/// Of the dossier that the rating comes to, and of the one that it leaves, another rating may count
/// afterwards. Nothing else changes.
void Projection::link(core::Seq rating, const storage::StoredDossier& now) {
  const storage::RatingPlace own{stream_, rating};
  const auto stored = ledger_.rating(own);
  std::vector<storage::StoredDossier> dossiers;  // the one that it comes to is the last
  if (auto left = ledger_.dossier(own);
      left && (left->key != now.key || left->unit_id != now.unit_id)) {
    dossiers.push_back(*left);
  }
  dossiers.push_back(now);
  std::vector<std::optional<storage::RatingPlace>> counted;
  counted.reserve(dossiers.size());
  for (const auto& each : dossiers) counted.push_back(ledger_.counted_rating(each));
  ledger_.set_dossier(own, now);
  if (!stored->linked) {
    alter(own, *stored, [](storage::StoredRating& changed) { changed.linked = true; });
  }
  supersede(own, true);  // unless it is one that counts, below
  for (std::size_t i = 0; i < dossiers.size(); ++i) {
    const auto counts_now = ledger_.counted_rating(dossiers[i]);
    if (counted[i] && counted[i] != counts_now) supersede(*counted[i], true);
    if (counts_now) supersede(*counts_now, false);
  }
}

void Projection::supersede(const storage::RatingPlace& place, bool superseded) {
  const auto rating = ledger_.rating(place);
  if (rating->superseded == superseded) return;
  alter(place, *rating, [&](storage::StoredRating& changed) { changed.superseded = superseded; });
  for (const auto& [question, choices] : ledger_.all_choices(place)) {
    count_choices(place, key_of(rating->cell), question, choices, superseded ? -1 : 1);
  }
}

void Projection::count_choices(const storage::RatingPlace& place, const storage::CellKey& key,
                               const std::string& question, const std::vector<std::string>& choices,
                               int times) {
  if (!choices.empty()) note_late(place, key);
  for (const std::string& choice : std::set<std::string>(choices.begin(), choices.end())) {
    changes_.answers[{key.unit_id, key.day, question, choice}] += times;
  }
}

void Projection::settle(core::Seq seq) {
  const storage::RatingPlace place{stream_, seq};
  const core::Event event = rating_event(seq);
  const auto& said = std::get<core::Rating>(event.body);
  const auto dossier = ledger_.dossier(place);
  const auto first_choice = [&](const std::string& question) {
    const auto choices = ledger_.choices(place, question);
    return choices.empty() ? std::string() : choices.front();
  };
  std::string field = first_choice("field");
  if (field.empty() && dossier) field = dossier->field;
  if (field.empty()) field = said.field.value;
  std::string counter = first_choice("counter");
  if (counter.empty()) counter = said.counter.value;

  const auto rating = ledger_.rating(place);
  const bool is_certain = key_of(rating->cell).day != storage::kUncertainDay;
  const std::int64_t cell = cell_of(rating->at_ms, is_certain, field, counter);
  if (cell == rating->cell) return;
  alter(place, *rating, [&](storage::StoredRating& changed) { changed.cell = cell; });
}

core::Event Projection::rating_event(core::Seq seq) {
  // It was read when it was counted, and events never change.
  return decoder_.decode(ledger_.event_bytes({stream_, seq})).value();
}

}  // namespace hailong::district::ingest
