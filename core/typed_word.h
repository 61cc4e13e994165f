#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "core/syllable.h"

/// One word as its keys come in. Telex and VNI are the same thing with other keys: a key is either
/// a letter, or a wish that concerns the whole word ("a hat on the e", "a dot"), wherever in the
/// word it is typed. So a word is its bare letters plus the wishes so far, and what is shown is
/// looked up anew after every key (core/syllable.h). That makes the order of keys free without a
/// rule for each order, and a word that is not Vietnamese is simply shown as its keys.
///
/// A wish that is repeated takes itself back, and its key is a plain letter for the rest of the
/// word: aaa -> aa, ass -> as, mooocs -> moóc.

namespace hailong::core {

enum class TypingMethod { kTelex, kVni, kLetters };

class TypedWord {
 public:
  TypedWord() = default;

  /// A word that stands there already, in NFC; typing goes on as if it had just been typed.
  static TypedWord reopened(std::u32string_view shown, TonePlacement placement);

  /// One more key, an ASCII letter or digit. kLetters takes every key as it is.
  void type(char key, TypingMethod method, TonePlacement placement);

  /// What the keys mean so far, in NFC.
  [[nodiscard]] std::u32string shown(TonePlacement placement) const;

  /// The keys as they were typed, without those that only took something back.
  [[nodiscard]] const std::u32string& keys() const { return keys_; }
  [[nodiscard]] bool empty() const { return keys_.empty(); }

  bool operator==(const TypedWord&) const = default;

 private:
  enum class Effect { kLetter, kWish, kTakenBack };

  Effect effect_of(char key, TypingMethod method, TonePlacement placement);
  Effect telex(char key, bool composed);
  Effect vni(char key, bool composed);
  Effect wish_tone(Tone tone, bool composed);
  Effect wish_mark(Mark mark, char hat_on, bool composed);
  Effect wish_bar(bool composed);
  Effect wish_w(bool capital, bool composed);
  void take_back(char key, TonePlacement placement);
  [[nodiscard]] bool only_fits_as_letter(char vowel) const;
  [[nodiscard]] bool is_repeated(const Marking& wished) const;

  [[nodiscard]] std::string small_letters() const;
  [[nodiscard]] std::optional<std::u32string> syllable(TonePlacement placement) const;
  [[nodiscard]] std::u32string unspelled(TonePlacement placement) const;

  std::string letters_;                // bare, in their case
  std::optional<std::size_t> barred_;  // which of them is a đ
  std::optional<std::size_t> from_w_;  // which of them is an ư typed as a lone w
  Marking marking_;
  Tone tone_ = Tone::kNone;
  bool hat_after_stop_ = false;  // the hat came after a final c, ch, k, p, t: "data", "photo"
  bool untouched_ = false;       // reopened, and shown as it was until the next key
  bool frozen_ = false;          // cannot be told apart into letters and wishes
  std::string plain_keys_;       // were repeated: letters from now on
  std::u32string keys_;
};

}  // namespace hailong::core
