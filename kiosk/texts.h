#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "kiosk/flow/survey.h"

namespace hailong::kiosk {

/// Everything the kiosk says to residents, in one language, by key ("thanks.title"). Spaces inside
/// compound words are no-break spaces already. A key is also the name of the spoken prompt.
class Texts {
 public:
  Texts(std::map<std::string, std::string, std::less<>> texts, std::string compounds)
      : texts_(std::move(texts)), compounds_(std::move(compounds)) {}

  /// Aborts for a key that the file was not asked for: read_texts() makes sure of all others.
  [[nodiscard]] const std::string& operator[](std::string_view key) const;

  [[nodiscard]] bool has(std::string_view key) const { return texts_.contains(key); }

  /// These with others in the places of theirs, or added.
  [[nodiscard]] Texts replaced(const std::map<std::string, std::string, std::less<>>& others) &&;

  /// Whether the text was replaced: its prompt still says the one before.
  [[nodiscard]] bool is_replaced(std::string_view key) const { return replaced_.contains(key); }

  /// The text with its {} replaced.
  [[nodiscard]] std::string with(std::string_view key, std::string_view value) const;

  /// A name of the configuration, with its compounds kept together.
  [[nodiscard]] std::string glued(std::string_view name) const;

  /// All of them, for those who need every character.
  [[nodiscard]] std::vector<std::string_view> all() const;

  /// Their keys, in order.
  [[nodiscard]] std::vector<std::string> keys() const;

 private:
  std::map<std::string, std::string, std::less<>> texts_;
  std::string compounds_;
  std::set<std::string, std::less<>> replaced_;
};

/// Reads `folder`/texts.toml, which must have the keys that the screens and `survey` need and no
/// others, and `folder`/compounds.txt. Errors: kNotFound, kInvalid with file, line, key and what
/// was expected.
core::Result<Texts> read_texts(const std::filesystem::path& folder, const flow::Survey& survey);

/// Replaces the spaces inside every compound (one a line) by no-break spaces, so that no line
/// breaks there.
std::string glue_compounds(std::string text, std::string_view compounds);

}  // namespace hailong::kiosk
