#pragma once

#include <array>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace hailong::kiosk {

/// Everything the kiosk says to residents, in one language. Spaces inside compound words are
/// no-break spaces already.
struct Texts {
  std::string question;
  std::string again;
  std::string hint;
  std::string keep;
  std::array<std::string, 5> scale;  // [0] is score 1
  std::string thanks_title;
  std::string thanks_body;
  std::string choose_again;
  std::string countdown_before;  // what stands before and after the seconds left
  std::string countdown_after;
  std::string sorry_title;
  std::string sorry_body;

  /// All of them, for those who need every character.
  [[nodiscard]] std::vector<std::string_view> all() const;
};

/// Reads `folder`/texts.toml, every key of which is required, and `folder`/compounds.txt.
/// Errors: kNotFound, kInvalid with file, line, key and what was expected.
core::Result<Texts> read_texts(const std::filesystem::path& folder);

/// Replaces the spaces inside every compound (one a line) by no-break spaces, so that no line
/// breaks there.
std::string glue_compounds(std::string text, std::string_view compounds);

}  // namespace hailong::kiosk
