#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "kiosk/screens/sheet.h"

/// What the pages of staff mode are made of; for this folder's .cc files only.

namespace hailong::kiosk::screens {

/// What staff tap is at least 12 mm: they are trained, and want to see much at a time.
float staff_target(const design::Metrics& metrics);

inline constexpr const char* kNoBreakSpace = "\u00A0";

/// Text with its compounds kept together, and each number with its unit.
std::string bound(const Texts& texts, std::string_view text);

/// A stretch of a block that is never broken.
struct Piece {
  float height = 0;
  float gap = 0;           // to what stands above it
  float grows = 0;         // by how much it may be higher, where there is room
  bool with_next = false;  // does not end a column
  bool opens = false;      // begins a block
  std::function<void(Sheet&, const Rect&)> put;
  std::shared_ptr<const Piece> head;  // put above it once more where it begins a column
};

/// The colour of words that say a state.
design::Colour tone_colour(const design::Theme& theme, staff::Tone tone);

/// Height of a text that may have as many lines as it needs.
float height_in(const Sheet& sheet, TextRole role, std::string_view text, float width);

/// A thin line along the bottom of `rect`.
void hairline(Sheet& sheet, const Rect& rect);

/// The heading and the rows of a table.
std::vector<Piece> pieces_of_table(const Sheet& sheet, const staff::Table& table, float width);

/// A block in a column of `width` pixels, as pieces from the top.
std::vector<Piece> pieces_of(const Sheet& sheet, const staff::Block& block, float width);

/// A button of staff mode's header, footer or pads.
Item& staff_button(Sheet& sheet, const Rect& rect, std::string_view text, flow::Event event,
                   staff::Button::Kind kind);

// Where something is typed.

bool is_on_keyboard(const staff::Input& input);

/// Puts what `screen` asks for into the bottom or the right of `area`, and cuts that off it: the
/// rest is for blocks. With a keyboard there may be nothing left.
void put_input(Sheet& sheet, const flow::Staff& screen, Rect& area);

/// The wide keys of a keyboard that a lying panel has in its footer, `cells` being where.
inline constexpr std::size_t kWideKeys = 3;
void put_wide_keys(Sheet& sheet, const flow::Staff& screen, std::span<const Rect> cells);

/// The test of touch, keys and scanner over the whole of `area`.
void put_parts(Sheet& sheet, const flow::Staff& screen, Rect area);

/// Blocks laid into a page, which may need several sheets.
class Layout {
 public:
  /// One column, or two where `area` is wide enough for that, below the choices that come first.
  /// Lists with many columns get most of the width, with everything else beside them.
  Layout(const Sheet& sheet, const std::vector<staff::Block>& blocks, const Rect& area);

  [[nodiscard]] int sheets() const { return sheets_; }
  /// False when not even one stretch of a block has room.
  [[nodiscard]] bool fits() const { return fits_; }
  void put(Sheet& sheet, int number) const;

 private:
  using Column = std::vector<Piece>;
  struct Lane {
    Rect area;
    std::vector<Column> columns;  // one a sheet
  };

  void lay_in_turn(const Sheet& sheet, std::vector<const staff::Block*> blocks, Rect area);
  void lay_beside(const Sheet& sheet, const std::vector<const staff::Block*>& blocks,
                  const Rect& area);

  Rect top_area_;
  Column top_;  // on every sheet
  std::vector<Lane> lanes_;
  int sheets_ = 1;
  bool fits_ = true;
};

}  // namespace hailong::kiosk::screens
