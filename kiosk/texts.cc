#include "kiosk/texts.h"

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <utility>

#include "program/config.h"

namespace hailong::kiosk {
namespace {

using program::Section;

constexpr std::string_view kNoBreakSpace = "\u00A0";
constexpr std::string_view kPlaceholder = "{}";

/// What the screens themselves say; the survey's ids come on top.
const std::vector<std::pair<std::string, std::vector<std::string>>> kKeys = {
    {"question", {"text", "again", "hint", "closed", "dossier", "keep", "published"}},
    {"scale", {"score_1", "score_2", "score_3", "score_4", "score_5"}},
    {"thanks",
     {"title", "body", "say_more", "choose_again", "countdown", "later", "contact_number"}},
    {"sorry", {"title", "body", "more_body"}},
    {"switches", {"text", "contrast", "language", "sound", "lower"}},
    {"buttons",
     {"back", "done", "next", "more_time", "time_left", "not_send", "send", "page_up", "page_down",
      "search"}},
    {"reasons", {"title_low", "title_middle", "title_high", "note"}},
    {"more",
     {"title", "reasons", "questions", "procedure", "counter", "words", "contact", "extra_payment",
      "assisted", "complaints"}},
    {"purposes", {"title"}},
    {"questions", {}},
    {"choices", {}},
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

/// Texts in which a number or a name stands.
const std::vector<std::string_view> kWithPlaceholder = {
    "question.dossier",  "question.published", "thanks.countdown", "thanks.contact_number",
    "buttons.time_left", "words.left",         "contact.notice",   "complaints.place",
    "complaints.hours",  "complaints.phone"};

void add_once(std::vector<std::string>& keys, const std::string& key) {
  if (std::find(keys.begin(), keys.end(), key) == keys.end()) keys.push_back(key);
}

/// The keys of one section that the survey's ids stand for.
void add_survey_keys(const flow::Survey& survey, const std::string& section,
                     std::vector<std::string>& keys) {
  const auto add_all = [&](const std::vector<flow::Choice>& choices) {
    for (const flow::Choice& choice : choices) add_once(keys, choice.id);
  };
  if (section == "reasons") {
    for (const auto* list : {&survey.low, &survey.middle, &survey.high}) add_all(*list);
  } else if (section == "purposes") {
    add_all(survey.purposes);
  } else if (section == "extra_payment") {
    add_all(survey.extra_payment.choices);
  } else if (section == "questions") {
    for (const auto* list : {&survey.official, &survey.statements}) {
      for (const flow::Question& question : *list) add_once(keys, question.id);
    }
  } else if (section == "choices") {
    for (const flow::Question& question : survey.official) {
      for (const flow::Choice& choice : question.choices) {
        add_once(keys, question.id + "_" + choice.id);
      }
    }
  }
}

std::string with_no_break_spaces(std::string_view compound) {
  std::string glued;
  for (const char byte : compound) {
    if (byte == ' ') {
      glued += kNoBreakSpace;
    } else {
      glued += byte;
    }
  }
  return glued;
}

void replace_all(std::string& text, std::string_view what, std::string_view with) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size())) {
    text.replace(at, what.size(), with);
  }
}

/// Reads one text; a placeholder must stand where one is needed, once, and nowhere else.
std::string read_text(Section& section, const std::string& name, const std::string& key) {
  std::string text = section.required_text(name);
  const bool wanted =
      std::find(kWithPlaceholder.begin(), kWithPlaceholder.end(), key) != kWithPlaceholder.end();
  const auto first = text.find(kPlaceholder);
  const bool once =
      first != std::string::npos && text.find(kPlaceholder, first + 1) == std::string::npos;
  if (wanted && !once) section.expected(name, "a text with {} once");
  if (!wanted && first != std::string::npos) section.expected(name, "a text without {}");
  return text;
}

}  // namespace

const std::string& Texts::operator[](std::string_view key) const {
  const auto found = texts_.find(key);
  if (found == texts_.end()) {
    std::cerr << "hailong-kiosk: no text for " << key << "\n";
    std::abort();
  }
  return found->second;
}

std::string Texts::with(std::string_view key, std::string_view value) const {
  std::string text = (*this)[key];
  replace_all(text, kPlaceholder, value);
  return text;
}

std::string Texts::glued(std::string_view name) const {
  return glue_compounds(std::string(name), compounds_);
}

std::vector<std::string_view> Texts::all() const {
  std::vector<std::string_view> list;
  for (const auto& [key, text] : texts_) list.emplace_back(text);
  return list;
}

std::vector<std::string> Texts::keys() const {
  std::vector<std::string> list;
  for (const auto& [key, text] : texts_) list.push_back(key);
  return list;
}

std::string glue_compounds(std::string text, std::string_view compounds) {
  while (!compounds.empty()) {
    const auto end = std::min(compounds.find('\n'), compounds.size());
    const std::string_view compound = compounds.substr(0, end);
    if (!compound.empty()) replace_all(text, compound, with_no_break_spaces(compound));
    compounds.remove_prefix(std::min(end + 1, compounds.size()));
  }
  return text;
}

core::Result<Texts> read_texts(const std::filesystem::path& folder, const flow::Survey& survey) {
  const auto compounds = program::read_text_file(folder / "compounds.txt");
  if (!compounds) return core::Failure(compounds.error());
  auto file = program::ConfigFile::read(folder / "texts.toml");
  if (!file) return core::Failure(file.error());
  std::map<std::string, std::string, std::less<>> texts;
  Section root = file->root();
  for (auto [section, names] : kKeys) {
    add_survey_keys(survey, section, names);
    Section table = root.table(section);
    for (const std::string& name : names) {
      std::string key = section;
      key.append(".").append(name);
      texts[key] = glue_compounds(read_text(table, name, key), *compounds);
    }
  }
  if (auto done = file->finish(); !done) return core::Failure(done.error());
  return Texts(std::move(texts), *compounds);
}

}  // namespace hailong::kiosk
