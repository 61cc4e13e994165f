#include "kiosk/texts.h"

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <utility>

#include "core/resident_texts.h"
#include "program/config.h"

namespace hailong::kiosk {
namespace {

using program::Section;

constexpr std::string_view kNoBreakSpace = "\u00A0";
constexpr std::string_view kPlaceholder = "{}";

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

/// Reads one text.
std::string read_text(Section& section, const std::string& name, const std::string& key) {
  std::string text = section.required_text(name);
  if (const auto fault = core::text_fault(key, text)) section.expected(name, *fault);
  return text;
}

/// The keys that the screens and `survey` need.
std::vector<std::string> needed_keys(const core::Questionnaire& survey) {
  std::vector<std::string> keys = core::screen_text_keys();
  for (std::string& key : core::text_keys_of(survey)) keys.push_back(std::move(key));
  return keys;
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

Texts Texts::replaced(const std::map<std::string, std::string, std::less<>>& others) && {
  for (const auto& [key, text] : others) {
    texts_[key] = glued(text);
    replaced_.insert(key);
  }
  return std::move(*this);
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
  std::map<std::string, Section, std::less<>> sections;
  for (const std::string& key : needed_keys(survey)) {
    const auto dot = key.find('.');
    const std::string section = key.substr(0, dot);
    if (!sections.contains(section)) sections.emplace(section, file->root().table(section));
    texts[key] =
        glue_compounds(read_text(sections.at(section), key.substr(dot + 1), key), *compounds);
  }
  if (auto done = file->finish(); !done) return core::Failure(done.error());
  return Texts(std::move(texts), *compounds);
}

}  // namespace hailong::kiosk
