#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/local_date.h"

/// The page behind the thank-you's QR code, for a resident's phone: one small page that works
/// without scripts and cookies.

namespace hailong::district::web {

/// The form. What was sent before is shown again when something was wrong with it.
struct LaterForm {
  std::string authority;
  std::string unit_name;  // empty when the register does not know the unit
  core::LocalDate day;    // of the visit
  int score = 0;          // 0: none chosen yet
  std::vector<std::string> reasons;
  std::string words;
  std::string error;  // empty: nothing was wrong
};

/// How many characters of words are taken.
inline constexpr int kMostLaterWords = 500;

std::string later_form_page(const LaterForm& form);

/// A page that only says something.
struct LaterNote {
  std::string authority;
  std::string title;
  std::vector<std::string> paragraphs;
};

std::string later_note_page(const LaterNote& note);

/// The pages' style sheet, and what stands for its present version in its address.
std::string_view later_style();
const std::string& later_version();

}  // namespace hailong::district::web
