#include "core/resident_texts.h"

#include <algorithm>
#include <utility>

namespace hailong::core {
namespace {

/// What the screens themselves say.
const std::vector<std::pair<std::string, std::vector<std::string>>>& screen_texts() {
  static const std::vector<std::pair<std::string, std::vector<std::string>>> kTexts = {
      {"question", {"text", "again", "hint", "closed", "dossier", "keep", "published"}},
      {"scale", {"score_1", "score_2", "score_3", "score_4", "score_5"}},
      {"thanks",
       {"title", "body", "say_more", "choose_again", "countdown", "later", "contact_number"}},
      {"sorry", {"title", "body", "more_body"}},
      {"switches", {"text", "contrast", "language", "sound", "lower"}},
      {"buttons",
       {"back", "done", "next", "more_time", "time_left", "not_send", "send", "page_up",
        "page_down", "search"}},
      {"reasons", {"title_low", "title_middle", "title_high", "note"}},
      {"more",
       {"title", "reasons", "questions", "procedure", "counter", "words", "contact",
        "extra_payment", "assisted", "complaints"}},
      {"purposes", {"title"}},
      {"procedures", {"fields_title", "title", "search_title", "nothing"}},
      {"counters", {"title"}},
      {"extra_payment", {"title", "note"}},
      {"words",
       {"title", "left", "method_letters", "method_telex", "method_vni", "symbols", "letters",
        "space", "erase", "capitals", "tone_acute", "tone_grave", "tone_hook", "tone_tilde",
        "tone_dot"}},
      {"contact", {"title", "phone", "name", "notice", "agree", "mend_phone", "mend_consent"}},
      {"complaints", {"title", "body", "place", "hours", "phone"}},
  };
  return kTexts;
}

/// Texts in which a number or a name stands.
const std::vector<std::string_view>& texts_with_placeholder() {
  static const std::vector<std::string_view> kKeys = {
      "question.dossier",  "question.published", "thanks.countdown", "thanks.contact_number",
      "buttons.time_left", "words.left",         "contact.notice",   "complaints.place",
      "complaints.hours",  "complaints.phone"};
  return kKeys;
}

constexpr std::string_view kPlaceholder = "{}";

class Keys {
 public:
  void add(std::string_view section, std::string_view name) {
    std::string key(section);
    key.append(".").append(name);
    if (std::find(list_.begin(), list_.end(), key) == list_.end()) list_.push_back(std::move(key));
  }
  void add_all(std::string_view section, const std::vector<Choice>& choices) {
    for (const Choice& choice : choices) add(section, choice.id);
  }
  std::vector<std::string> take() { return std::move(list_); }

 private:
  std::vector<std::string> list_;
};

}  // namespace

std::vector<std::string> screen_text_keys() {
  Keys keys;
  for (const auto& [section, names] : screen_texts()) {
    for (const std::string& name : names) keys.add(section, name);
  }
  return keys.take();
}

std::vector<std::string> text_keys_of(const Questionnaire& questionnaire) {
  Keys keys;
  for (const auto* list : {&questionnaire.low, &questionnaire.middle, &questionnaire.high}) {
    keys.add_all("reasons", *list);
  }
  keys.add_all("purposes", questionnaire.purposes);
  keys.add_all("extra_payment", questionnaire.extra_payment.choices);
  for (const Question& question : questionnaire.official) {
    keys.add("questions", question.id);
    for (const Choice& choice : question.choices) {
      keys.add("choices", question.id + "_" + choice.id);
    }
  }
  for (const Question& statement : questionnaire.statements) keys.add("questions", statement.id);
  return keys.take();
}

std::optional<std::string_view> text_fault(std::string_view key, std::string_view text) {
  const auto& with = texts_with_placeholder();
  const bool wanted = std::find(with.begin(), with.end(), key) != with.end();
  const auto first = text.find(kPlaceholder);
  const bool once =
      first != std::string::npos && text.find(kPlaceholder, first + 1) == std::string::npos;
  if (wanted && !once) return "a text with {} once";
  if (!wanted && first != std::string::npos) return "a text without {}";
  return std::nullopt;
}

}  // namespace hailong::core
