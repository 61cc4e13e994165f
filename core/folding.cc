#include "core/folding.h"

#include <utf8proc.h>

#include <algorithm>
#include <array>

namespace hailong::core {
namespace {

/// One code point in lower case, taken apart, without its marks; empty for a mark.
std::u32string folded(char32_t c) {
  std::u32string out;
  std::array<utf8proc_int32_t, 32> parts{};  // Unicode's longest decomposition has 18
  int boundary = 0;
  const utf8proc_ssize_t count = utf8proc_decompose_char(
      static_cast<utf8proc_int32_t>(c), parts.data(), static_cast<utf8proc_ssize_t>(parts.size()),
      static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK |
                                     UTF8PROC_CASEFOLD),
      &boundary);
  for (utf8proc_ssize_t i = 0; i < count; ++i) {
    const auto part = static_cast<char32_t>(parts[static_cast<std::size_t>(i)]);
    out.push_back(part == U'đ' ? U'd' : part);  // its stroke is no combining mark
  }
  return out;
}

/// Takes the next word off the front; empty at the end. Folded text is mostly ASCII; every other
/// byte counts as part of a word.
std::string_view take_word(std::string_view& text) {
  const auto in_word = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 128;
  };
  text.remove_prefix(
      static_cast<std::size_t>(std::find_if(text.begin(), text.end(), in_word) - text.begin()));
  const auto end = std::find_if_not(text.begin(), text.end(), in_word);
  const std::string_view word = text.substr(0, static_cast<std::size_t>(end - text.begin()));
  text.remove_prefix(word.size());
  return word;
}

bool begins_a_word(std::string_view beginning, std::string_view text) {
  for (std::string_view word = take_word(text); !word.empty(); word = take_word(text)) {
    if (word.starts_with(beginning)) return true;
  }
  return false;
}

}  // namespace

std::string fold(std::string_view text) {
  std::u32string out;
  bool after_space = false;
  for (const char32_t c : code_points(text)) {
    if (is_white_space(c)) {
      after_space = !out.empty();
      continue;
    }
    const std::u32string letters = folded(c);
    if (letters.empty()) continue;
    if (after_space) out.push_back(U' ');
    after_space = false;
    out += letters;
  }
  return utf8(out);
}

std::vector<std::string_view> words(std::string_view folded) {
  std::vector<std::string_view> list;
  for (std::string_view word = take_word(folded); !word.empty(); word = take_word(folded)) {
    list.push_back(word);
  }
  return list;
}

bool matches(std::string_view folded_text, std::string_view folded_query) {
  for (std::string_view word = take_word(folded_query); !word.empty();
       word = take_word(folded_query)) {
    if (!begins_a_word(word, folded_text)) return false;
  }
  return true;
}

}  // namespace hailong::core
