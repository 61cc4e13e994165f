#include "kiosk/screens/chart.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

namespace hailong::kiosk::screens {
namespace {

using staff::Chart;

constexpr int kMostSteps = 4;       // five lines with that of 0
constexpr int kMostLabelLines = 3;  // below a bar
constexpr float kBarShare = 0.64F;  // of the room for a bar

const ImFont& least_font(const Sheet& sheet) { return *sheet.view().fonts.fonts().least; }

/// "12,5": as people write numbers in Vietnamese.
std::string number(double value) {
  std::string text = std::to_string(std::llround(value * 100));
  while (text.size() < 3) text.insert(0, "0");
  text.insert(text.size() - 2, ",");
  while (text.back() == '0') text.pop_back();
  if (text.back() == ',') text.pop_back();
  return text;
}

double highest_of(const Chart& chart) {
  double highest = chart.top;
  for (const Chart::Point& point : chart.points) {
    highest = std::max(highest, point.value.value_or(0));
  }
  return highest;
}

Scale scale_of_chart(const Chart& chart) {
  const bool whole = std::all_of(chart.points.begin(), chart.points.end(), [](const auto& point) {
    return !point.value || *point.value == std::floor(*point.value);
  });
  return scale_of(highest_of(chart), whole);
}

design::Colour colour_of(const Sheet& sheet, const Chart::Point& point) {
  if (point.score < 1 || point.score > 5) return sheet.theme().accent;
  return sheet.theme().scale[static_cast<std::size_t>(point.score - 1)];
}

/// A plain rectangle. The colours of scores are outlined: the light ones are faint on the ground.
void fill_bar(Sheet& sheet, const Chart::Point& point, const Rect& rect) {
  if (rect.width < 1 || rect.height < 1) return;
  Item bar;
  bar.rect = rect;
  if (point.score != 0 && rect.width > 4 && rect.height > 4) {
    Item edge;
    edge.rect = rect;
    edge.fill = sheet.theme().outline;
    sheet.add(std::move(edge));
    bar.rect = rect.inset(1);
  }
  bar.fill = colour_of(sheet, point);
  sheet.add(std::move(bar));
}

void rule(Sheet& sheet, const Rect& rect, design::Colour colour) {
  Item line;
  line.rect = rect;
  line.fill = colour;
  sheet.add(std::move(line));
}

/// How many lines a label needs below a bar of the width; nothing when a word would be torn.
std::optional<int> label_lines(const Sheet& sheet, const std::string& label, float width) {
  const ImFont& font = least_font(sheet);
  const auto block = design::set_text(font, {}, label, {0, 0, width, 1'000});
  if (block.torn) return std::nullopt;
  return static_cast<int>(block.lines.size());
}

/// Where everything of a standing chart lies.
struct Plot {
  Rect area;            // of the bars or the line, its bottom being 0
  float right = 0;      // of the area, kept for the last value
  float pitch = 1;      // from one point to the next
  int stride = 1;       // every so many points have their label
  int lines = 1;        // of the labels
  int value_lines = 0;  // 0: the values are not said
  Scale scale;

  [[nodiscard]] float x_of(std::size_t point) const {
    return area.x + pitch * (static_cast<float>(point) + 0.5F);
  }
  [[nodiscard]] float y_of(double value) const {
    return area.bottom() - static_cast<float>(value / scale.top()) * area.height;
  }
};

/// Labels that do not all fit stand under every second, third … point.
void space_labels(const Sheet& sheet, const Chart& chart, Plot& plot) {
  const float grid = sheet.metrics().grid;
  const auto count = static_cast<int>(chart.points.size());
  for (plot.stride = 1; plot.stride < count; ++plot.stride) {
    // The first of those that are spaced out may be moved a little towards the next.
    const float gap = plot.stride == 1 ? grid / 2 : 1.5F * grid;
    const float room = plot.pitch * static_cast<float>(plot.stride) - gap;
    plot.lines = 1;
    bool fit = true;
    for (std::size_t i = 0; i < chart.points.size() && fit;
         i += static_cast<std::size_t>(plot.stride)) {
      const auto lines = label_lines(sheet, chart.points[i].label, room);
      const int most = plot.stride == 1 ? kMostLabelLines : 1;
      fit = lines && *lines <= most;
      if (fit) plot.lines = std::max(plot.lines, *lines);
    }
    if (fit) return;
  }
  plot.lines = 1;
}

/// How many lines the values need over their points; 0: there is no room for them.
int value_lines(const Sheet& sheet, const Chart& chart, float pitch) {
  const int most = chart.kind == Chart::Kind::kBars ? 2 : 1;
  int lines = 0;
  for (const Chart::Point& point : chart.points) {
    if (point.text.empty()) continue;
    const auto needed = label_lines(sheet, point.text, pitch - 2);
    if (!needed || *needed > most) return 0;
    lines = std::max(lines, *needed);
  }
  return lines;
}

/// The newest point with a value; null when there is none.
const Chart::Point* last_point(const Chart& chart) {
  const auto last = std::find_if(chart.points.rbegin(), chart.points.rend(),
                                 [](const Chart::Point& point) { return point.value.has_value(); });
  return last == chart.points.rend() ? nullptr : &*last;
}

Plot plot_of(const Sheet& sheet, const Chart& chart, const Rect& rect) {
  const auto& m = sheet.metrics();
  const ImFont& font = least_font(sheet);
  const float line = design::line_height(font);
  Plot plot;
  plot.scale = scale_of_chart(chart);
  float widest = 0;
  for (int i = 0; i <= plot.scale.steps; ++i) {
    widest = std::max(widest, design::text_width(font, number(plot.scale.step * i)));
  }
  const float left = std::ceil(widest) + m.grid;
  plot.area = {rect.x + left, rect.y, rect.width - left, rect.height};
  const auto count = static_cast<float>(std::max<std::size_t>(1, chart.points.size()));
  plot.pitch = plot.area.width / count;
  plot.value_lines = value_lines(sheet, chart, plot.pitch);
  const Chart::Point* last = last_point(chart);
  if (chart.kind == Chart::Kind::kLine && plot.value_lines == 0 && last != nullptr) {
    plot.right = std::ceil(design::text_width(font, last->text)) + m.grid;
    plot.pitch = (plot.area.width - plot.right) / count;
  }
  space_labels(sheet, chart, plot);
  const float top = line * std::max(0.5F, static_cast<float>(plot.value_lines));
  const float bottom = m.grid / 2 + line * static_cast<float>(plot.lines);
  plot.area = whole(Rect{plot.area.x, rect.y + top, plot.area.width, rect.height - top - bottom});
  return plot;
}

void put_grid(Sheet& sheet, const Plot& plot, const Rect& rect) {
  const auto& m = sheet.metrics();
  const float line = design::line_height(least_font(sheet));
  const float thin = std::max(1.0F, std::floor(m.stroke / 2));
  for (int i = 0; i <= plot.scale.steps; ++i) {
    const double value = plot.scale.step * i;
    const float y = whole(plot.y_of(value));
    rule(sheet, {plot.area.x, y, plot.area.width, i == 0 ? m.stroke : thin},
         i == 0 ? sheet.theme().outline : sheet.theme().rule);
    sheet.write(TextRole::kLeast, sheet.theme().muted, number(value),
                {rect.x, y - line / 2, plot.area.x - m.grid - rect.x + 1, line}, Align::kRight);
  }
}

void put_labels(Sheet& sheet, const Chart& chart, const Plot& plot) {
  const auto& m = sheet.metrics();
  const float line = design::line_height(least_font(sheet));
  const float room = plot.pitch * static_cast<float>(plot.stride) - m.grid / 2;
  for (std::size_t i = 0; i < chart.points.size(); i += static_cast<std::size_t>(plot.stride)) {
    if (chart.points[i].label.empty()) continue;
    // From the top, so that labels of one and of two lines begin alike.
    const std::string& label = chart.points[i].label;
    const auto lines = static_cast<float>(label_lines(sheet, label, room).value_or(1));
    const float widest =
        plot.stride == 1 ? room : std::ceil(design::text_width(least_font(sheet), label)) + 1;
    // The first and the last may stand a little out, but not out of the chart.
    const float x = std::min(plot.x_of(i) - widest / 2, plot.area.right() - widest);
    sheet.write(
        TextRole::kLeast, sheet.theme().muted, label,
        {std::max(x, plot.area.x - m.grid), plot.area.bottom() + m.grid / 2, widest, line * lines});
  }
}

void put_value(Sheet& sheet, const Chart::Point& point, float x, float y, float width) {
  const auto lines = static_cast<float>(label_lines(sheet, point.text, width).value_or(1));
  const float line = lines * design::line_height(least_font(sheet));
  sheet.write(TextRole::kLeast, point.value ? sheet.theme().text : sheet.theme().muted, point.text,
              {x - width / 2, y - line, width, line});
}

void put_bars(Sheet& sheet, const Chart& chart, const Plot& plot) {
  const float most = sheet.metrics().target;
  const float width = whole(std::max(1.0F, std::min(plot.pitch * kBarShare, most)));
  for (std::size_t i = 0; i < chart.points.size(); ++i) {
    const Chart::Point& point = chart.points[i];
    const float top = whole(plot.y_of(point.value.value_or(0)));
    if (point.value) {
      fill_bar(sheet, point,
               {whole(plot.x_of(i) - width / 2), top, width, plot.area.bottom() - top});
    }
    if (plot.value_lines > 0 && !point.text.empty()) {
      put_value(sheet, point, plot.x_of(i), top - 1, plot.pitch - 2);
    }
  }
}

/// Where there is no room for all, the value that is asked for most: behind the line's end.
void put_last_value(Sheet& sheet, const Chart& chart, const Plot& plot, float dot) {
  const Chart::Point* last = last_point(chart);
  if (last == nullptr || last->text.empty()) return;
  const auto place = static_cast<std::size_t>(last - chart.points.data());
  const float line = design::line_height(least_font(sheet));
  const float x = plot.x_of(place) + dot;
  const float width = std::ceil(design::text_width(least_font(sheet), last->text)) + 1;
  sheet.write(TextRole::kLeast, sheet.theme().text, last->text,
              {x, plot.y_of(*last->value) - line / 2, width, line}, Align::kLeft);
}

void put_line(Sheet& sheet, const Chart& chart, const Plot& plot) {
  const auto& m = sheet.metrics();
  const float dot = std::max(5.0F, 3 * m.stroke);
  const bool has_dots = plot.pitch >= 2.5F * dot;
  std::optional<std::size_t> before;
  for (std::size_t i = 0; i < chart.points.size(); ++i) {
    const Chart::Point& point = chart.points[i];
    if (!point.value) {
      before.reset();
      continue;
    }
    const float x = plot.x_of(i);
    const float y = plot.y_of(*point.value);
    if (before) {
      sheet.page().lines.push_back({plot.x_of(*before), plot.y_of(*chart.points[*before].value), x,
                                    y, m.stroke * 1.5F, sheet.theme().accent});
    }
    const bool is_alone = !before && (i + 1 == chart.points.size() || !chart.points[i + 1].value);
    if (has_dots || is_alone) {
      fill_bar(sheet, point, whole(Rect{x - dot / 2, y - dot / 2, dot, dot}));
    }
    if (plot.value_lines > 0 && !point.text.empty()) {
      put_value(sheet, point, x, y - dot / 2, plot.pitch);
    }
    before = i;
  }
  if (plot.value_lines == 0) put_last_value(sheet, chart, plot, dot);
}

}  // namespace

Scale scale_of(double top, bool whole_numbers) {
  constexpr std::array kRound{1.0, 2.0, 2.5, 5.0};
  if (top <= 0) return {1, 1};
  for (double power = std::pow(10.0, std::floor(std::log10(top)) - 1);; power *= 10) {
    for (const double round : kRound) {
      const double step = round * power;
      if (whole_numbers && step != std::floor(step)) continue;
      const double steps = std::ceil(top / step - 1e-9);
      if (steps <= kMostSteps) return {step, std::max(1, static_cast<int>(steps))};
    }
  }
}

float least_height_of_chart(const design::Metrics& metrics) {
  return whole(std::max(metrics.target * 1.5F, metrics.least * 9));
}

std::string title_of(const Chart& chart) {
  if (chart.unit.empty()) return chart.title;
  return chart.title + " (" + chart.unit + ")";
}

ChartForm form_of(const Sheet& sheet, const Chart& chart, float width) {
  if (chart.kind == Chart::Kind::kLine || chart.points.empty()) return ChartForm::kColumns;
  const auto& m = sheet.metrics();
  const float pitch = (width - 5 * m.least) / static_cast<float>(chart.points.size());
  const bool long_labels =
      std::any_of(chart.points.begin(), chart.points.end(), [&](const Chart::Point& point) {
        // Dates and hours are spaced out, words are not.
        const bool is_word = point.label.find(' ') != std::string::npos;
        const auto lines = label_lines(sheet, point.label, pitch - m.grid / 2);
        return is_word && (!lines || *lines > kMostLabelLines);
      });
  return long_labels ? ChartForm::kRows : ChartForm::kColumns;
}

void put_chart(Sheet& sheet, const Chart& chart, const Rect& rect) {
  const bool is_empty = std::none_of(chart.points.begin(), chart.points.end(),
                                     [](const auto& point) { return point.value.has_value(); });
  const Plot plot = plot_of(sheet, chart, rect);
  put_grid(sheet, plot, rect);
  put_labels(sheet, chart, plot);
  if (is_empty) {
    sheet.write(TextRole::kSmall, sheet.theme().muted, "Chưa có số liệu", plot.area);
  } else if (chart.kind == Chart::Kind::kBars) {
    put_bars(sheet, chart, plot);
  } else {
    put_line(sheet, chart, plot);
  }
}

namespace {

/// Label, bar and value of a lying bar.
std::array<Rect, 3> row_parts(const Sheet& sheet, const Rect& rect) {
  const auto parts = split(rect, std::array{0.38F, 0.42F, 0.2F}, sheet.metrics().grid);
  return {parts[0], parts[1], parts[2]};
}

}  // namespace

float height_of_bar_row(const Sheet& sheet, const Chart::Point& point, float width) {
  const auto parts = row_parts(sheet, {0, 0, width, 1});
  const ImFont& font = least_font(sheet);
  const auto label = design::break_lines(font, point.label, parts[0].width);
  const auto value = design::break_lines(font, point.text, parts[2].width);
  const auto lines = static_cast<float>(std::max(label.size(), value.size()));
  return lines * design::line_height(font) + whole(sheet.metrics().grid / 2);
}

void put_bar_row(Sheet& sheet, const Chart& chart, const Chart::Point& point, const Rect& rect) {
  const auto parts = row_parts(sheet, rect);
  sheet.write(TextRole::kLeast, sheet.theme().text, point.label, parts[0], Align::kRight);
  const double top = scale_of_chart(chart).top();
  const Rect& lane = parts[1];
  rule(sheet, {lane.x, rect.y, sheet.metrics().stroke, rect.height}, sheet.theme().outline);
  const float height = whole(std::min(rect.height * 0.7F, 1.2F * sheet.metrics().least));
  const auto length = static_cast<float>(point.value.value_or(0) / top) * lane.width;
  fill_bar(
      sheet, point,
      whole(Rect{lane.x + sheet.metrics().stroke, rect.centre_y() - height / 2, length, height}));
  sheet.write(TextRole::kLeast, point.value ? sheet.theme().text : sheet.theme().muted, point.text,
              parts[2], Align::kLeft);
}

}  // namespace hailong::kiosk::screens
