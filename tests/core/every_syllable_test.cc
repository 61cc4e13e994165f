#include <gtest/gtest.h>
#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "core/text.h"
#include "core/vietnamese.h"

/// Types every Vietnamese syllable of Debian's hunspell-vi in all usual orders of keys. The keys
/// are made from the decomposed text, apart from the tables under test.

namespace hailong::core {
namespace {

constexpr const char* kList = "/usr/share/hunspell/vi_VN.dic";
constexpr std::size_t kFewest = 5000;

/// One letter of a syllable, taken apart: its base, its mark and the syllable's tone if it is here.
struct Piece {
  std::string base;
  char mark = 0;  // ^ hat, + horn, ( breve, - bar
  char tone = 0;  // s f r x j
};

std::u32string decomposed(const std::string& text) {
  utf8proc_uint8_t* parts = nullptr;
  utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
               static_cast<utf8proc_ssize_t>(text.size()), &parts,
               static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_DECOMPOSE));
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owned(parts, &std::free);
  return code_points(reinterpret_cast<const char*>(parts));
}

std::vector<Piece> pieces_of(const std::string& syllable) {
  std::vector<Piece> pieces;
  for (const char32_t c : decomposed(syllable)) {
    switch (c) {
      case U'đ':
        pieces.push_back({"d", '-'});
        break;
      case U'\u0302':
        pieces.back().mark = '^';
        break;
      case U'\u0306':
        pieces.back().mark = '(';
        break;
      case U'\u031B':
        pieces.back().mark = '+';
        break;
      case U'\u0301':
        pieces.back().tone = 's';
        break;
      case U'\u0300':
        pieces.back().tone = 'f';
        break;
      case U'\u0309':
        pieces.back().tone = 'r';
        break;
      case U'\u0303':
        pieces.back().tone = 'x';
        break;
      case U'\u0323':
        pieces.back().tone = 'j';
        break;
      default:
        pieces.push_back({std::string(1, static_cast<char>(c)), 0});
        break;
    }
  }
  return pieces;
}

/// Words of the list that are one syllable: lower case, one run of vowels. Not "têt": a final t
/// asks for a tone, so the hat after it in "tete" is taken for English ("photo", "data").
bool is_one_syllable(const std::string& word) {
  if (word == "têt") return false;
  int runs = 0;
  bool in_run = false;
  for (const Piece& piece : pieces_of(word)) {
    if (piece.base[0] < 'a' || piece.base[0] > 'z') return false;
    const bool is_vowel = std::string("aeiouy").find(piece.base) != std::string::npos;
    if (is_vowel && !in_run) ++runs;
    in_run = is_vowel;
  }
  return runs == 1;
}

std::vector<std::string> syllables() {
  std::ifstream file(kList);
  std::vector<std::string> found;
  std::string line;
  std::getline(file, line);  // how many there are
  while (std::getline(file, line)) {
    const std::string word = line.substr(0, line.find('/'));
    if (is_one_syllable(word)) found.push_back(word);
  }
  return found;
}

/// The list follows the new rule. By the old one the tone of an open oa, oe, uy stands one earlier,
/// but not after q.
std::string by_old_rule(const std::string& syllable) {
  static const std::array<std::pair<const char*, const char*>, 15> kPairs = {{{"oá", "óa"},
                                                                              {"oà", "òa"},
                                                                              {"oả", "ỏa"},
                                                                              {"oã", "õa"},
                                                                              {"oạ", "ọa"},
                                                                              {"oé", "óe"},
                                                                              {"oè", "òe"},
                                                                              {"oẻ", "ỏe"},
                                                                              {"oẽ", "õe"},
                                                                              {"oẹ", "ọe"},
                                                                              {"uý", "úy"},
                                                                              {"uỳ", "ùy"},
                                                                              {"uỷ", "ủy"},
                                                                              {"uỹ", "ũy"},
                                                                              {"uỵ", "ụy"}}};
  if (syllable.starts_with("qu")) return syllable;
  for (const auto& [new_rule, old_rule] : kPairs) {
    if (!syllable.ends_with(new_rule)) continue;
    const std::string head = syllable.substr(0, syllable.size() - std::string(new_rule).size());
    return head + old_rule;
  }
  return syllable;
}

/// Where marks and tones go.
struct Order {
  bool bar_at_end = false;
  bool marks_at_end = false;
  bool tone_at_vowel = false;  // right after the vowel that bears it
  bool tone_before_marks = false;
  bool one_horn = false;  // one key for both horns of ươ
};

std::vector<Order> orders() {
  std::vector<Order> all;
  all.reserve(32);
  for (int bits = 0; bits < 32; ++bits) {
    all.push_back(
        {(bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0, (bits & 8) != 0, (bits & 16) != 0});
  }
  return all;
}

class Typist {
 public:
  Typist(TypingMethod method, Order order) : method_(method), order_(order) {}

  [[nodiscard]] std::string keys(const std::vector<Piece>& pieces) const {
    std::string now;
    std::string marks;
    std::string tone;
    bool horned = false;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      const Piece& piece = pieces[i];
      now += piece.base;
      if (is_second_o(pieces, i)) now += "o";  // oo would be ô, so ooo is oo
      const bool skipped = piece.mark == '+' && order_.one_horn && is_horned_u(pieces, i);
      if (piece.mark != 0 && !skipped) {
        const bool late = piece.mark == '-' ? order_.bar_at_end : order_.marks_at_end;
        const bool again = late && piece.mark == '+' && horned;
        if (!again) (late ? marks : now) += key_of(piece);
        horned = horned || piece.mark == '+';
      }
      if (piece.tone != 0) (order_.tone_at_vowel ? now : tone) += tone_key(piece.tone);
    }
    return now + (order_.tone_before_marks ? tone + marks : marks + tone);
  }

 private:
  [[nodiscard]] bool is_second_o(const std::vector<Piece>& pieces, std::size_t i) const {
    return method_ == TypingMethod::kTelex && i > 0 && pieces[i].base == "o" &&
           pieces[i - 1].base == "o";
  }

  static bool is_horned_u(const std::vector<Piece>& pieces, std::size_t i) {
    return pieces[i].base == "u" && i + 1 < pieces.size() && pieces[i + 1].mark == '+';
  }

  [[nodiscard]] std::string key_of(const Piece& piece) const {
    const bool telex = method_ == TypingMethod::kTelex;
    switch (piece.mark) {
      case '^':
        return telex ? piece.base : "6";
      case '+':
        return telex ? "w" : "7";
      case '(':
        return telex ? "w" : "8";
      default:
        return telex ? "d" : "9";
    }
  }

  [[nodiscard]] char tone_key(char tone) const {
    if (method_ == TypingMethod::kTelex) return tone;
    return static_cast<char>('1' + std::string("sfrxj").find(tone));
  }

  TypingMethod method_;
  Order order_;
};

void type_everything(TypingMethod method) {
  const std::vector<std::string> list = syllables();
  ASSERT_GE(list.size(), kFewest) << "is hunspell-vi installed? " << kList;
  std::size_t wrong = 0;
  for (const std::string& syllable : list) {
    const std::vector<Piece> pieces = pieces_of(syllable);
    std::set<std::string> tried;
    for (const Order& order : orders()) {
      const std::string keys = Typist(method, order).keys(pieces);
      if (!tried.insert(keys).second) continue;
      const std::string by_new = compose(keys, method, TonePlacement::kNew);
      const std::string by_old = compose(keys, method, TonePlacement::kOld);
      if (by_new == syllable && by_old == by_old_rule(syllable)) continue;
      if (++wrong <= 40) {
        ADD_FAILURE() << keys << " gave " << by_new << " and " << by_old << ", not " << syllable
                      << " and " << by_old_rule(syllable);
      }
    }
  }
  EXPECT_EQ(wrong, 0U);
}

TEST(EverySyllable, IsTypedInTelex) { type_everything(TypingMethod::kTelex); }

TEST(EverySyllable, IsTypedInVni) { type_everything(TypingMethod::kVni); }

TEST(EverySyllable, StaysWhatItIsWhenItsLastLetterIsErasedAndTypedAgain) {
  for (const std::string& syllable : syllables()) {
    Draft draft(TypingMethod::kLetters, TonePlacement::kNew);
    for (const char32_t letter : code_points(syllable)) draft.letter(letter);
    EXPECT_EQ(draft.text(), syllable);
    draft.erase();
    draft.letter(code_points(syllable).back());
    EXPECT_EQ(draft.text(), syllable);
  }
}

}  // namespace
}  // namespace hailong::core
