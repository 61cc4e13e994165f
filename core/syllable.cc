#include "core/syllable.h"

#include <algorithm>
#include <array>

namespace hailong::core {
namespace {

struct VowelRow {
  char letter;
  Mark mark;
  std::u32string_view tones;  // in the order of Tone
};

constexpr std::array kVowels = {
    VowelRow{'a', Mark::kNone, U"aáàảãạ"}, VowelRow{'a', Mark::kBreve, U"ăắằẳẵặ"},
    VowelRow{'a', Mark::kHat, U"âấầẩẫậ"},  VowelRow{'e', Mark::kNone, U"eéèẻẽẹ"},
    VowelRow{'e', Mark::kHat, U"êếềểễệ"},  VowelRow{'i', Mark::kNone, U"iíìỉĩị"},
    VowelRow{'o', Mark::kNone, U"oóòỏõọ"}, VowelRow{'o', Mark::kHat, U"ôốồổỗộ"},
    VowelRow{'o', Mark::kHorn, U"ơớờởỡợ"}, VowelRow{'u', Mark::kNone, U"uúùủũụ"},
    VowelRow{'u', Mark::kHorn, U"ưứừửữự"}, VowelRow{'y', Mark::kNone, U"yýỳỷỹỵ"},
};

/// Longest first: "gi" is tried before "g".
constexpr std::array<std::string_view, 27> kOnsets = {
    "ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr", "b", "c", "d",
    "g",   "h",  "k",  "l",  "m",  "n",  "p",  "r",  "s",  "t",  "v",  "x", ""};

/// What may follow an onset. "Đắk Lắk" brings ăk, "hừm" ưm, "xoong" and "rơ-moóc" oong and ooc.
constexpr auto kRhymes = std::to_array<std::u32string_view>({
    U"a",    U"ac",   U"ach",  U"ai",   U"am",   U"an",   U"ang",  U"anh",  U"ao",   U"ap",
    U"at",   U"au",   U"ay",   U"ăc",   U"ăk",   U"ăm",   U"ăn",   U"ăng",  U"ăp",   U"ăt",
    U"âc",   U"âm",   U"ân",   U"âng",  U"âp",   U"ât",   U"âu",   U"ây",   U"e",    U"ec",
    U"em",   U"en",   U"eng",  U"eo",   U"ep",   U"et",   U"ê",    U"êc",   U"êch",  U"êm",
    U"ên",   U"ênh",  U"êp",   U"êt",   U"êu",   U"i",    U"ia",   U"ich",  U"im",   U"in",
    U"inh",  U"ip",   U"it",   U"iu",   U"iêc",  U"iêm",  U"iên",  U"iêng", U"iêp",  U"iêt",
    U"iêu",  U"o",    U"oc",   U"oi",   U"om",   U"on",   U"ong",  U"op",   U"ot",   U"oa",
    U"oac",  U"oach", U"oai",  U"oam",  U"oan",  U"oang", U"oanh", U"oao",  U"oap",  U"oat",
    U"oay",  U"oăc",  U"oăm",  U"oăn",  U"oăng", U"oăt",  U"oe",   U"oem",  U"oen",  U"oeo",
    U"oet",  U"ooc",  U"oong", U"ô",    U"ôc",   U"ôi",   U"ôm",   U"ôn",   U"ông",  U"ôp",
    U"ôt",   U"ơ",    U"ơi",   U"ơm",   U"ơn",   U"ơp",   U"ơt",   U"u",    U"ua",   U"uc",
    U"ui",   U"um",   U"un",   U"ung",  U"up",   U"ut",   U"uân",  U"uâng", U"uât",  U"uây",
    U"uê",   U"uêch", U"uênh", U"uêu",  U"uôc",  U"uôi",  U"uôm",  U"uôn",  U"uông", U"uôt",
    U"uơ",   U"uy",   U"uya",  U"uych", U"uyn",  U"uynh", U"uyp",  U"uyt",  U"uyu",  U"uyên",
    U"uyêt", U"ư",    U"ưa",   U"ưc",   U"ưi",   U"ưm",   U"ưn",   U"ưng",  U"ưt",   U"ưu",
    U"ươc",  U"ươi",  U"ươm",  U"ươn",  U"ương", U"ươp",  U"ươt",  U"ươu",  U"y",    U"yêm",
    U"yên",  U"yêng", U"yêt",  U"yêu",
});

/// What rhymes begin with while they are being typed, and what is none by itself.
constexpr auto kBeginnings = std::to_array<std::u32string_view>({
    U"ă",
    U"â",
    U"ic",
    U"iê",
    U"oă",
    U"oo",
    U"oon",
    U"uâ",
    U"uêc",
    U"uên",
    U"uô",
    U"uyc",
    U"uyê",
    U"ưo",
    U"ươ",
    U"yê",
});

/// The letter of a rhyme without its mark.
char bare(char32_t c) { return c < 0x80 ? static_cast<char>(c) : vowel(c)->letter; }

bool is_vowel_letter(char c) {
  return std::string_view("aeiouy").find(c) != std::string_view::npos;
}

bool has_letters(std::u32string_view rhyme, std::string_view letters) {
  return std::equal(rhyme.begin(), rhyme.end(), letters.begin(), letters.end(),
                    [](char32_t c, char letter) { return bare(c) == letter; });
}

/// Whether a rhyme wears the marks that were asked for, and no others.
bool wears(std::u32string_view rhyme, const Marking& marking) {
  bool plain = true;
  for (const char32_t c : rhyme) {
    if (c < 0x80) continue;
    const auto known = vowel(c);
    plain = false;
    const bool asked = known->mark == marking.mark ||
                       (marking.mark == Mark::kBreveOrHorn && known->mark != Mark::kHat);
    if (!asked) return false;
    if (known->mark == Mark::kHat && marking.hat_on != 0 && marking.hat_on != known->letter) {
      return false;
    }
  }
  return plain == (marking.mark == Mark::kNone);
}

std::u32string_view horned_uo(const Marking& marking) {
  if (marking.horn_on_u) return marking.horn_on_o ? U"ươ" : U"ưo";
  return U"uơ";
}

std::optional<Spelling> spell_rhyme(std::string_view letters, const Marking& marking) {
  const bool horned = marking.mark == Mark::kHorn || marking.mark == Mark::kBreveOrHorn;
  const auto fits = [&](std::u32string_view rhyme) {
    if (!has_letters(rhyme, letters) || !wears(rhyme, marking)) return false;
    return !(horned && letters == "uo") || rhyme == horned_uo(marking);
  };
  const auto* whole = std::find_if(kRhymes.begin(), kRhymes.end(), fits);
  if (whole != kRhymes.end()) return Spelling{std::u32string(*whole), true};
  const auto* beginning = std::find_if(kBeginnings.begin(), kBeginnings.end(), fits);
  if (beginning != kBeginnings.end()) return Spelling{std::u32string(*beginning), false};
  return std::nullopt;
}

/// The rhymes of "q" that are no rhymes of "qu": quynh, quýt.
std::optional<Spelling> spell_q(std::string_view letters, const Marking& marking) {
  if (!letters.starts_with("quy")) return std::nullopt;
  auto rhyme = spell_rhyme(letters.substr(1), marking);
  if (rhyme) rhyme->letters.insert(0, U"q");
  return rhyme;
}

std::optional<Spelling> spell_syllable(std::string_view letters, const Marking& marking) {
  for (const std::string_view onset : kOnsets) {
    if (!letters.starts_with(onset)) continue;
    auto rhyme = spell_rhyme(letters.substr(onset.size()), marking);
    if (!rhyme) continue;
    rhyme->letters.insert(0, std::u32string(onset.begin(), onset.end()));
    return rhyme;
  }
  return spell_q(letters, marking);
}

char32_t capital_of(char32_t small) {
  return small < 0x100 ? small - 0x20 : small - 1;  // true of every vowel in kVowels
}

char32_t letter_of(const Vowel& parts) {
  const auto* row = std::find_if(kVowels.begin(), kVowels.end(), [&](const VowelRow& candidate) {
    return candidate.letter == parts.letter && candidate.mark == parts.mark;
  });
  const char32_t small = row->tones[static_cast<std::size_t>(parts.tone)];
  return parts.capital ? capital_of(small) : small;
}

/// The vowels of the last syllable. The u of "qu" and the i of "gi" are vowel letters too, but
/// belong to the onset.
struct Nucleus {
  std::size_t first_letter = 0;
  std::size_t begin = 0;
  std::size_t end = 0;
};

Nucleus nucleus_of(std::u32string_view word) {
  Nucleus nucleus{0, 0, word.size()};
  while (nucleus.end > 0 && !vowel(word[nucleus.end - 1])) --nucleus.end;
  nucleus.begin = nucleus.end;
  while (nucleus.begin > 0 && vowel(word[nucleus.begin - 1])) --nucleus.begin;
  nucleus.first_letter = nucleus.begin;
  if (nucleus.end - nucleus.begin < 2 || nucleus.begin == 0) return nucleus;
  const char32_t onset = word[nucleus.begin - 1];
  const Vowel first = vowel(word[nucleus.begin]).value();
  const bool of_onset = ((onset == U'q' || onset == U'Q') && first.letter == 'u') ||
                        ((onset == U'g' || onset == U'G') && first.letter == 'i');
  if (of_onset && first.mark == Mark::kNone) ++nucleus.begin;
  return nucleus;
}

/// The letter that bears the tone: the last one with a mark; else the last one before a final
/// consonant; else the middle one of three; else the first one, but by the new rule the second one
/// of oa, oe, uy.
std::size_t tone_bearer(std::u32string_view word, const Nucleus& nucleus, TonePlacement placement) {
  for (std::size_t i = nucleus.end; i > nucleus.begin; --i) {
    if (vowel(word[i - 1])->mark != Mark::kNone) return i - 1;
  }
  const std::size_t count = nucleus.end - nucleus.begin;
  if (nucleus.end < word.size()) return nucleus.end - 1;
  if (count >= 3) return nucleus.begin + 1;
  if (count == 1 || placement == TonePlacement::kOld) return nucleus.begin;
  const char first = vowel(word[nucleus.begin])->letter;
  const char second = vowel(word[nucleus.begin + 1])->letter;
  const bool glides =
      (first == 'o' && (second == 'a' || second == 'e')) || (first == 'u' && second == 'y');
  return glides ? nucleus.begin + 1 : nucleus.begin;
}

}  // namespace

std::optional<Vowel> vowel(char32_t c) {
  const bool ascii = c < 0x80;
  if (ascii && !is_vowel_letter(static_cast<char>(c | 0x20U))) return std::nullopt;
  for (const VowelRow& row : kVowels) {
    for (std::size_t tone = 0; tone < row.tones.size(); ++tone) {
      const char32_t small = row.tones[tone];
      if (c != small && c != capital_of(small)) continue;
      return Vowel{row.letter, row.mark, static_cast<Tone>(tone), c != small};
    }
  }
  return std::nullopt;
}

std::optional<Spelling> spell(std::string_view letters, std::optional<std::size_t> barred,
                              const Marking& marking) {
  const bool speakable = std::any_of(letters.begin(), letters.end(), is_vowel_letter);
  std::optional<Spelling> spelling;
  if (!speakable && marking.mark == Mark::kNone) {
    spelling = Spelling{std::u32string(letters.begin(), letters.end()), false};
  } else if (barred.value_or(0) == 0) {
    spelling = spell_syllable(letters, marking);
  }
  if (spelling && barred) spelling->letters[*barred] = U'đ';
  return spelling;
}

bool ends_in_stop(std::u32string_view letters) {
  return letters.ends_with(U"ch") ||
         (!letters.empty() &&
          std::u32string_view(U"ckpt").find(letters.back()) != std::u32string_view::npos);
}

bool admits(std::u32string_view letters, Tone tone) {
  return !ends_in_stop(letters) || tone == Tone::kNone || tone == Tone::kAcute ||
         tone == Tone::kDot;
}

Tone tone_of(std::u32string_view word) {
  for (const char32_t c : word) {
    const auto known = vowel(c);
    if (known && known->tone != Tone::kNone) return known->tone;
  }
  return Tone::kNone;
}

std::u32string with_tone(std::u32string_view word, Tone tone, TonePlacement placement) {
  std::u32string changed(word);
  const Nucleus nucleus = nucleus_of(word);
  if (nucleus.begin == nucleus.end) return changed;
  for (char32_t& c : changed) {
    if (auto known = vowel(c)) {
      known->tone = Tone::kNone;
      c = letter_of(*known);
    }
  }
  const std::size_t bearer = tone_bearer(changed, nucleus, placement);
  Vowel parts = vowel(changed[bearer]).value();
  parts.tone = tone;
  changed[bearer] = letter_of(parts);
  return changed;
}

std::u32string with_tone_in_place(std::u32string_view word, TonePlacement placement) {
  const Nucleus nucleus = nucleus_of(word);
  const std::u32string_view vowels =
      word.substr(nucleus.first_letter, nucleus.end - nucleus.first_letter);
  const Tone tone = tone_of(vowels);
  return tone == Tone::kNone ? std::u32string(word) : with_tone(word, tone, placement);
}

}  // namespace hailong::core
