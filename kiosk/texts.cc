#include "kiosk/texts.h"

#include <algorithm>
#include <utility>

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

void read_countdown(Section& thanks, Texts& texts) {
  const std::string text = thanks.required_text("countdown");
  const auto at = text.find(kPlaceholder);
  if (at == std::string::npos || text.find(kPlaceholder, at + 1) != std::string::npos) {
    thanks.expected("countdown", "a text with {} once, where the seconds stand");
    return;
  }
  texts.countdown_before = text.substr(0, at);
  texts.countdown_after = text.substr(at + kPlaceholder.size());
}

Texts read_sections(Section root) {
  Texts texts;
  Section question = root.table("question");
  texts.question = question.required_text("text");
  texts.again = question.required_text("again");
  texts.hint = question.required_text("hint");
  texts.keep = question.required_text("keep");
  Section scale = root.table("scale");
  for (std::size_t i = 0; i < texts.scale.size(); ++i) {
    texts.scale[i] = scale.required_text("score_" + std::to_string(i + 1));
  }
  Section thanks = root.table("thanks");
  texts.thanks_title = thanks.required_text("title");
  texts.thanks_body = thanks.required_text("body");
  texts.choose_again = thanks.required_text("choose_again");
  read_countdown(thanks, texts);
  Section sorry = root.table("sorry");
  texts.sorry_title = sorry.required_text("title");
  texts.sorry_body = sorry.required_text("body");
  return texts;
}

}  // namespace

std::vector<std::string_view> Texts::all() const {
  std::vector<std::string_view> list = {
      question,        again,       hint,         keep,
      thanks_title,    thanks_body, choose_again, countdown_before,
      countdown_after, sorry_title, sorry_body};
  list.insert(list.end(), scale.begin(), scale.end());
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

core::Result<Texts> read_texts(const std::filesystem::path& folder) {
  auto file = program::ConfigFile::read(folder / "texts.toml");
  if (!file) return core::Failure(file.error());
  Texts texts = read_sections(file->root());
  if (auto done = file->finish(); !done) return core::Failure(done.error());
  const auto compounds = program::read_text_file(folder / "compounds.txt");
  if (!compounds) return core::Failure(compounds.error());
  const auto glue = [&](std::string& text) { text = glue_compounds(std::move(text), *compounds); };
  for (std::string* text :
       {&texts.question, &texts.again, &texts.hint, &texts.keep, &texts.thanks_title,
        &texts.thanks_body, &texts.choose_again, &texts.sorry_title, &texts.sorry_body}) {
    glue(*text);
  }
  for (std::string& label : texts.scale) glue(label);
  return texts;
}

}  // namespace hailong::kiosk
