#include <gtest/gtest.h>
#include <utf8proc.h>

#include <string>

#include "core/text.h"
#include "core/vietnamese.h"
#include "tests/property.h"

namespace hailong::core {
namespace {

Draft telex(int most = 500) { return {TypingMethod::kTelex, TonePlacement::kOld, most}; }
Draft letters() { return {TypingMethod::kLetters, TonePlacement::kOld}; }

void type(Draft& draft, std::string_view keys) {
  for (const char32_t key : code_points(keys)) draft.type(key);
}

std::string typed(Draft draft, std::string_view keys) {
  type(draft, keys);
  return draft.text();
}

TEST(Draft, BeginsEmpty) {
  const Draft draft = telex(20);
  EXPECT_TRUE(draft.empty());
  EXPECT_EQ(draft.text(), "");
  EXPECT_EQ(draft.characters(), 0);
  EXPECT_EQ(draft.left(), 20);
  EXPECT_EQ(draft.method(), TypingMethod::kTelex);
}

TEST(Draft, ComposesWordByWord) {
  EXPECT_EQ(typed(telex(), "Cans booj raats tieejn, cos 2 quaayf!\nChowf laau."),
            "Cán bộ rất tiện, có 2 quầy!\nChờ lâu.");
}

TEST(Draft, ShowsAnAddressAsTypedFromItsAtSignOn) {
  Draft draft = telex();
  type(draft, "thuw toans");
  EXPECT_EQ(draft.text(), "thư toán");
  type(draft, "@");
  EXPECT_EQ(draft.text(), "thư toans@");
  type(draft, "nams.vn");
  EXPECT_EQ(draft.text(), "thư toans@nams.vn");
  type(draft, " nams");
  EXPECT_EQ(draft.text(), "thư toans@nams.vn nám");
  for (int i = 0; i < 11; ++i) draft.erase();
  EXPECT_EQ(draft.text(), "thư toans@");
  draft.erase();
  EXPECT_EQ(draft.text(), "thư toans");
}

TEST(Draft, CountsWhatPeopleSee) {
  Draft draft = telex(6);
  type(draft, "dduowngf");
  EXPECT_EQ(draft.characters(), 5);
  EXPECT_EQ(draft.left(), 1);
}

TEST(Draft, TakesNoMoreThanItMayButStillTones) {
  Draft draft = telex(3);
  type(draft, "hoaf");
  EXPECT_EQ(draft.text(), "hòa");
  EXPECT_EQ(draft.left(), 0);
  type(draft, " xin\n");
  EXPECT_EQ(draft.text(), "hòa");
  draft.tone(Tone::kHook);
  EXPECT_EQ(draft.text(), "hỏa");
  draft.erase();
  type(draft, "s");
  EXPECT_EQ(draft.text(), "hó");
  Draft full = telex(4);
  type(full, "toans@");  // the address would need six
  EXPECT_EQ(full.text(), "toán");
}

TEST(Draft, ErasesWhatIsDisplayed) {
  Draft draft = telex();
  type(draft, "dduowngf");
  for (const char* left : {"đườn", "đườ", "đư", "đ", "", ""}) {
    draft.erase();
    EXPECT_EQ(draft.text(), left);
  }
  EXPECT_TRUE(draft.empty());
}

TEST(Draft, GoesOnSensiblyAfterErasing) {
  const auto after = [](std::string_view keys, int erased, std::string_view more) {
    Draft draft = telex();
    type(draft, keys);
    for (int i = 0; i < erased; ++i) draft.erase();
    return typed(draft, more);
  };
  EXPECT_EQ(after("dduowngf", 1, "g"), "đường");
  EXPECT_EQ(after("dduowngf", 1, "s"), "đướn");
  EXPECT_EQ(after("dduowngf", 2, "cj"), "được");
  EXPECT_EQ(after("hoaf", 1, "ang"), "hoàng");
  EXPECT_EQ(after("aan", 1, "a"), "aa");
  EXPECT_EQ(after("uwown", 1, "w"), "uow");
  EXPECT_EQ(after("uwon", 1, "w"), "uow");
  EXPECT_EQ(after("toans", 1, "i"), "toái");
  EXPECT_EQ(after("toans", 1, "f"), "tòa");
  EXPECT_EQ(after("windows", 2, "ws"), "windows");
  EXPECT_EQ(after("ass", 1, "s"), "á");
  EXPECT_EQ(after("hoaf ", 1, "s"), "hóa");
  EXPECT_EQ(after("hoaf,b", 2, "s"), "hóa");
  EXPECT_EQ(after("tieengs Vieetj", 3, "ieetj"), "tiếng Việt");
}

TEST(Draft, KeepsTheToneInItsPlaceUntilTheNextKey) {
  Draft draft = telex();
  type(draft, "toans");
  draft.erase();
  EXPECT_EQ(draft.text(), "toá");  // what was displayed, less its last character
  type(draft, "s");
  EXPECT_EQ(draft.text(), "toas");
}

TEST(Draft, TakesLettersAndTonesByTap) {
  Draft draft = letters();
  type(draft, "đương");
  draft.tone(Tone::kGrave);
  EXPECT_EQ(draft.text(), "đường");
  draft.tone(Tone::kAcute);
  EXPECT_EQ(draft.text(), "đướng");
  draft.tone(Tone::kAcute);
  EXPECT_EQ(draft.text(), "đương");
  draft.tone(Tone::kDot);
  draft.tone(Tone::kNone);
  EXPECT_EQ(draft.text(), "đương");
}

TEST(Draft, MovesATappedToneToWhereItBelongs) {
  const auto early = [](std::string_view before, Tone tone, std::string_view after) {
    Draft draft = letters();
    type(draft, before);
    draft.tone(tone);
    return typed(draft, after);
  };
  EXPECT_EQ(early("ti", Tone::kAcute, "êng"), "tiếng");
  EXPECT_EQ(early("hoa", Tone::kGrave, "ng"), "hoàng");
  EXPECT_EQ(early("gi", Tone::kGrave, "a"), "già");
  EXPECT_EQ(early("qu", Tone::kAcute, "y"), "quý");
  EXPECT_EQ(early("khách", Tone::kAcute, " hàng"), "khach hàng");
  EXPECT_EQ(early("a", Tone::kAcute, "z"), "áz");
}

TEST(Draft, SetsATappedToneOnTheLastSyllable) {
  Draft draft = letters();
  type(draft, "xin chao");
  draft.tone(Tone::kGrave);
  EXPECT_EQ(draft.text(), "xin chào");
  type(draft, " ");
  draft.tone(Tone::kAcute);
  EXPECT_EQ(draft.text(), "xin chào ");
  type(draft, "UY");
  draft.tone(Tone::kHook);
  EXPECT_EQ(draft.text(), "xin chào ỦY");
  Draft unmarked = letters();
  type(unmarked, "duong");
  unmarked.tone(Tone::kGrave);
  EXPECT_EQ(unmarked.text(), "duòng");
  Draft none = letters();
  none.tone(Tone::kAcute);
  EXPECT_TRUE(none.empty());
}

TEST(Draft, FollowsTheNewRuleToo) {
  Draft draft(TypingMethod::kLetters, TonePlacement::kNew);
  type(draft, "hoa");
  draft.tone(Tone::kGrave);
  EXPECT_EQ(draft.text(), "hoà");
}

TEST(Draft, MixesTapsAndKeys) {
  Draft draft = telex();
  type(draft, "d");
  draft.letter(U'ư');
  type(draft, "owng");
  draft.tone(Tone::kGrave);
  EXPECT_EQ(draft.text(), "dường");
  type(draft, "d");
  EXPECT_EQ(draft.text(), "đường");
  draft.letter(U'.');
  draft.letter(U' ');
  type(draft, "đ");
  EXPECT_EQ(draft.text(), "đường. đ");
}

TEST(Draft, SwitchesMethodsWithoutChangingTheText) {
  Draft draft = telex();
  type(draft, "tieengs as");
  for (const TypingMethod method :
       {TypingMethod::kVni, TypingMethod::kLetters, TypingMethod::kTelex, TypingMethod::kTelex}) {
    draft.use(method);
    EXPECT_EQ(draft.text(), "tiếng á");
    EXPECT_EQ(draft.method(), method);
  }
  draft.use(TypingMethod::kVni);
  type(draft, "2");
  EXPECT_EQ(draft.text(), "tiếng à");
  draft.use(TypingMethod::kLetters);
  type(draft, "s");
  EXPECT_EQ(draft.text(), "tiếng às");
}

TEST(Draft, StoresComposedTextOnly) {
  Draft draft = letters();
  type(draft, "a\xCC\x81");  // a, combining acute
  EXPECT_EQ(draft.text(), "á");
  EXPECT_EQ(draft.characters(), 1);
  draft.erase();
  EXPECT_TRUE(draft.empty());
}

TEST(Draft, IgnoresWhatCannotBeWritten) {
  Draft draft = telex();
  for (const char32_t key : {U'\0', U'\t', U'\r', U'\x7F', U'\u202E', U'\uFFFF'}) draft.type(key);
  for (const std::uint32_t key : {0xD800U, 0x110000U, 0xFFFFFFFFU}) {
    draft.type(static_cast<char32_t>(key));
    draft.letter(static_cast<char32_t>(key));
  }
  EXPECT_TRUE(draft.empty());
}

TEST(Draft, IsAValue) {
  Draft one = telex();
  type(one, "hoaf");
  Draft other = one;
  EXPECT_EQ(one, other);
  other.erase();
  EXPECT_NE(one, other);
  EXPECT_EQ(one.text(), "hòa");
}

/// Keys as people and cats press them: mostly those that compose.
rc::Gen<char32_t> any_key() {
  return rc::gen::weightedOneOf<char32_t>(
      {{12, rc::gen::elementOf(std::u32string(U"aeiouydwsfrxjzngchtbkpqmlvAEOUDWSF"))},
       {4, rc::gen::elementOf(std::u32string(U"0123456789"))},
       {3, rc::gen::elementOf(std::u32string(U" .,@:/-\n"))},
       {3, rc::gen::elementOf(std::u32string(U"đâăêôơưĐƯáệ\u0301\u0323\u0302"))},
       {1, rc::gen::cast<char32_t>(rc::gen::inRange(0, 0x110100))}});
}

rc::Gen<Draft> any_draft() {
  return rc::gen::apply(
      [](const std::vector<char32_t>& keys, int method, int placement) {
        Draft draft(static_cast<TypingMethod>(method), static_cast<TonePlacement>(placement), 60);
        for (const char32_t key : keys) {
          if (key % 29 == 0) draft.erase();
          if (key % 31 == 0) draft.tone(static_cast<Tone>(key % 6));
          if (key % 97 == 0) draft.use(static_cast<TypingMethod>(key % 3));
          draft.type(key);
        }
        return draft;
      },
      rc::gen::container<std::vector<char32_t>>(any_key()), rc::gen::inRange(0, 3),
      rc::gen::inRange(0, 2));
}

TEST(Draft, IsAlwaysComposedAndWithinItsLimit) {
  HAILONG_PROPERTY("valid NFC of at most 60 characters", [] {
    const Draft draft = *any_draft();
    const std::string text = draft.text();
    RC_ASSERT(utf8(code_points(text)) == text);
    RC_ASSERT(to_nfc(text) == text);
    RC_ASSERT(draft.characters() == characters(code_points(text)));
    RC_ASSERT(draft.characters() + draft.left() == 60);
    RC_ASSERT(draft.left() >= 0);
    RC_ASSERT(draft.empty() == text.empty());
  });
}

TEST(Draft, ErasesExactlyOneCharacter) {
  HAILONG_PROPERTY("erase is the text without its last character", [] {
    Draft draft = *any_draft();
    const std::u32string before = code_points(draft.text());
    draft.erase();
    RC_ASSERT(draft.text() == utf8(without_last_character(before)));
  });
}

TEST(Draft, KeepsItsTextWhateverTheMethod) {
  HAILONG_PROPERTY("use() changes no text", [] {
    Draft draft = *any_draft();
    const std::string before = draft.text();
    draft.use(static_cast<TypingMethod>(*rc::gen::inRange(0, 3)));
    RC_ASSERT(draft.text() == before);
  });
}

TEST(Draft, TakesBackATappedTone) {
  HAILONG_PROPERTY("the same tone twice is no tone", [] {
    Draft draft = *any_draft();
    draft.tone(Tone::kNone);
    const std::string before = draft.text();
    const auto tone = static_cast<Tone>(*rc::gen::inRange(1, 6));
    draft.tone(tone);
    draft.tone(tone);
    RC_ASSERT(draft.text() == before);
  });
}

}  // namespace
}  // namespace hailong::core
