#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/design/fonts.h"
#include "kiosk/design/theme.h"
#include "kiosk/screens/page.h"
#include "kiosk/texts.h"

/// What pages are put together with; for this folder's .cc files only.

namespace hailong::kiosk::screens {

using design::Align;
using design::Rect;
using design::TextRole;

/// Who asks.
struct Place {
  std::string unit;     // "UBND xã Phú Thái"
  std::string place;    // "Bộ phận Một cửa"
  std::string counter;  // "Quầy số 1"
};

/// A QR code ready to be drawn; no modules: none is shown.
struct Code {
  int modules = 0;
  std::vector<bool> dark;
};

/// Everything that a page depends on beside its screen.
struct View {
  const design::Metrics& metrics;
  const design::Theme& theme;
  const design::FontSet& fonts;
  const Texts& texts;
  const flow::Survey& survey;
  const Place& place;
  const flow::Preferences& preferences;
  const Photos& photos;
  const Code& later;  // the code for this visit
  bool open = true;   // whether the office is
};

float whole(float value);
Rect whole(const Rect& rect);

/// The three parts of every page. With the lower layout the header lies below, where it can be
/// reached.
struct Areas {
  Rect header;
  Rect body;
  Rect footer;
};

/// Lays `count` equal cells into `area`, in rows of at most `columns`; cells grow no higher than
/// `highest` and the whole lies in the middle.
std::vector<Rect> grid(const Rect& area, int count, int columns, float gap, float highest);

/// The number of columns with which `count` cells of at least `least` a side look best.
int columns_for(const Rect& area, int count, float gap, float least);

/// Splits a row into cells of the given relative widths.
std::vector<Rect> split(const Rect& row, std::span<const float> shares, float gap);

/// A page being put together.
class Sheet {
 public:
  explicit Sheet(const View& view);

  [[nodiscard]] const View& view() const { return view_; }
  [[nodiscard]] const Areas& areas() const { return areas_; }
  [[nodiscard]] const design::Metrics& metrics() const { return view_.metrics; }
  [[nodiscard]] const design::Theme& theme() const { return view_.theme; }
  [[nodiscard]] const std::string& text(std::string_view key) const { return view_.texts[key]; }
  [[nodiscard]] Page take() { return std::move(page_); }
  [[nodiscard]] Page& page() { return page_; }

  /// The accent-coloured bar with the unit's name and the switches.
  void header();

  /// Text that stands for itself.
  void write(TextRole role, design::Colour colour, std::string_view text, const Rect& box,
             Align align = Align::kCentre);

  /// The question of a page at the top of `area`; cuts its height off `area`. Said when the page
  /// opens.
  void title(std::string_view key, Rect& area);

  /// What the page says aloud when it opens, by the texts' keys.
  void say(std::string_view key) { page_.spoken.emplace_back(key); }

  /// A button whose text is that of `key`, which is also what it says. The sign stands before the
  /// text where there is room.
  Item& keyed(design::Skin skin, const Rect& rect, std::string_view key, flow::Event event,
              std::optional<design::Icon> icon = std::nullopt);

  /// A large tile with a sign above or beside its text; marked by a tick when chosen.
  Item& tile(const Rect& rect, std::optional<design::Icon> icon, std::string_view text,
             flow::Event event, std::string_view spoken, bool chosen = false,
             const ImFont* largest = nullptr);

  /// Where the words of a tile go.
  [[nodiscard]] Rect words_of_tile(const Rect& rect, bool has_icon) const;

  /// The largest font in which each of several texts fits a box of its own: answers to one question
  /// look alike.
  [[nodiscard]] const ImFont* common_font(std::span<const std::string> texts, float width,
                                          float height) const;

  Item& add(Item item);

  /// A button at the bottom of a follow-up page.
  struct Action {
    std::string_view key;
    flow::Event event;
    design::Skin skin = design::Skin::kButton;
    std::optional<design::Icon> icon;
  };
  /// The footer: actions around the countdown, which is itself the button for more time.
  void footer(std::span<const Action> left, const flow::Stay& stay, std::span<const Action> right);
  void time_button(const Rect& rect, const flow::Stay& stay);

  /// Buttons to turn the pages of a list, at the right of `area`, which gives way. Nothing when
  /// everything fits one page. Returns the number of the page that is shown.
  int pager(Rect& area, int count, int per_page, int page);

  [[nodiscard]] design::TextBlock fitted(TextRole role, design::Colour colour,
                                         std::string_view text, const Rect& box,
                                         Align align = Align::kCentre,
                                         const ImFont* largest = nullptr) const;

 private:
  [[nodiscard]] bool icon_lies_above(const Rect& rect) const;
  void page_button(const Rect& rect, design::Icon icon, std::string_view key, int page);
  void header_switch(const Rect& rect, design::Icon icon, flow::Preference preference,
                     std::string_view key, bool on);

  const View& view_;
  Areas areas_;
  Page page_;
};

// One function for each kind of page.
Page compose_home(const flow::Home& screen, const View& view);
Page compose_saving(const flow::Saving& screen, const View& view);
Page compose_again(const flow::ChooseAgain& screen, const View& view);
Page compose_thanks(const flow::Thanks& screen, const View& view);
Page compose_sorry(const flow::Sorry& screen, const View& view);
Page compose_reasons(const flow::Reasons& screen, const View& view);
Page compose_more(const flow::FollowUp& screen, const View& view);
Page compose_purpose(const flow::Purpose& screen, const View& view);
Page compose_questions(const flow::Questions& screen, const View& view);
Page compose_fields(const flow::Fields& screen, const View& view);
Page compose_procedures(const flow::Procedures& screen, const View& view);
Page compose_counters(const flow::Counters& screen, const View& view);
Page compose_extra_payment(const flow::ExtraPayment& screen, const View& view);
Page compose_complaints(const flow::Complaints& screen, const View& view);
Page compose_search(const flow::Search& screen, const View& view);
Page compose_words(const flow::Words& screen, const View& view);
Page compose_contact(const flow::Contact& screen, const View& view);
Page compose_staff(const flow::Staff& screen, const View& view);

}  // namespace hailong::kiosk::screens
