#include "documents/pdf_page.h"

#include <algorithm>
#include <numbers>
#include <string_view>

namespace hailong::documents {
namespace {

constexpr const char* kFamily = "Liberation Serif";
constexpr double kLineWidth = 0.5;
constexpr double kFootSize = 10;

double from_pango(int units) { return static_cast<double>(units) / PANGO_SCALE; }
int to_pango(double points) { return static_cast<int>(points * PANGO_SCALE); }

using FontDescription =
    std::unique_ptr<PangoFontDescription, FreeWith<pango_font_description_free>>;

FontDescription font_of(const TextStyle& style) {
  FontDescription font(pango_font_description_new());
  pango_font_description_set_family_static(font.get(), kFamily);
  pango_font_description_set_absolute_size(font.get(), style.size * PANGO_SCALE);
  pango_font_description_set_weight(font.get(),
                                    style.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_font_description_set_style(font.get(),
                                   style.italic ? PANGO_STYLE_ITALIC : PANGO_STYLE_NORMAL);
  return font;
}

PangoAlignment pango_align(Align align) {
  switch (align) {
    case Align::kCenter:
      return PANGO_ALIGN_CENTER;
    case Align::kRight:
      return PANGO_ALIGN_RIGHT;
    case Align::kLeft:
      break;
  }
  return PANGO_ALIGN_LEFT;
}

/// Another font in its place would change every line; so it is an error, not a surprise.
bool has_font(PangoFontMap* fonts, PangoContext* context) {
  const FontDescription wanted = font_of({});
  const std::unique_ptr<PangoFont, FreeWith<g_object_unref>> font(
      pango_font_map_load_font(fonts, context, wanted.get()));
  if (!font) return false;
  const FontDescription found(pango_font_describe(font.get()));
  return std::string_view(pango_font_description_get_family(found.get())) == kFamily;
}

cairo_status_t append(void* bytes, const unsigned char* data, unsigned int length) {
  static_cast<std::string*>(bytes)->append(data, data + length);
  return CAIRO_STATUS_SUCCESS;
}

void set_metadata(cairo_surface_t* surface, const Report& report) {
  const auto set = [&](cairo_pdf_metadata_t what, const std::string& text) {
    cairo_pdf_surface_set_metadata(surface, what, printable(text).c_str());
  };
  const std::string moment = core::to_string(report.date) + "T00:00:00+07:00";
  set(CAIRO_PDF_METADATA_TITLE, report.kind + ": " + report.subject);
  set(CAIRO_PDF_METADATA_AUTHOR, in_one_line(report.issuer));
  set(CAIRO_PDF_METADATA_CREATOR, "hailong");
  set(CAIRO_PDF_METADATA_CREATE_DATE, moment);
  set(CAIRO_PDF_METADATA_MOD_DATE, moment);
}

}  // namespace

TextBlock::TextBlock(PangoContext* context, const std::string& text, double width,
                     const TextStyle& style)
    : layout_(pango_layout_new(context)) {
  const FontDescription font = font_of(style);
  pango_layout_set_font_description(layout_.get(), font.get());
  pango_layout_set_width(layout_.get(), to_pango(width));
  pango_layout_set_wrap(layout_.get(), PANGO_WRAP_WORD_CHAR);
  pango_layout_set_alignment(layout_.get(), pango_align(style.align));
  pango_layout_set_justify(layout_.get(), style.justified ? TRUE : FALSE);
  pango_layout_set_indent(layout_.get(), to_pango(style.first_line));
  pango_layout_set_line_spacing(layout_.get(), static_cast<float>(style.line_spacing));
  const std::string clean = printable(text);
  pango_layout_set_text(layout_.get(), clean.data(), static_cast<int>(clean.size()));

  const std::unique_ptr<PangoLayoutIter, FreeWith<pango_layout_iter_free>> at(
      pango_layout_get_iter(layout_.get()));
  lines_.reserve(static_cast<std::size_t>(pango_layout_get_line_count(layout_.get())));
  do {
    PangoRectangle logical{};
    pango_layout_iter_get_line_extents(at.get(), nullptr, &logical);
    int top = 0;
    int bottom = 0;
    pango_layout_iter_get_line_yrange(at.get(), &top, &bottom);
    lines_.push_back({pango_layout_iter_get_line_readonly(at.get()), from_pango(logical.x),
                      from_pango(pango_layout_iter_get_baseline(at.get())), from_pango(top),
                      from_pango(bottom)});
  } while (pango_layout_iter_next_line(at.get()) != FALSE);
}

double TextBlock::text_width() const {
  int width = 0;
  for (const Line& line : lines_) {
    PangoRectangle logical{};
    pango_layout_line_get_extents(line.line, nullptr, &logical);
    width = std::max(width, logical.width);
  }
  return from_pango(width);
}

core::Result<std::unique_ptr<PdfPages>> PdfPages::start(const Report& report) {
  std::unique_ptr<PdfPages> pages(new PdfPages(report));
  if (!has_font(pages->fonts_.get(), pages->context_.get())) {
    return core::fail(core::Fault::kNotFound, std::string("the font ") + kFamily +
                                                  " is not installed (package fonts-liberation2)");
  }
  pages->begin_page();
  return pages;
}

PdfPages::PdfPages(const Report& report)
    : provisional_(report.provisional),
      footer_(report.footer),
      fonts_(pango_cairo_font_map_new()),
      context_(pango_font_map_create_context(fonts_.get())),
      surface_(cairo_pdf_surface_create_for_stream(&append, &bytes_, points(layout::kPageWidth),
                                                   points(layout::kPageHeight))),
      cairo_(cairo_create(surface_.get())) {
  // A point is a point: fonts are sized absolutely, and neither hinted nor moved to whole pixels.
  pango_cairo_context_set_resolution(context_.get(), 72);
  const std::unique_ptr<cairo_font_options_t, FreeWith<cairo_font_options_destroy>> options(
      cairo_font_options_create());
  cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options(context_.get(), options.get());
  pango_context_set_round_glyph_positions(context_.get(), FALSE);
  pango_context_set_language(context_.get(), pango_language_from_string("vi"));
  set_metadata(surface_.get(), report);
}

void PdfPages::begin_page() {
  ++page_;
  y_ = points(layout::kTop);
  if (provisional_) draw_marks();
  if (!footer_.empty()) draw_foot(footer_, false, 1);
  if (page_ == 1) return;
  TextStyle style{layout::kPageNumberSize};
  style.align = Align::kCenter;
  draw(block(std::to_string(page_), points(layout::kTextWidth), style), points(layout::kLeft),
       points(layout::kPageNumber));
}

void PdfPages::draw_marks() const {
  TextStyle style{84, true};
  style.align = Align::kCenter;
  const double width = points(layout::kPageHeight);
  const TextBlock mark = block(kProvisional, width, style);
  cairo_save(cairo_.get());
  cairo_translate(cairo_.get(), points(layout::kPageWidth) / 2, points(layout::kPageHeight) / 2);
  cairo_rotate(cairo_.get(), -std::numbers::pi / 4);
  cairo_set_source_rgb(cairo_.get(), 0.91, 0.91, 0.91);
  // As a shape: as text it would get between the lines that somebody selects.
  for (const TextBlock::Line& line : mark.lines()) {
    cairo_move_to(cairo_.get(), line.x - width / 2, line.baseline - mark.height() / 2);
    pango_cairo_layout_line_path(cairo_.get(), line.line);
  }
  cairo_fill(cairo_.get());
  cairo_restore(cairo_.get());
  draw_foot(std::string(kProvisional) + ": mức và điểm chỉ để tham khảo", true, 0);
}

void PdfPages::draw_foot(const std::string& text, bool bold, int line) const {
  TextStyle style{kFootSize, bold};
  style.align = Align::kCenter;
  draw(block(text, points(layout::kTextWidth), style), points(layout::kLeft),
       points(layout::kPageHeight - layout::kBottom) + points(5) + 1.3 * kFootSize * line);
}

void PdfPages::draw(const TextBlock::Line& line, double x, double top) const {
  cairo_move_to(cairo_.get(), x + line.x, top + line.baseline);
  pango_cairo_show_layout_line(cairo_.get(), line.line);
}

void PdfPages::draw(const TextBlock& block, double x, double top) const {
  for (const TextBlock::Line& line : block.lines()) draw(line, x, top);
}

void PdfPages::horizontal(double from_x, double to_x, double y) const {
  cairo_set_line_width(cairo_.get(), kLineWidth);
  cairo_move_to(cairo_.get(), from_x, y);
  cairo_line_to(cairo_.get(), to_x, y);
  cairo_stroke(cairo_.get());
}

void PdfPages::vertical(double x, double from_y, double to_y) const {
  cairo_set_line_width(cairo_.get(), kLineWidth);
  cairo_move_to(cairo_.get(), x, from_y);
  cairo_line_to(cairo_.get(), x, to_y);
  cairo_stroke(cairo_.get());
}

void PdfPages::fill_grey(double x, double y, double width, double height) const {
  cairo_save(cairo_.get());
  cairo_set_source_rgb(cairo_.get(), 0.91, 0.93, 0.94);
  cairo_rectangle(cairo_.get(), x, y, width, height);
  cairo_fill(cairo_.get());
  cairo_restore(cairo_.get());
}

double PdfPages::left_over() const { return points(layout::kPageHeight - layout::kBottom) - y_; }

void PdfPages::new_page() {
  cairo_show_page(cairo_.get());
  begin_page();
}

void PdfPages::bookmark(const std::string& title) const {
  const std::string place =
      "page=" + std::to_string(page_) + " pos=[0 " + std::to_string(static_cast<int>(y_)) + "]";
  cairo_pdf_surface_add_outline(surface_.get(), CAIRO_PDF_OUTLINE_ROOT, printable(title).c_str(),
                                place.c_str(), CAIRO_PDF_OUTLINE_FLAG_OPEN);
}

core::Result<std::string> PdfPages::finish() {
  cairo_show_page(cairo_.get());
  const cairo_status_t drawn = cairo_status(cairo_.get());
  cairo_.reset();
  cairo_surface_finish(surface_.get());
  const cairo_status_t written = cairo_surface_status(surface_.get());
  for (const cairo_status_t status : {drawn, written}) {
    if (status != CAIRO_STATUS_SUCCESS) {
      return core::fail(core::Fault::kIo,
                        std::string("cannot write a PDF: ") + cairo_status_to_string(status));
    }
  }
  return std::move(bytes_);
}

}  // namespace hailong::documents
