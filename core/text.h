#pragma once

#include <string>
#include <string_view>

/// Text as people see it. Unicode knows many ways to write one Vietnamese letter; everything that
/// is stored or compared is brought into one of them, NFC, first.

namespace hailong::core {

/// The code points of UTF-8. Every byte that is not part of a well-formed character (overlong forms
/// and surrogates included) becomes U+FFFD, so any bytes at all may be given.
std::u32string code_points(std::string_view utf8);

/// The reverse. What is no Unicode scalar value becomes U+FFFD.
std::string utf8(std::u32string_view text);

/// Canonical composition (Unicode Standard Annex 15): equal for texts that look alike. Takes any
/// bytes, as code_points() does.
std::string to_nfc(std::string_view text);
std::u32string to_nfc(std::u32string_view text);

/// How many characters a person counts: extended grapheme clusters (Unicode Standard Annex 29).
int characters(std::u32string_view text);

/// The text without the last character that a person sees; empty stays empty.
std::u32string_view without_last_character(std::u32string_view text);

/// The capital of a letter of any script; everything else as it is.
char32_t capital(char32_t c);

/// True for spaces of any width, tabs and line ends.
bool is_white_space(char32_t c);

/// True for letters, digits and combining marks of any script: what words are made of.
bool belongs_to_word(char32_t c);

/// True for what may be written down: no control character other than '\n', nothing invisible that
/// changes how its neighbours look, no surrogate, no code point that Unicode has not assigned.
bool can_be_written(char32_t c);

}  // namespace hailong::core
