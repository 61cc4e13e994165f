#include "core/phone.h"
#include "core/text.h"
#include "kiosk/flow/steps.h"

/// The screens with a keyboard for words and contact data.

namespace hailong::kiosk::flow {
namespace {

constexpr std::size_t kLongestPhone = 20;

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \n") == std::string_view::npos;
}

bool belongs_to_phone(char32_t character) {
  return (character >= U'0' && character <= U'9') || character == U'+' || character == U' ' ||
         character == U'.' || character == U'-';
}

}  // namespace

void type_into(core::Draft& draft, Keyboard& keyboard, char32_t character) {
  draft.type(keyboard.capitals ? core::capital(character) : character);
  keyboard.capitals = false;
}

core::TypingMethod next_method(core::TypingMethod method) {
  switch (method) {
    case core::TypingMethod::kLetters:
      return core::TypingMethod::kTelex;
    case core::TypingMethod::kTelex:
      return core::TypingMethod::kVni;
    case core::TypingMethod::kVni:
      break;
  }
  return core::TypingMethod::kLetters;
}

Left leave(const Words& screen, const Context& /*at*/) {
  std::string text = screen.draft.text();
  if (is_blank(text)) return {screen.visit, std::nullopt};
  Left left{screen.visit, NewWords{screen.visit.rating, std::move(text)}};
  left.visit.wrote = true;
  return left;
}

Left leave(const Contact& screen, const Context& /*at*/) {
  const auto phone = core::vietnamese_phone(screen.phone);
  if (!screen.agreed || !phone) return {screen.visit, std::nullopt};
  return {screen.visit, NewContact{screen.visit.rating, screen.name.text(), *phone}};
}

Moved on(const Words& screen, const CharacterTapped& tap, const Context& at) {
  Words next = renewed(screen, at);
  type_into(next.draft, next.keyboard, tap.character);
  return to(std::move(next));
}

Moved on(const Words& screen, const EraseTapped& /*tap*/, const Context& at) {
  Words next = renewed(screen, at);
  next.draft.erase();
  return to(std::move(next));
}

Moved on(const Words& screen, const ToneTapped& tap, const Context& at) {
  Words next = renewed(screen, at);
  next.draft.tone(tap.tone);
  return to(std::move(next));
}

Moved on(const Words& screen, const CapitalsTapped& /*tap*/, const Context& at) {
  Words next = renewed(screen, at);
  next.keyboard.capitals = !next.keyboard.capitals;
  return to(std::move(next));
}

Moved on(const Words& screen, const SymbolsTapped& /*tap*/, const Context& at) {
  Words next = renewed(screen, at);
  next.keyboard.symbols = !next.keyboard.symbols;
  return to(std::move(next));
}

Moved on(const Words& screen, const MethodTapped& /*tap*/, const Context& at) {
  Words next = renewed(screen, at);
  next.draft.use(next_method(next.draft.method()));
  return to(std::move(next));
}

/// "Không gửi": the resident takes the words back.
Moved on(const Words& screen, const BackTapped& /*tap*/, const Context& at) {
  return to(more(screen.visit, at));
}

Moved on(const Contact& screen, const LineTapped& tap, const Context& at) {
  Contact next = renewed(screen, at);
  next.line = tap.line;
  next.keyboard = {};
  return to(std::move(next));
}

Moved on(const Contact& screen, const CharacterTapped& tap, const Context& at) {
  Contact next = renewed(screen, at);
  next.asked_to_mend = false;
  if (next.line == Contact::Line::kName) {
    type_into(next.name, next.keyboard, tap.character);
  } else if (belongs_to_phone(tap.character) && next.phone.size() < kLongestPhone) {
    next.phone.push_back(static_cast<char>(tap.character));
  }
  return to(std::move(next));
}

Moved on(const Contact& screen, const EraseTapped& /*tap*/, const Context& at) {
  Contact next = renewed(screen, at);
  next.asked_to_mend = false;
  if (next.line == Contact::Line::kName) {
    next.name.erase();
  } else if (!next.phone.empty()) {
    next.phone.pop_back();
  }
  return to(std::move(next));
}

Moved on(const Contact& screen, const ToneTapped& tap, const Context& at) {
  if (screen.line != Contact::Line::kName) return std::nullopt;
  Contact next = renewed(screen, at);
  next.name.tone(tap.tone);
  return to(std::move(next));
}

Moved on(const Contact& screen, const CapitalsTapped& /*tap*/, const Context& at) {
  Contact next = renewed(screen, at);
  next.keyboard.capitals = !next.keyboard.capitals;
  return to(std::move(next));
}

Moved on(const Contact& screen, const SymbolsTapped& /*tap*/, const Context& at) {
  Contact next = renewed(screen, at);
  next.keyboard.symbols = !next.keyboard.symbols;
  return to(std::move(next));
}

Moved on(const Contact& screen, const MethodTapped& /*tap*/, const Context& at) {
  Contact next = renewed(screen, at);
  next.name.use(next_method(next.name.method()));
  return to(std::move(next));
}

Moved on(const Contact& screen, const ConsentTapped& /*tap*/, const Context& at) {
  Contact next = renewed(screen, at);
  next.agreed = !next.agreed;
  next.asked_to_mend = false;
  return to(std::move(next));
}

Moved on(const Contact& screen, const NextTapped& /*tap*/, const Context& at) {
  Left left = leave(screen, at);
  if (left.entry) return Step{more(std::move(left.visit), at), std::move(left.entry)};
  Contact next = renewed(screen, at);
  next.asked_to_mend = true;
  return to(std::move(next));
}

/// "Không gửi": nothing of it is kept.
Moved on(const Contact& screen, const BackTapped& /*tap*/, const Context& at) {
  return to(more(screen.visit, at));
}

}  // namespace hailong::kiosk::flow
