#include "kiosk/design/line_breaks.h"

#include <imgui.h>
#include <imgui_internal.h>

#include <algorithm>

namespace hailong::kiosk::design {
namespace {

struct Character {
  std::size_t bytes = 1;
  float width = 0;
};

Character character_at(const ImFont& font, std::string_view text, std::size_t at) {
  unsigned int code = 0;
  const char* from = text.data() + at;
  const int bytes = ImTextCharFromUtf8(&code, from, text.data() + text.size());
  const unsigned int drawn = code <= IM_UNICODE_CODEPOINT_MAX ? code : IM_UNICODE_CODEPOINT_INVALID;
  return {static_cast<std::size_t>(std::max(1, bytes)),
          font.GetCharAdvance(static_cast<ImWchar>(drawn))};
}

}  // namespace

LineBreaker::LineBreaker(const ImFont& font, std::string_view text, float width)
    : text_(text), width_(width) {
  read(font);
}

void LineBreaker::read(const ImFont& font) {
  const float space = font.GetCharAdvance(' ');
  for (std::size_t at = 0; at < text_.size();) {
    const char byte = text_[at];
    if (byte == ' ' || byte == '\n') {
      end_word();
      // An empty line is a word of nothing.
      if (byte == '\n' && (word_.starts_line || words_.empty())) {
        words_.push_back({at, at, 0, 0, word_.starts_line});
      }
      word_.starts_line = word_.starts_line || byte == '\n';
      word_.gap = byte == '\n' ? 0 : word_.gap + space;
      word_.begin = word_.end = ++at;
      continue;
    }
    const Character character = character_at(font, text_, at);
    if (word_.end > word_.begin && word_.width + character.width > width_) {
      end_word();
      torn_ = true;
      word_.starts_line = true;
    }
    at += character.bytes;
    word_.end = at;
    word_.width += character.width;
  }
  if (word_.starts_line || word_.end > word_.begin) words_.push_back(word_);
}

void LineBreaker::end_word() {
  if (word_.end == word_.begin) return;
  words_.push_back(word_);
  word_ = {word_.end, word_.end, 0, 0, false};
}

template <typename Each>
void LineBreaker::walk(float width, Each line) const {
  if (words_.empty()) return;
  std::size_t first = 0;
  float at = words_[0].width;
  for (std::size_t i = 1; i < words_.size(); ++i) {
    const Word& word = words_[i];
    const float longer = at + word.gap + word.width;
    if (!word.starts_line && longer <= width) {
      at = longer;
      continue;
    }
    line(first, i - 1, at);
    first = i;
    at = word.width;
  }
  line(first, words_.size() - 1, at);
}

LineBreaker::Count LineBreaker::count(float width) const {
  Count count;
  walk(width, [&count](std::size_t /*first*/, std::size_t /*last*/, float wide) {
    ++count.lines;
    count.widest = std::max(count.widest, wide);
  });
  return count;
}

std::vector<std::string_view> LineBreaker::lines(float width) const {
  std::vector<std::string_view> lines;
  walk(width, [&](std::size_t first, std::size_t last, float /*wide*/) {
    lines.push_back(text_.substr(words_[first].begin, words_[last].end - words_[first].begin));
  });
  return lines;
}

std::vector<std::string_view> LineBreaker::filled() const { return lines(width_); }

std::vector<std::string_view> LineBreaker::even() const {
  const std::size_t fewest = count(width_).lines;
  if (fewest < 2) return filled();
  // The narrowest measure that needs no more lines makes them even.
  float narrow = 0;
  float wide = width_;
  while (wide - narrow > 1) {
    const float middle = (narrow + wide) / 2;
    const Count trial = count(middle);
    const bool good = trial.lines <= fewest && trial.widest <= width_;
    (good ? wide : narrow) = middle;
  }
  return lines(wide);
}

std::size_t fitting_front(const ImFont& font, std::string_view text, float width) {
  float at = 0;
  std::size_t end = 0;
  while (end < text.size()) {
    const Character character = character_at(font, text, end);
    at += character.width;
    if (at > width) break;
    end += character.bytes;
  }
  return end;
}

}  // namespace hailong::kiosk::design
