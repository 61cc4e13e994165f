#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/syllable.h"
#include "core/typed_word.h"

/// Vietnamese typing on any keyboard with Latin letters.
///
/// Telex: aa ee oo aw ow uw dd for â ê ô ă ơ ư đ; s f r x j for sắc, huyền, hỏi, ngã, nặng; z takes
/// the tone off. VNI: 6 hat, 7 horn, 8 breve, 9 bar, 1 to 5 the tones, 0 none. Marks and tones may
/// be typed anywhere after their letter. What cannot be Vietnamese, and every address, stays as
/// typed.

namespace hailong::core {

/// The text of one word's keys, NFC: compose("dduowngf", kTelex, kOld) == "đường". Punctuation
/// parts words; an address (something@, www., ://) is given back as it is.
std::string compose(std::string_view keys, TypingMethod method, TonePlacement placement);

/// What a person is writing. A value: copies are independent, equal drafts behave alike.
class Draft {
 public:
  Draft(TypingMethod method, TonePlacement placement, int most_characters = 500);

  /// One key: a letter, digit, mark of punctuation, space or '\n'. Ignored when the text would grow
  /// beyond the limit, as is every further key until something is erased, lest the next word become
  /// a tone of the last one. Keys of the last word that only change it still work at the limit.
  /// Other control characters and what is no character are ignored too.
  void type(char32_t key);

  /// Takes off the last character that is displayed. Typing goes on as if the rest of its word had
  /// just been typed.
  void erase();

  /// The key of a tone: sets it on the last syllable, wherever it belongs there; the same tone
  /// again takes it off. Does nothing after a space. With any typing method.
  void tone(Tone tone);

  /// A letter as it is, by tap or from a keyboard that has it: 'đ', 'ơ'. A tone that the word bears
  /// already moves to where it belongs now. With any typing method; type() does this in kLetters.
  void letter(char32_t letter);

  /// Keys mean something else from now on; what is written stays.
  void use(TypingMethod method);

  [[nodiscard]] TypingMethod method() const { return method_; }

  /// NFC.
  [[nodiscard]] std::string text() const;
  /// As people count them, of the composed text.
  [[nodiscard]] int characters() const;
  [[nodiscard]] int left() const;
  [[nodiscard]] bool empty() const;

  bool operator==(const Draft&) const = default;

 private:
  [[nodiscard]] std::u32string written() const;
  [[nodiscard]] bool is_address() const;
  [[nodiscard]] std::u32string last_word() const;
  void put(char32_t key);
  void put_letter(char32_t letter);
  void put_punctuation(char32_t mark);
  void put_space(char32_t space);
  void reopen(std::u32string_view text);
  template <typename Change>
  void within_limit(Change change);

  TypingMethod method_;
  TonePlacement placement_;
  int most_characters_;
  std::u32string settled_;     // all before the word being typed
  std::size_t token_ = 0;      // where in it the run without white space begins that the word ends
  std::u32string token_keys_;  // that stretch of settled_ as it was typed, should it be an address
  TypedWord word_;
  bool full_ = false;  // a key was refused, and nothing erased since
};

}  // namespace hailong::core
