#pragma once

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include <memory>
#include <string>
#include <vector>

#include "core/result.h"
#include "documents/layout.h"
#include "documents/report.h"

/// Text, lines and pages of a PDF. Lengths are points from the page's upper left corner.

namespace hailong::documents {

constexpr double points(double millimetres) { return millimetres * 72 / 25.4; }

template <auto kFree>
struct FreeWith {
  template <typename T>
  void operator()(T* object) const {
    kFree(object);
  }
};

struct TextStyle {
  double size = layout::kBodySize;
  bool bold = false;
  bool italic = false;
  Align align = Align::kLeft;
  bool justified = false;
  double first_line = 0;    // indent
  double line_spacing = 1;  // of the font's own
};

/// A text broken into lines of one width.
class TextBlock {
 public:
  TextBlock(PangoContext* context, const std::string& text, double width, const TextStyle& style);

  struct Line {
    PangoLayoutLine* line;  // the layout's
    double x;
    double baseline;  // below the block's upper edge, as are these
    double top;
    double bottom;
  };
  [[nodiscard]] const std::vector<Line>& lines() const { return lines_; }
  [[nodiscard]] double height() const { return lines_.empty() ? 0 : lines_.back().bottom; }
  /// Of the widest line.
  [[nodiscard]] double text_width() const;

 private:
  std::unique_ptr<PangoLayout, FreeWith<g_object_unref>> layout_;
  std::vector<Line> lines_;
};

/// A growing PDF and the place on its last page where writing goes on.
class PdfPages {
 public:
  static core::Result<std::unique_ptr<PdfPages>> start(const Report& report);

  [[nodiscard]] TextBlock block(const std::string& text, double width,
                                const TextStyle& style) const {
    return {context_.get(), text, width, style};
  }
  void draw(const TextBlock::Line& line, double x, double top) const;
  void draw(const TextBlock& block, double x, double top) const;
  void horizontal(double from_x, double to_x, double y) const;
  void vertical(double x, double from_y, double to_y) const;
  void fill_grey(double x, double y, double width, double height) const;
  /// For what is drawn rather than written; leave its state as it was.
  [[nodiscard]] cairo_t* cairo() const { return cairo_.get(); }

  [[nodiscard]] double y() const { return y_; }
  void move_to(double y) { y_ = y; }
  [[nodiscard]] double left_over() const;  // height from y() to the lower margin
  [[nodiscard]] bool at_top() const { return y_ <= points(layout::kTop); }
  void new_page();
  /// A new page unless `height` still fits on this one.
  void need(double height) {
    if (left_over() < height && !at_top()) new_page();
  }
  /// A bookmark to this place.
  void bookmark(const std::string& title) const;

  /// While it lives, what is drawn belongs to an element of the document's structure, by which
  /// screen readers go: "H1", "P", "Table" … They nest, and only the outermost may hold a change of
  /// page; what is drawn in that one alone, such as a page's number, is read by nobody.
  class Element {
   public:
    Element(const PdfPages& pages, const char* name) : cairo_(pages.cairo_.get()), name_(name) {
      cairo_tag_begin(cairo_, name_, nullptr);
    }
    Element(const Element&) = delete;
    Element& operator=(const Element&) = delete;
    ~Element() { cairo_tag_end(cairo_, name_); }

   private:
    cairo_t* cairo_;
    const char* name_;
  };

  /// The whole document. Nothing may be drawn afterwards. Errors: kIo.
  core::Result<std::string> finish();

 private:
  explicit PdfPages(const Report& report);
  void begin_page();
  void draw_marks() const;  // of a provisional report
  /// Line 0 or 1 of the lower margin.
  void draw_foot(const std::string& text, bool bold, int line) const;

  std::string bytes_;
  bool provisional_;
  std::string footer_;
  std::unique_ptr<PangoFontMap, FreeWith<g_object_unref>> fonts_;
  std::unique_ptr<PangoContext, FreeWith<g_object_unref>> context_;
  std::unique_ptr<cairo_surface_t, FreeWith<cairo_surface_destroy>> surface_;
  std::unique_ptr<cairo_t, FreeWith<cairo_destroy>> cairo_;
  int page_ = 0;
  double y_ = 0;
};

}  // namespace hailong::documents
