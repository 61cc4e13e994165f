#include "tests/kiosk/gallery.h"

#include "tests/kiosk/scores.h"

namespace hailong::tests {

using namespace kiosk::flow;

namespace {

const Stay kStay{300, 20'000, 18};

Visit visit_of(core::Score score, core::Seq rating = 12) {
  return {rating, score, {}, false, 1, 1, 0, 0, std::nullopt};
}

/// One that has said a lot already.
Visit long_visit() {
  Visit visit = visit_of(kTwo);
  visit.answers = {{"reasons", {"long-wait"}}, {"purpose", {"result"}}, {"assisted", {"yes"}}};
  visit.wrote = true;
  return visit;
}

Questions questions(const Survey& survey, std::string_view purpose, core::Seq turn) {
  Questions screen{{visit_of(kTwo, turn), kStay}, {}};
  int choice = 0;
  for (const Question* question : questions_for(survey, purpose, turn)) {
    screen.asked.push_back({question->id, choice++ % 2 == 0 ? 1 : -1});
  }
  return screen;
}

core::Draft written(core::TypingMethod method, std::u32string_view keys, int most = 500) {
  core::Draft draft(method, core::TonePlacement::kOld, most);
  for (const char32_t key : keys) draft.type(key);
  return draft;
}

}  // namespace

std::vector<Exhibit> gallery(const Survey& survey) {
  Home scanned;
  scanned.dossier = Dossier{"000.00.01.H23-240814-0001"};
  Visit left_contact = long_visit();
  left_contact.contact = 2;
  left_contact.contact_number = 4711;
  const core::Draft telex = written(
      core::TypingMethod::kTelex,
      U"Toi rat cam on can bo huong dan tan tinh. Cho ngoi cho hoi it, mong xa dat them ghe.");
  const core::Draft letters = written(core::TypingMethod::kLetters, U"Cảm ơn cán bộ đã hướng dẫn");
  Contact contact{{visit_of(kTwo), kStay},
                  Contact::Line::kPhone,
                  "0912 345 678",
                  written(core::TypingMethod::kLetters, U"Ông A", 60),
                  {},
                  true,
                  false};
  Contact to_mend = contact;
  to_mend.phone = "0912 345";
  to_mend.asked_to_mend = true;
  Contact name = contact;
  name.line = Contact::Line::kName;
  return {
      {"home", Home{}},
      {"home-pressed", Home{}, 5},
      {"home-scanned", scanned},
      {"saving", Saving{kThree, std::nullopt, 1, 0}},
      {"thanks", Thanks{visit_of(kFive), true, true, 600, 5'000, 5}},
      {"thanks-corrected", Thanks{visit_of(kFive), false, true, 600, 5'000, 4}},
      {"thanks-at-the-end", Thanks{left_contact, false, false, 600, 5'000, 5}},
      {"choose-again", ChooseAgain{12, 300, 20'000}},
      {"saving-again", Saving{kThree, 12, 1, 0}},
      {"sorry", Sorry{false, 600, 8'000}},
      {"sorry-more", Sorry{true, 600, 8'000}},
      {"reasons-low",
       Reasons{{visit_of(kTwo), kStay}, {true, false, false, true, false, false, false, false}}},
      {"reasons-middle", Reasons{{visit_of(kThree), kStay}, std::vector<bool>(8)}},
      {"reasons-high", Reasons{{visit_of(kFive), kStay}, std::vector<bool>(8)}},
      {"more", More{{long_visit(), kStay}}},
      {"purpose", Purpose{{visit_of(kTwo), kStay}}},
      {"questions-result", questions(survey, "result", 13)},
      {"questions-submit", questions(survey, "submit", 14)},
      {"fields", Fields{{visit_of(kTwo), kStay}, 0}},
      {"procedures", Procedures{{visit_of(kTwo), kStay}, core::FieldId{"ho-tich"}, 0}},
      {"procedures-next", Procedures{{visit_of(kTwo), kStay}, core::FieldId{"ho-tich"}, 1}},
      {"search-empty", Search{{visit_of(kTwo), kStay}, "", 0}},
      {"search", Search{{visit_of(kTwo), kStay}, "khai sinh", 0}},
      {"search-nothing", Search{{visit_of(kTwo), kStay}, "khong co", 0}},
      {"counters", Counters{{visit_of(kTwo), kStay}, 0}},
      {"extra-payment", ExtraPayment{{visit_of(kTwo), kStay}}},
      {"words-telex", Words{{visit_of(kTwo), kStay}, telex, {}}},
      {"words-letters", Words{{visit_of(kTwo), kStay}, letters, {}}},
      {"words-capitals", Words{{visit_of(kTwo), kStay}, letters, {true, false}}},
      {"words-symbols", Words{{visit_of(kTwo), kStay}, letters, {false, true}}},
      {"words-vni", Words{{visit_of(kTwo), kStay},
                          core::Draft(core::TypingMethod::kVni, core::TonePlacement::kOld),
                          {}}},
      {"contact", contact},
      {"contact-to-mend", to_mend},
      {"contact-name", name},
      {"complaints", Complaints{visit_of(kTwo), kStay}},
  };
}

}  // namespace hailong::tests
