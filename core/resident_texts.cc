#include "core/resident_texts.h"

#include <algorithm>
#include <array>
#include <utility>

namespace hailong::core {
namespace {

/// A section of what the screens say, with the most characters of each text: as many as the longest
/// of assets/LANG/texts.toml has, which every screen is measured with.
struct SectionTexts {
  std::string section;
  std::vector<std::pair<std::string, std::size_t>> most;
};

/// What the screens themselves say.
const std::vector<SectionTexts>& screen_texts() {
  static const std::vector<SectionTexts> kTexts = {
      {"question",
       {{"text", 64},
        {"again", 19},
        {"hint", 64},
        {"closed", 47},
        {"dossier", 51},
        {"keep", 14},
        {"published", 31}}},
      {"scale",
       {{"score_1", 18}, {"score_2", 14}, {"score_3", 11}, {"score_4", 9}, {"score_5", 14}}},
      {"thanks",
       {{"title", 13},
        {"body", 35},
        {"say_more", 13},
        {"choose_again", 24},
        {"countdown", 31},
        {"later", 54},
        {"contact_number", 43}}},
      {"sorry", {{"title", 14}, {"body", 100}, {"more_body", 90}}},
      {"switches", {{"text", 9}, {"contrast", 8}, {"language", 10}, {"sound", 6}, {"lower", 7}}},
      {"buttons",
       {{"back", 8},
        {"done", 4},
        {"next", 8},
        {"more_time", 22},
        {"time_left", 15},
        {"not_send", 11},
        {"send", 4},
        {"page_up", 3},
        {"page_down", 5},
        {"search", 14}}},
      {"reasons", {{"title_low", 33}, {"title_middle", 32}, {"title_high", 29}, {"note", 26}}},
      {"more",
       {{"title", 32},
        {"reasons", 7},
        {"questions", 22},
        {"procedure", 15},
        {"counter", 16},
        {"words", 15},
        {"contact", 20},
        {"extra_payment", 16},
        {"assisted", 24},
        {"complaints", 25}}},
      {"purposes", {{"title", 29}}},
      {"procedures", {{"fields_title", 41}, {"title", 26}, {"search_title", 39}, {"nothing", 36}}},
      {"counters", {{"title", 43}}},
      {"extra_payment", {{"title", 72}, {"note", 66}}},
      {"words",
       {{"title", 25},
        {"left", 18},
        {"method_letters", 7},
        {"method_telex", 5},
        {"method_vni", 3},
        {"symbols", 3},
        {"letters", 3},
        {"space", 8},
        {"erase", 5},
        {"capitals", 7},
        {"tone_acute", 5},
        {"tone_grave", 5},
        {"tone_hook", 4},
        {"tone_tilde", 5},
        {"tone_dot", 4}}},
      {"contact",
       {{"title", 16},
        {"phone", 13},
        {"name", 26},
        {"notice", 149},
        {"agree", 10},
        {"mend_phone", 50},
        {"mend_consent", 52}}},
      {"complaints", {{"title", 28}, {"body", 120}, {"place", 12}, {"hours", 13}, {"phone", 14}}},
  };
  return kTexts;
}

/// The same of the texts that stand for ids of a questionnaire.
constexpr std::array<std::pair<std::string_view, std::size_t>, 5> kMostOfIds = {{
    {"reasons", 32},
    {"purposes", 22},
    {"extra_payment", 22},
    {"questions", 61},
    {"choices", 22},
}};

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
    for (const auto& [name, most] : names) keys.add(section, name);
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

std::size_t most_characters(std::string_view key) {
  const std::size_t dot = key.find('.');
  const std::string_view section = key.substr(0, dot);
  for (const auto& [name, texts] : screen_texts()) {
    if (name != section) continue;
    for (const auto& [own, most] : texts) {
      if (key.substr(dot + 1) == own) return most;
    }
  }
  for (const auto& [name, most] : kMostOfIds) {
    if (name == section) return most;
  }
  return 0;
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
