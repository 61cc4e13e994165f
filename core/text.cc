#include "core/text.h"

#include <utf8proc.h>

#include <array>
#include <cstdlib>
#include <memory>

#include "core/bytes.h"

namespace hailong::core {
namespace {

constexpr char32_t kReplacement = U'\uFFFD';

utf8proc_category_t category(char32_t c) {
  return utf8proc_category(static_cast<utf8proc_int32_t>(c));
}

bool breaks_between(char32_t before, char32_t after, utf8proc_int32_t& state) {
  return utf8proc_grapheme_break_stateful(static_cast<utf8proc_int32_t>(before),
                                          static_cast<utf8proc_int32_t>(after), &state);
}

}  // namespace

std::u32string code_points(std::string_view utf8) {
  std::u32string text;
  text.reserve(utf8.size());
  while (!utf8.empty()) {
    utf8proc_int32_t code_point = 0;
    const utf8proc_ssize_t length =
        utf8proc_iterate(bytes_of(utf8), static_cast<utf8proc_ssize_t>(utf8.size()), &code_point);
    text.push_back(length > 0 ? static_cast<char32_t>(code_point) : kReplacement);
    utf8.remove_prefix(length > 0 ? static_cast<std::size_t>(length) : 1);
  }
  return text;
}

std::string utf8(std::u32string_view text) {
  std::string bytes;
  bytes.reserve(text.size() * 2);
  for (const char32_t c : text) {
    const auto code_point = static_cast<utf8proc_int32_t>(c);
    std::array<utf8proc_uint8_t, 4> encoded{};
    const utf8proc_ssize_t length = utf8proc_encode_char(
        utf8proc_codepoint_valid(code_point) ? code_point
                                             : static_cast<utf8proc_int32_t>(kReplacement),
        encoded.data());
    bytes.append(encoded.begin(), encoded.begin() + length);
  }
  return bytes;
}

std::string to_nfc(std::string_view text) {
  std::string well_formed = utf8(code_points(text));
  utf8proc_uint8_t* composed = nullptr;
  const utf8proc_ssize_t length =
      utf8proc_map(bytes_of(well_formed), static_cast<utf8proc_ssize_t>(well_formed.size()),
                   &composed, static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owned(composed, &std::free);
  if (length < 0) return well_formed;  // out of memory is the only reason left
  return {composed, composed + length};
}

std::u32string to_nfc(std::u32string_view text) { return code_points(to_nfc(utf8(text))); }

int characters(std::u32string_view text) {
  if (text.empty()) return 0;
  int count = 1;
  utf8proc_int32_t state = 0;
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (breaks_between(text[i - 1], text[i], state)) ++count;
  }
  return count;
}

std::u32string_view without_last_character(std::u32string_view text) {
  std::size_t last = 0;
  utf8proc_int32_t state = 0;
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (breaks_between(text[i - 1], text[i], state)) last = i;
  }
  return text.substr(0, last);
}

char32_t capital(char32_t c) {
  return static_cast<char32_t>(utf8proc_toupper(static_cast<utf8proc_int32_t>(c)));
}

bool is_white_space(char32_t c) {
  if (c >= U'\t' && c <= U'\r') return true;
  const utf8proc_category_t kind = category(c);
  return kind == UTF8PROC_CATEGORY_ZS || kind == UTF8PROC_CATEGORY_ZL ||
         kind == UTF8PROC_CATEGORY_ZP;
}

bool belongs_to_word(char32_t c) {
  const utf8proc_category_t kind = category(c);
  return kind >= UTF8PROC_CATEGORY_LU && kind <= UTF8PROC_CATEGORY_NO;
}

bool can_be_written(char32_t c) {
  if (c == U'\n') return true;
  const utf8proc_category_t kind = category(c);
  return kind != UTF8PROC_CATEGORY_CN && kind != UTF8PROC_CATEGORY_CC &&
         kind != UTF8PROC_CATEGORY_CF && kind != UTF8PROC_CATEGORY_CS;
}

}  // namespace hailong::core
