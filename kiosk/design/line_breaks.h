#pragma once

#include <string_view>
#include <vector>

struct ImFont;

/// Where the lines of a text end. For text.cc.

namespace hailong::kiosk::design {

/// Measured once, then broken at any width without looking at the characters again: Inter has no
/// kerning in ImGui, so widths add up.
class LineBreaker {
 public:
  /// Tears words that are wider than `width`. `text` must outlive the breaker.
  LineBreaker(const ImFont& font, std::string_view text, float width);

  /// Whether a word had to be torn.
  [[nodiscard]] bool torn() const { return torn_; }

  /// Fills one line after the other.
  [[nodiscard]] std::vector<std::string_view> filled() const;

  /// As few lines as filled() has, as even as possible.
  [[nodiscard]] std::vector<std::string_view> even() const;

 private:
  struct Word {
    std::size_t begin = 0;
    std::size_t end = 0;
    float gap = 0;  // of the spaces before it
    float width = 0;
    bool starts_line = false;
  };
  struct Count {
    std::size_t lines = 0;
    float widest = 0;
  };

  void read(const ImFont& font);
  void end_word();
  [[nodiscard]] Count count(float width) const;
  [[nodiscard]] std::vector<std::string_view> lines(float width) const;
  /// Calls `line(first, last, width)` for each line, with the places of its words.
  template <typename Each>
  void walk(float width, Each line) const;

  const std::string_view text_;
  const float width_;
  Word word_;  // being read
  std::vector<Word> words_;
  bool torn_ = false;
};

/// Bytes of the longest beginning of `text` that is no wider than `width`.
std::size_t fitting_front(const ImFont& font, std::string_view text, float width);

}  // namespace hailong::kiosk::design
