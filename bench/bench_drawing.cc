// What the design system costs on a screen without a GPU, at 1280 x 800: a full frame while a page
// comes out from behind its veil, setting a page's texts, and painting and loading a look. The page
// is fuller than any of the kiosk's: a keyboard below twelve tiles.

#include <imgui.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <ctime>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "bench/report.h"
#include "kiosk/design/fonts.h"
#include "kiosk/design/pictures.h"
#include "kiosk/design/text.h"
#include "kiosk/render/null_renderer.h"
#include "tests/kiosk/canvas.h"

namespace {

using namespace hailong::kiosk::design;
using hailong::bench::Report;
using hailong::tests::Canvas;

constexpr int kRounds = 60;

double cpu_ms() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

/// Median time on the processor.
double measure(int rounds, const std::function<void()>& work) {
  std::vector<double> times;
  for (int i = 0; i < rounds; ++i) {
    const double start = cpu_ms();
    work();
    times.push_back(cpu_ms() - start);
  }
  std::nth_element(times.begin(), times.begin() + rounds / 2, times.end());
  return times[static_cast<std::size_t>(rounds / 2)];
}

struct Thing {
  Rect rect;
  Skin skin = Skin::kTile;
  State state = State::kResting;
  Icon icon = Icon::kTick;
  bool has_icon = false;
  TextBlock text;
};

class Page {
 public:
  Page(const Theme& theme, const Metrics& metrics, const Fonts& fonts)
      : theme_(theme), metrics_(metrics), fonts_(fonts) {
    constexpr std::array kIcons = {Icon::kText, Icon::kContrast, Icon::kLanguage, Icon::kSpeaker};
    for (std::size_t i = 0; i < kIcons.size(); ++i) {
      add({800 + 118 * static_cast<float>(i), 0, 118, 118}, Skin::kSwitch, "Chữ", kIcons[i]);
    }
    constexpr std::string_view kReasons[] = {"Thái độ phục vụ", "Thời gian chờ đợi lâu",
                                             "Hướng dẫn chưa rõ ràng", "Phải đi lại nhiều lần"};
    for (std::size_t i = 0; i < 12; ++i) {
      const Rect rect{40 + 302 * static_cast<float>(i % 4),
                      200 + 92 * std::floor(static_cast<float>(i) / 4), 282, 80};
      add(rect, Skin::kTile, kReasons[i % 4], Icon::kReasons, i % 3 == 0);
    }
    for (std::size_t i = 0; i < 40; ++i) {
      const Rect rect{40 + 120 * static_cast<float>(i % 10),
                      480 + 58 * std::floor(static_cast<float>(i) / 10), 114, 52};
      things_.push_back({rect,
                         Skin::kKey,
                         State::kResting,
                         {},
                         false,
                         fit_text(fonts, TextRole::kAnswer, theme.text, "ă", rect)});
    }
    add({40, 724, 380, 70}, Skin::kButton, "Bỏ qua", Icon::kForward);
    add({860, 724, 380, 70}, Skin::kPrimary, "Gửi ý kiến", Icon::kTick);
    title_ = fit_text(fonts, TextRole::kQuestion, theme.text,
                      "Điều gì khiến Ông/Bà chưa hài\u00A0lòng?", {40, 126, 1200, 66});
  }

  void draw(ImDrawList& list, const Pictures& pictures, const FontSet& set) const {
    const Colour bar = theme_.header;
    list.AddRectFilled({0, 0}, {1280, 118}, IM_COL32(bar.red, bar.green, bar.blue, 255));
    draw_text(list, set, title_);
    for (const Thing& thing : things_) {
      pictures.draw_skin(list, thing.skin, thing.state, thing.rect);
      if (thing.has_icon) {
        pictures.draw_icon(list, thing.icon, theme_.accent,
                           {thing.rect.x + 8, thing.rect.y, 44, thing.rect.height});
      }
      draw_text(list, set, thing.text);
    }
  }

 private:
  void add(const Rect& rect, Skin skin, std::string_view text, Icon icon, bool chosen = false) {
    const State state = chosen ? State::kChosen : State::kResting;
    const Rect words{rect.x + 52, rect.y, rect.width - 60, rect.height};
    things_.push_back(
        {rect, skin, state, icon, true,
         fit_text(fonts_, TextRole::kAnswer, text_on(theme_, skin, state), text, words)});
  }

  const Theme& theme_;
  const Metrics& metrics_;
  const Fonts& fonts_;
  TextBlock title_;
  std::vector<Thing> things_;
};

/// A frame with something different in all of it, as while a page appears.
double frame(Canvas& canvas, const FontSet& set, Colour background,
             const std::function<void(ImDrawList&, int)>& draw) {
  int round = 0;
  return measure(kRounds, [&] {
    ++round;
    canvas.show(set, background, [&](ImDrawList& list) { draw(list, round); });
  });
}

void measure_frames(Report& report, const Theme& theme, const Metrics& metrics,
                    const std::string& name) {
  Canvas canvas(metrics);
  const std::string_view texts[] = {all_typable()};
  const auto set = *FontSet::load(HAILONG_ASSETS, metrics, texts, canvas.renderer());
  const auto pictures = *Pictures::load_first(theme, metrics, canvas.renderer());
  if (!pictures->load_rest()) throw std::runtime_error("no pictures");
  const Page page(theme, metrics, set->fonts());
  const Colour veil = theme.background;
  const auto cover = [&veil](ImDrawList& list, int alpha, float top, float bottom) {
    list.AddRectFilled({0, top}, {1280, bottom}, IM_COL32(veil.red, veil.green, veil.blue, alpha));
  };
  Report::note(name + ": background alone",
               frame(canvas, *set, veil,
                     [&](ImDrawList& list, int i) {
                       cover(list, 255, 0, static_cast<float>(i % 2 + 1));
                       canvas.renderer().forget();
                     }),
               "ms");
  Report::note(name + ": page without a veil",
               frame(canvas, *set, veil,
                     [&](ImDrawList& list, int) {
                       page.draw(list, *pictures, *set);
                       canvas.renderer().forget();
                     }),
               "ms");
  report.at_most(name + ": page behind its veil",
                 frame(canvas, *set, veil,
                       [&](ImDrawList& list, int i) {
                         page.draw(list, *pictures, *set);
                         cover(list, 20 + 3 * (i % 60), metrics.header, 800);
                       }),
                 12, "ms");
}

void measure_setting(Report& report, const Metrics& metrics) {
  const auto renderer = hailong::kiosk::render::make_null_renderer();
  const std::string_view texts[] = {all_typable()};
  const auto set = *FontSet::load(HAILONG_ASSETS, metrics, texts, *renderer);
  report.at_most("setting 40 texts of 60 characters",
                 measure(kRounds,
                         [&] {
                           for (int i = 0; i < 40; ++i) {
                             fit_text(
                                 set->fonts(), TextRole::kQuestion, {},
                                 "Hướng dẫn hồ sơ chưa đầy đủ, chưa rõ ràng, phải đi lại nhiều",
                                 {0, 0, 240, 90});
                           }
                         }),
                 1, "ms");
}

void measure_loading(Report& report, const Metrics& metrics) {
  const auto renderer = hailong::kiosk::render::make_null_renderer();
  const std::string_view first[] = {
      "Ông/Bà hài lòng thế nào với việc giải quyết thủ tục hôm nay? Rất không Bình thường",
      "UBND xã Phú Thái · Bộ phận Một cửa · Quầy số 0123456789 Ý kiến được ghi nhận ẩn danh"};
  const std::string_view all[] = {all_typable()};
  const Theme& normal = theme(Contrast::kNormal);
  const auto fonts = [&](std::span<const std::string_view> texts) {
    return measure(9, [&, texts] {
      if (!FontSet::load(HAILONG_ASSETS, metrics, texts, *renderer)) throw std::bad_alloc();
    });
  };
  report.at_most("fonts of the first picture", fonts(first), 10, "ms");
  report.at_most("fonts of everything", fonts(all), 33, "ms");
  report.at_most("pictures of the first picture",
                 measure(9,
                         [&] {
                           if (!Pictures::load_first(normal, metrics, *renderer))
                             throw std::bad_alloc();
                         }),
                 10, "ms");
  report.at_most("all pictures",
                 measure(9,
                         [&] {
                           const auto pictures = *Pictures::load_first(normal, metrics, *renderer);
                           if (!pictures->load_rest()) throw std::bad_alloc();
                         }),
                 33, "ms");
}

}  // namespace

int main() {
  const Metrics metrics = metrics_for({1280, 800}, TextSize::kA, kUsualPixelsPerMm, false);
  Report report;
  measure_frames(report, theme(Contrast::kNormal), metrics, "normal");
  measure_frames(report, theme(Contrast::kHigh), metrics, "high contrast");
  measure_setting(report, metrics);
  measure_loading(report, metrics);
  return report.exit_code();
}
