#include "core/typed_word.h"

#include <algorithm>

#include "core/numbers.h"

namespace hailong::core {
namespace {

char small(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
bool is_capital(char c) { return small(c) != c; }

bool has(std::string_view text, char c) { return text.find(c) != std::string_view::npos; }
bool has_any(std::string_view text, std::string_view of) {
  return text.find_first_of(of) != std::string_view::npos;
}

/// The tone that a key asks for. 'z' and '0' ask for none.
std::optional<Tone> tone_of_key(char key, std::string_view keys_in_order) {
  const std::size_t place = keys_in_order.find(key);
  if (place == std::string_view::npos) return std::nullopt;
  return static_cast<Tone>(place);
}

constexpr std::string_view kTelexTones = "zsfrxj";  // in the order of Tone
constexpr std::string_view kVniTones = "012345";

std::u32string cased(std::u32string text, std::string_view letters) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!is_capital(letters[i])) continue;
    if (text[i] < 0x100) {
      text[i] -= 0x20;
    } else {
      text[i] -= 1;
    }
  }
  return text;
}

bool is_ascii(std::u32string_view text) {
  return std::all_of(text.begin(), text.end(), [](char32_t c) { return c < 0x80; });
}

}  // namespace

TypedWord TypedWord::reopened(std::u32string_view shown, TonePlacement placement) {
  TypedWord word;
  word.keys_ = shown;
  word.tone_ = tone_of(shown);
  int tones = 0;
  for (const char32_t c : shown) {
    if (const auto known = vowel(c)) {
      if (known->tone != Tone::kNone) ++tones;
      if (known->mark != Mark::kNone) word.marking_.mark = known->mark;
      if (known->mark == Mark::kHat) word.marking_.hat_on = known->letter;
      if (known->mark == Mark::kHorn && known->letter == 'u') word.marking_.horn_on_u = true;
      if (known->mark == Mark::kHorn && known->letter == 'o') word.marking_.horn_on_o = true;
      word.letters_ += known->capital ? static_cast<char>(known->letter - 0x20) : known->letter;
    } else if (c == U'đ' || c == U'Đ') {
      word.barred_ = word.letters_.size();
      word.letters_ += c == U'đ' ? 'd' : 'D';
    } else {
      word.letters_ += c < 0x80 ? static_cast<char>(c) : '?';
    }
  }
  const auto again = word.syllable(placement);
  // "toá" is what erasing leaves of "toán"; only the next key may move its tone.
  const auto untoned = [&](std::u32string_view text) {
    return with_tone(text, Tone::kNone, placement);
  };
  word.untouched_ = true;
  word.frozen_ = tones > 1 || (again && untoned(*again) != untoned(shown));
  return word;
}

void TypedWord::type(char key, TypingMethod method, TonePlacement placement) {
  untouched_ = false;
  const Effect effect = effect_of(key, method, placement);
  if (effect == Effect::kTakenBack) {
    take_back(key, placement);
    return;
  }
  if (effect == Effect::kLetter) letters_ += key;
  keys_ += static_cast<char32_t>(key);
}

std::u32string TypedWord::shown(TonePlacement placement) const {
  if (frozen_ || untouched_) return keys_;
  return syllable(placement).value_or(keys_);
}

TypedWord::Effect TypedWord::effect_of(char key, TypingMethod method, TonePlacement placement) {
  if (frozen_ || method == TypingMethod::kLetters || has(plain_keys_, small(key))) {
    return Effect::kLetter;
  }
  const bool composed = !is_ascii(syllable(placement).value_or(U""));
  return method == TypingMethod::kTelex ? telex(key, composed) : vni(key, composed);
}

TypedWord::Effect TypedWord::telex(char key, bool composed) {
  if (const auto tone = tone_of_key(small(key), kTelexTones)) return wish_tone(*tone, composed);
  switch (small(key)) {
    case 'a':
    case 'e':
    case 'o':
      if (!has(small_letters(), small(key)) || only_fits_as_letter(small(key))) {
        return Effect::kLetter;
      }
      return wish_mark(Mark::kHat, small(key), composed);
    case 'd':
      return wish_bar(composed);
    case 'w':
      return wish_w(is_capital(key), composed);
    default:
      return Effect::kLetter;
  }
}

/// The second o of "ngoeo", "ngoao".
bool TypedWord::only_fits_as_letter(char vowel) const {
  const std::string letters = small_letters();
  return spell(letters + vowel, barred_, marking_) &&
         !spell(letters, barred_, {Mark::kHat, vowel, false, false});
}

TypedWord::Effect TypedWord::vni(char key, bool composed) {
  if (const auto tone = tone_of_key(key, kVniTones)) return wish_tone(*tone, composed);
  const std::string letters = small_letters();
  switch (key) {
    case '6':
      if (!has_any(letters, "aeo")) return Effect::kLetter;
      return wish_mark(Mark::kHat, 0, composed);
    case '7':
      if (!has_any(letters, "ou")) return Effect::kLetter;
      return wish_mark(Mark::kHorn, 0, composed);
    case '8':
      if (!has(letters, 'a')) return Effect::kLetter;
      return wish_mark(Mark::kBreve, 0, composed);
    case '9':
      return wish_bar(composed);
    default:
      return Effect::kLetter;
  }
}

TypedWord::Effect TypedWord::wish_tone(Tone tone, bool composed) {
  if (!has_any(small_letters(), "aeiouy")) return Effect::kLetter;
  if (tone == Tone::kNone && tone_ == Tone::kNone) return Effect::kLetter;
  if (tone == tone_ && composed) {
    tone_ = Tone::kNone;
    return Effect::kTakenBack;
  }
  if (tone == tone_) return Effect::kLetter;
  tone_ = tone;
  return Effect::kWish;
}

TypedWord::Effect TypedWord::wish_mark(Mark mark, char hat_on, bool composed) {
  const std::string letters = small_letters();
  Marking wished{mark, hat_on, false, false};
  if (mark != Mark::kHat) {
    // The horn of "ươ" may be typed once, or once for each letter: u o w, u w o w.
    wished.horn_on_o = has(letters, 'o');
    wished.horn_on_u = !wished.horn_on_o || marking_.horn_on_u;
  }
  if (is_repeated(wished)) {
    if (!composed) return Effect::kLetter;
    marking_ = {};
    return Effect::kTakenBack;
  }
  marking_ = wished;
  hat_after_stop_ = hat_on != 0 && ends_in_stop(std::u32string(letters.begin(), letters.end()));
  return Effect::kWish;
}

bool TypedWord::is_repeated(const Marking& wished) const {
  if (wished == marking_) return true;
  if (wished.horn_on_o && !marking_.horn_on_o) return false;
  // A reopened word knows its marks, not the keys that made them.
  const auto before = spell(small_letters(), barred_, marking_);
  const auto after = spell(small_letters(), barred_, wished);
  return before && after && before->letters == after->letters;
}

TypedWord::Effect TypedWord::wish_bar(bool composed) {
  const std::string letters = small_letters();
  std::optional<std::size_t> place;
  if (letters.starts_with('d')) place = 0;
  if (letters.ends_with('d')) place = letters.size() - 1;
  if (!place) return Effect::kLetter;
  if (barred_ == place) {
    if (!composed) return Effect::kLetter;
    barred_.reset();
    return Effect::kTakenBack;
  }
  barred_ = place;
  return Effect::kWish;
}

TypedWord::Effect TypedWord::wish_w(bool capital, bool composed) {
  const std::string letters = small_letters();
  if (has_any(letters, "aou")) return wish_mark(Mark::kBreveOrHorn, 0, composed);
  // A lone w is an ư after an onset (nhw, tw), never at the beginning: www, web, window.
  if (letters.empty() || has_any(letters, "eiy")) return Effect::kLetter;
  from_w_ = letters_.size();
  letters_ += capital ? 'U' : 'u';
  marking_ = {Mark::kBreveOrHorn, 0, true, false};
  return Effect::kWish;
}

/// The wish itself is gone already; its key becomes a letter.
void TypedWord::take_back(char key, TonePlacement placement) {
  plain_keys_ += small(key);
  if (from_w_ && small(key) == 'w') {
    letters_[*from_w_] = is_capital(letters_[*from_w_]) ? 'W' : 'w';
    from_w_.reset();
    return;
  }
  // Whoever typed "tiếngs" wants to keep what is left of it; whoever typed "tests" wants "test".
  const std::u32string left = syllable(placement).value_or(unspelled(placement));
  const bool only_wish = is_ascii(left) && is_ascii(keys_) && keys_.size() == left.size() + 1;
  if (!only_wish || is_digit(key)) keys_ = left + static_cast<char32_t>(key);
  letters_ += key;
}

/// The letters with what is sure about them, whether that can be Vietnamese or not.
std::u32string TypedWord::unspelled(TonePlacement placement) const {
  std::u32string text(letters_.begin(), letters_.end());
  if (barred_) text[*barred_] = is_capital(letters_[*barred_]) ? U'Đ' : U'đ';
  return with_tone(text, tone_, placement);
}

std::string TypedWord::small_letters() const {
  std::string letters(letters_);
  std::transform(letters.begin(), letters.end(), letters.begin(), small);
  return letters;
}

/// Nothing when the letters with their marks are no Vietnamese syllable, nor the beginning of one.
std::optional<std::u32string> TypedWord::syllable(TonePlacement placement) const {
  const auto spelling = spell(small_letters(), barred_, marking_);
  if (!spelling || !admits(spelling->letters, tone_)) return std::nullopt;
  if (from_w_ && !spelling->whole) return std::nullopt;
  if (hat_after_stop_ && tone_ == Tone::kNone) return std::nullopt;
  return cased(with_tone(spelling->letters, tone_, placement), letters_);
}

}  // namespace hailong::core
