#include "documents/chart.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/numbers.h"
#include "documents/chart_style.h"

namespace hailong::documents {
namespace {

constexpr double kLabelSize = 10;
constexpr double kGap = 4;  // between a text and what it belongs to
constexpr double kWidestBar = points(15);
constexpr double kDot = 2;  // radius of a point on a line
constexpr std::uint32_t kInk = 0x222B36;
constexpr std::uint32_t kMuted = 0x3F4C5C;

void set_colour(cairo_t* cairo, std::uint32_t rgb) {
  const auto part = [&](unsigned shift) {
    return static_cast<double>((rgb >> shift) & 0xFF) / 255;
  };
  cairo_set_source_rgb(cairo, part(16), part(8), part(0));
}

TextStyle label(Align align, bool bold = false) {
  TextStyle style{kLabelSize, bold};
  style.align = align;
  return style;
}

class ChartDrawing {
 public:
  ChartDrawing(const PdfPages& pages, const Chart& chart, double x, double y, double width)
      : pages_(pages), cairo_(pages.cairo()), chart_(chart), axis_(axis_of(chart)) {
    const double axis_width = text_width(core::vietnamese_count(axis_.top)) + kGap;
    left_ = x + axis_width;
    right_ = x + width;
    slot_ = (right_ - left_) / static_cast<double>(std::max<std::size_t>(1, chart.points.size()));
    label_every_ = every_how_many();
    for (std::size_t i = 0; i < chart.points.size(); ++i) {
      if (chart.points[i].value.number) last_known_ = i;
    }
    const double line = pages_.block("Ộg", 100, label(Align::kLeft)).height();
    top_ = y + 2 * line + kGap;  // the axis' name, then a value on the highest bar
    bottom_ = y + kChartHeight - categories_height() - kGap;
    name_y_ = y;
  }

  void draw() {
    cairo_save(cairo_);
    write(pages_.block(chart_.values, right_ - left_, label(Align::kLeft)), left_, name_y_, kMuted);
    draw_grid();
    if (chart_.kind == ChartKind::kBars) {
      draw_bars();
    } else {
      draw_line();
    }
    draw_baseline();
    for (std::size_t i = 0; i < chart_.points.size(); ++i) draw_words(i);
    cairo_restore(cairo_);
  }

 private:
  [[nodiscard]] double text_width(const std::string& text) const {
    return pages_.block(text, 1000, label(Align::kLeft)).text_width();
  }
  [[nodiscard]] double centre(std::size_t i) const {
    return left_ + (static_cast<double>(i) + 0.5) * slot_;
  }
  [[nodiscard]] double height_of(double value) const {
    return (bottom_ - top_) * std::min(1.0, value / static_cast<double>(axis_.top));
  }
  /// A category's name in the room that it has.
  [[nodiscard]] TextBlock category(std::size_t i) const {
    const double room = slot_ * static_cast<double>(label_every_);
    return pages_.block(chart_.points[i].category, room - kGap, label(Align::kCenter));
  }
  /// Names of bars break into lines; those of a line's many points stand at some of them only.
  [[nodiscard]] std::size_t every_how_many() const {
    double widest = 1;
    for (const ChartPoint& point : chart_.points) {
      widest = std::max(widest, text_width(point.category));
    }
    if (chart_.kind == ChartKind::kBars && slot_ > points(14)) return 1;
    return static_cast<std::size_t>(std::ceil((widest + kGap) / slot_));
  }
  [[nodiscard]] double categories_height() const {
    double height = 0;
    for (std::size_t i = 0; i < chart_.points.size(); i += label_every_) {
      height = std::max(height, category(i).height());
    }
    return height;
  }

  void draw_grid() const {
    for (std::int64_t value = 0; value <= axis_.top; value += axis_.step) {
      const double y = bottom_ - height_of(static_cast<double>(value));
      set_colour(cairo_, kGridColour);
      pages_.horizontal(left_, right_, y);
      const TextBlock number =
          pages_.block(core::vietnamese_count(value), 100, label(Align::kRight));
      set_colour(cairo_, kMuted);
      pages_.draw(number, left_ - kGap - 100, y - number.height() / 2);
    }
  }

  void draw_baseline() const {
    set_colour(cairo_, kInk);
    pages_.horizontal(left_, right_, bottom_);
  }

  void draw_bars() const {
    const double width = std::min(kWidestBar, slot_ * 0.62);
    for (std::size_t i = 0; i < chart_.points.size(); ++i) {
      const auto value = figure_of(chart_.points[i].value);
      if (!value) continue;
      const double height = height_of(*value);
      set_colour(cairo_, colour_of(chart_, i));
      cairo_rectangle(cairo_, centre(i) - width / 2, bottom_ - height, width, height);
      cairo_fill(cairo_);
    }
  }

  /// Interrupted where a figure is missing.
  void draw_line() const {
    set_colour(cairo_, kChartColour);
    cairo_set_line_width(cairo_, 1.5);
    cairo_set_line_join(cairo_, CAIRO_LINE_JOIN_ROUND);
    bool joined = false;
    for (std::size_t i = 0; i < chart_.points.size(); ++i) {
      const auto value = figure_of(chart_.points[i].value);
      if (value) {
        const double y = bottom_ - height_of(*value);
        joined ? cairo_line_to(cairo_, centre(i), y) : cairo_move_to(cairo_, centre(i), y);
      }
      joined = value.has_value();
    }
    cairo_stroke(cairo_);
    for (std::size_t i = 0; i < chart_.points.size(); ++i) {
      if (const auto value = figure_of(chart_.points[i].value)) {
        cairo_arc(cairo_, centre(i), bottom_ - height_of(*value), kDot, 0, 2 * std::numbers::pi);
        cairo_fill(cairo_);
      }
    }
  }

  void write(const TextBlock& block, double x, double y, std::uint32_t colour) const {
    const PdfPages::Element tag(pages_, "Span");
    set_colour(cairo_, colour);
    pages_.draw(block, x, y);
  }

  /// The line comes down to this point, so that its figure stands below it.
  [[nodiscard]] bool comes_down(std::size_t i) const {
    if (chart_.kind != ChartKind::kLine || i == 0) return false;
    const auto value = figure_of(chart_.points[i].value);
    const auto before = figure_of(chart_.points[i - 1].value);
    return value && before && *before > *value && height_of(*value) > 2 * kLabelSize;
  }

  /// The category of a point and its value, one after the other as they are read aloud.
  void draw_words(std::size_t i) const {
    if (i % label_every_ == 0) {
      const double room = slot_ * static_cast<double>(label_every_);
      write(category(i), centre(i) - room / 2 + kGap / 2, bottom_ + kGap, kInk);
    }
    const Cell& cell = chart_.points[i].value;
    const auto value = figure_of(cell);
    const bool fits = text_width(cell.text) <= slot_;
    if (!fits && i != last_known_) return;
    const TextBlock words = pages_.block(cell.text, 200, label(Align::kCenter, value.has_value()));
    // The last figure may be wider than its slot: it ends where the chart does.
    const double x = std::min(centre(i), right_ - words.text_width() / 2);
    const double over = value ? height_of(*value) : 0;
    const double clear = chart_.kind == ChartKind::kLine ? kDot + 1 : 1;
    const double y = bottom_ - over;
    write(words, x - 100, comes_down(i) ? y + clear : y - clear - words.height(),
          value ? kInk : kMuted);
  }

  const PdfPages& pages_;
  cairo_t* cairo_;
  const Chart& chart_;
  ValueAxis axis_;
  double left_ = 0;  // of the plot, as are these
  double right_ = 0;
  double top_ = 0;
  double bottom_ = 0;
  double name_y_ = 0;
  double slot_ = 0;  // width of a category
  std::size_t label_every_ = 1;
  std::size_t last_known_ = 0;  // the last point with a figure
};

}  // namespace

void draw_chart(const PdfPages& pages, const Chart& chart, double x, double y, double width) {
  ChartDrawing(pages, chart, x, y, width).draw();
}

}  // namespace hailong::documents
