#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

/// How Vietnamese syllables are spelled. A syllable is an onset (may be empty), a rhyme and a tone:
/// đ + ương + grave = đường. The rhymes are a closed list of some 160, so which letters carry a hat
/// or a horn need not be computed: it is looked up by the bare letters. The tone's place follows
/// from the letters.
///
/// Sources: the spelling rules of Quyết định 240/QĐ (Bộ Giáo dục, 5/3/1984) as commonly taught; the
/// rhymes were compared with the 6,600 syllables of Debian's hunspell-vi.

namespace hailong::core {

/// Thanh: ngang, sắc, huyền, hỏi, ngã, nặng.
enum class Tone { kNone, kAcute, kGrave, kHook, kTilde, kDot };

/// Where the tone of an open oa, oe, uy stands: hòa, thúy (old) or hoà, thuý (new).
enum class TonePlacement { kOld, kNew };

/// What changes a vowel letter.
enum class Mark {
  kNone,
  kHat,          // â ê ô
  kBreve,        // ă
  kHorn,         // ơ ư
  kBreveOrHorn,  // whichever the letters admit
};

/// A vowel letter taken apart.
struct Vowel {
  char letter = 'a';  // a e i o u y
  Mark mark = Mark::kNone;
  Tone tone = Tone::kNone;
  bool capital = false;
};

/// Nothing for anything but a composed Vietnamese vowel letter.
std::optional<Vowel> vowel(char32_t c);

/// The marks that a word was given.
struct Marking {
  Mark mark = Mark::kNone;
  char hat_on = 0;         // the letter that wears the hat; 0: whichever admits one
  bool horn_on_u = false;  // these two only tell ưo, uơ and ươ apart
  bool horn_on_o = false;

  bool operator==(const Marking&) const = default;
};

/// A syllable's letters with their marks, lower case, without tone.
struct Spelling {
  std::u32string letters;
  bool whole = true;  // false for what can only be the beginning of a syllable, e.g. "tiê"
};

/// Spells bare lower-case letters ("duong", marked with a horn, the letter at `barred` being đ):
/// "đương". Words without a vowel are spelled as they are, with their đ (HĐND). Nothing when no
/// Vietnamese syllable begins so. Onsets are taken leniently: "nghành" is wrong, but people write
/// it.
std::optional<Spelling> spell(std::string_view letters, std::optional<std::size_t> barred,
                              const Marking& marking);

/// True when syllables with these letters may bear the tone: those that end in c, ch, k, p or t
/// have only acute and dot. No tone at all is admitted everywhere, since it may still be typed.
bool admits(std::u32string_view letters, Tone tone);

/// True for letters that end in c, ch, k, p or t.
bool ends_in_stop(std::u32string_view letters);

/// The tone of a word: that of its first letter with one.
Tone tone_of(std::u32string_view word);

/// Sets the tone of the word's last syllable, takes every other one off. Case and marks stay. Words
/// without a vowel stay as they are.
std::u32string with_tone(std::u32string_view word, Tone tone, TonePlacement placement);

/// Moves the tone that the word's last syllable bears to where it belongs: "tíê" -> "tiế".
std::u32string with_tone_in_place(std::u32string_view word, TonePlacement placement);

}  // namespace hailong::core
