#include "core/vietnamese.h"

#include <algorithm>
#include <limits>

#include "core/text.h"

namespace hailong::core {
namespace {

bool is_ascii_letter_or_digit(char32_t c) { return c < 0x80 && belongs_to_word(c); }

bool looks_like_address(std::u32string_view token) {
  const std::size_t at = token.find(U'@');
  return (at != std::u32string_view::npos && at > 0) ||
         token.find(U"://") != std::u32string_view::npos || token.starts_with(U"www.");
}

std::size_t beginning_of_token(std::u32string_view text) {
  const auto space = std::find_if(text.rbegin(), text.rend(), is_white_space);
  return static_cast<std::size_t>(text.rend() - space);
}

std::size_t beginning_of_word(std::u32string_view text) {
  const auto mark = std::find_if_not(text.rbegin(), text.rend(), belongs_to_word);
  return static_cast<std::size_t>(text.rend() - mark);
}

}  // namespace

std::string compose(std::string_view keys, TypingMethod method, TonePlacement placement) {
  Draft draft(method, placement, std::numeric_limits<int>::max());
  for (const char32_t key : code_points(keys)) draft.type(key);
  return draft.text();
}

Draft::Draft(TypingMethod method, TonePlacement placement, int most_characters)
    : method_(method), placement_(placement), most_characters_(most_characters) {}

void Draft::type(char32_t key) {
  if (!can_be_written(key)) return;
  within_limit([key](Draft& draft) { draft.put(key); });
}

void Draft::letter(char32_t letter) {
  if (!can_be_written(letter)) return;
  within_limit([letter](Draft& draft) {
    if (belongs_to_word(letter)) {
      draft.put_letter(letter);
    } else {
      draft.put(letter);
    }
  });
}

void Draft::erase() {
  const std::u32string text = written();
  reopen(without_last_character(text));
  full_ = false;
}

void Draft::tone(Tone tone) {
  const std::u32string word = last_word();
  const bool again = tone_of(word) == tone;
  word_ = TypedWord::reopened(with_tone(word, again ? Tone::kNone : tone, placement_), placement_);
}

void Draft::use(TypingMethod method) {
  if (method == method_) return;
  method_ = method;
  reopen(written());
}

std::string Draft::text() const { return utf8(written()); }

int Draft::characters() const { return core::characters(written()); }

int Draft::left() const { return most_characters_ - characters(); }

bool Draft::empty() const { return settled_.empty() && word_.empty(); }

std::u32string Draft::written() const {
  if (!is_address()) return to_nfc(settled_ + word_.shown(placement_));
  return to_nfc(settled_.substr(0, token_) + token_keys_ + word_.keys());
}

bool Draft::is_address() const { return looks_like_address(token_keys_ + word_.keys()); }

/// The word being typed, as it is displayed.
std::u32string Draft::last_word() const {
  return is_address() ? word_.keys() : word_.shown(placement_);
}

void Draft::put(char32_t key) {
  if (is_white_space(key)) {
    put_space(key);
  } else if (!belongs_to_word(key)) {
    put_punctuation(key);
  } else if (is_ascii_letter_or_digit(key) && method_ != TypingMethod::kLetters) {
    word_.type(static_cast<char>(key), method_, placement_);
  } else {
    put_letter(key);
  }
}

void Draft::put_letter(char32_t letter) {
  const std::u32string word = to_nfc(last_word() + letter);
  word_ = TypedWord::reopened(with_tone_in_place(word, placement_), placement_);
}

void Draft::put_punctuation(char32_t mark) {
  settled_ += word_.shown(placement_) + mark;
  token_keys_ += word_.keys() + mark;
  word_ = {};
}

void Draft::put_space(char32_t space) {
  settled_ = written() + space;
  token_ = settled_.size();
  token_keys_.clear();
  word_ = {};
}

/// Goes on from a text that is displayed.
void Draft::reopen(std::u32string_view text) {
  token_ = beginning_of_token(text);
  const std::size_t word = std::max(token_, beginning_of_word(text));
  settled_ = text.substr(0, word);
  token_keys_ = text.substr(token_, word - token_);
  word_ = TypedWord::reopened(text.substr(word), placement_);
}

template <typename Change>
void Draft::within_limit(Change change) {
  if (full_) return;
  Draft changed = *this;
  change(changed);
  full_ = changed.left() < 0;
  if (!full_) *this = std::move(changed);
}

}  // namespace hailong::core
