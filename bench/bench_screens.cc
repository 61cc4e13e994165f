// Every screen at 1280 x 800 by the processor alone: what a frame costs while a page comes out from
// behind its veil, how long a page takes from the event to its first frame, and how long a finger
// waits for the picture to answer, in a real window under Xvfb.

#include <SDL.h>

#include <array>
#include <cstdlib>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "bench/clocks.h"
#include "bench/report.h"
#include "kiosk/terminal.h"
#include "kiosk/window.h"
#include "tests/e2e/x_display.h"
#include "tests/kiosk/gallery.h"
#include "tests/kiosk/stage.h"

namespace {

using namespace hailong::kiosk;
using namespace hailong::kiosk::flow;
using hailong::bench::cpu_ms;
using hailong::bench::ms_since;
using hailong::bench::quantile;
using hailong::bench::Report;
using hailong::tests::Exhibit;
using hailong::tests::must;
using hailong::tests::Stage;
using hailong::tests::XDisplay;
using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr design::Size kSize{1280, 800};
constexpr double kTenInches = 10.1;
constexpr std::size_t kTaps = 200;
constexpr double kTwoFrames = 2000.0 / 60;

/// The sample's contents with as many procedures in one field as a province lists.
Contents long_contents() {
  Contents contents = hailong::tests::contents(kTenInches, true);
  auto& procedures = contents.survey.procedures;
  const std::vector<Procedure> sample = procedures;
  for (std::size_t i = 0; procedures.size() < 300; ++i) {
    Procedure copy = sample[i % sample.size()];
    copy.code += "-" + std::to_string(i);
    procedures.push_back(std::move(copy));
  }
  for (Procedure& procedure : procedures) procedure.field = hailong::core::FieldId{"ho-tich"};
  return contents;
}

std::vector<Exhibit> all_screens(const Survey& survey) {
  auto exhibits = hailong::tests::gallery(survey);
  const Visit visit{1, *hailong::core::Score::from(2), {}, false, 1, 1, 0, 0, std::nullopt};
  exhibits.push_back({"search-many", Search{{visit, Stay{0, 45'000, 45}}, "d", 3}});
  return exhibits;
}

/// Frames of the 150 ms in which each page replaces the one before.
void measure_frames(Report& report, const char* name, const Preferences& preferences,
                    Rotation rotation = Rotation::kNone) {
  Stage stage(kSize, long_contents(), rotation);
  stage.prefer(preferences);
  Millis now = 0;
  std::vector<double> all;
  double worst = 0;
  std::string worst_page;
  for (const Exhibit& exhibit : all_screens(stage.contents_shown().survey)) {
    stage.show(exhibit.screen, now);
    std::vector<double> frames;
    for (int frame = 1; frame <= 8; ++frame) {
      const double start = cpu_ms();
      const bool drawn = stage.show(exhibit.screen, now + Millis{frame} * 16);
      if (drawn) frames.push_back(cpu_ms() - start);
    }
    now += 1000;
    if (frames.empty()) continue;  // looks like the screen before
    all.insert(all.end(), frames.begin(), frames.end());
    if (quantile(frames, 0.5) > worst) {
      worst = quantile(frames, 0.5);
      worst_page = exhibit.name;
    }
  }
  const std::string what = std::string("frame while fading, ") + name;
  report.at_most(what + ", median", quantile(all, 0.5), 12, "ms");
  report.at_most(what + ", p99", quantile(all, 0.99), 12, "ms");
  report.at_most(what + ", " + worst_page, worst, 12, "ms");
}

/// The same pages, all of each frame drawn anew.
void measure_naive() {
  Stage stage(kSize, long_contents());
  std::vector<double> frames;
  for (const Exhibit& exhibit : all_screens(stage.contents_shown().survey)) {
    const double start = cpu_ms();
    stage.show_anew(exhibit.screen);
    frames.push_back(cpu_ms() - start);
  }
  Report::note("frame composed and drawn whole, median", quantile(frames, 0.5), "ms");
  Report::note("frame composed and drawn whole, most", quantile(frames, 1), "ms");
}

/// From the event to the first frame, from whatever was there before.
void measure_opening(Report& report, const char* name, const Preferences& preferences) {
  Stage stage(kSize, long_contents());
  stage.prefer(preferences);
  const auto exhibits = all_screens(stage.contents_shown().survey);
  std::vector<std::vector<double>> times(exhibits.size());
  Millis now = 0;
  for (int round = 0; round < 5; ++round) {
    for (std::size_t i = 0; i < exhibits.size(); ++i) {
      const auto start = Clock::now();
      stage.show(exhibits[i].screen, now);
      times[i].push_back(ms_since(start));
      stage.show(exhibits[i].screen, now += 1000);
    }
  }
  double worst = 0;
  std::string worst_page;
  for (std::size_t i = 0; i < exhibits.size(); ++i) {
    const double median = quantile(times[i], 0.5);
    if (median <= worst) continue;
    worst = median;
    worst_page = exhibits[i].name;
  }
  report.at_most(std::string("opening, ") + name + ", " + worst_page, worst, kTwoFrames, "ms");
}

/// A kiosk in this process with a real window, without journal and voice, run as the shell does;
/// remembers when SDL learned of each press and release.
class Booth {
 public:
  explicit Booth(const XDisplay& display) : display_(display) {
    setenv("DISPLAY", display.name().c_str(), 1);
    setenv("SDL_VIDEODRIVER", "x11", 1);
    window_ = must(Window::open(RendererChoice::kSoftware, Rotation::kNone, kSize));
    must(terminal_.fit(window_->size(), window_->renderer()));
    must(terminal_.complete());
    SDL_AddEventWatch(note, this);
    run(milliseconds{500});
  }
  Booth(const Booth&) = delete;
  Booth& operator=(const Booth&) = delete;
  ~Booth() {
    SDL_DelEventWatch(note, this);
    terminal_.ui().release();
  }

  /// Runs the kiosk for a while; gives the time from each press or release to its frame.
  std::vector<double> run(milliseconds time) {
    std::vector<double> answers;
    const auto end = Clock::now() + time;
    while (Clock::now() < end) {
      SDL_Event event;
      if (SDL_WaitEventTimeout(&event, terminal_.ui().is_moving() ? 16 : 20) != 0) {
        do {
          terminal_.handle(event, now());
        } while (SDL_PollEvent(&event) != 0);
      }
      acknowledge();
      terminal_.pass_time(now(), SDL_GetTicks());
      const bool drawn = draw();
      if (drawn && waiting_) answers.push_back(ms_since(*waiting_));
      waiting_.reset();
    }
    return answers;
  }

  /// Where what means such an event can be tapped.
  std::pair<int, int> place_of(const std::function<bool(const Event&)>& wanted) {
    for (const auto& item : terminal_.ui().page().items) {
      if (!item.event || !wanted(*item.event)) continue;
      return {static_cast<int>(item.rect.centre_x()), static_cast<int>(item.rect.centre_y())};
    }
    throw std::runtime_error("nothing of the kind is on the screen");
  }

 private:
  static int note(void* self, SDL_Event* event) {
    if (event->type == SDL_MOUSEBUTTONDOWN || event->type == SDL_MOUSEBUTTONUP) {
      static_cast<Booth*>(self)->waiting_ = Clock::now();
    }
    return 0;
  }

  static Millis now() { return static_cast<Millis>(SDL_GetTicks64()); }

  static Durations impatient() {
    Durations durations;
    durations.arrival_guard = durations.thanks_guard = 0;
    durations.thanks = durations.follow_up = durations.writing = 600'000;
    return durations;
  }

  void acknowledge() {
    for (const Ticket ticket : std::exchange(tickets_, {})) {
      terminal_.tell(Appended{ticket, ++seq_}, now());
    }
  }

  bool draw() {
    must(terminal_.draw(now()));
    return window_->renderer().draw(terminal_.ui().picture(), terminal_.ui().background());
  }

  const XDisplay& display_;
  const Contents contents_ = long_contents();
  std::unique_ptr<Window> window_;
  std::vector<Ticket> tickets_;
  hailong::core::Seq seq_ = 0;
  Terminal terminal_{
      contents_,
      impatient(),
      hailong::core::TypingMethod::kTelex,
      hailong::core::TonePlacement::kOld,
      {[this](const Effect& effect) { tickets_.push_back(effect.ticket); },
       [](Ticket, const hailong::kiosk::staff::Command&) {}, [](const speech::Words&) {},
       [] { return false; }, [](const std::string&) { return std::nullopt; }}};
  std::optional<Clock::time_point> waiting_;
};

template <typename E>
bool is(const Event& event) {
  return std::holds_alternative<E>(event);
}

/// Taps through the follow-up: each opens the page of a topic or the way back from it.
void measure_taps(Report& report) {
  XDisplay display(kSize.width, kSize.height);
  Booth booth(display);
  std::vector<double> presses;
  std::vector<double> releases;
  const auto tap = [&](std::pair<int, int> at) {
    display.move(at.first, at.second);
    const auto keep = [](std::vector<double>& all, const std::vector<double>& more) {
      all.insert(all.end(), more.begin(), more.end());
    };
    display.press(true);
    keep(presses, booth.run(milliseconds{60}));
    display.press(false);
    keep(releases, booth.run(milliseconds{300}));
  };
  const auto tap_on = [&](const std::function<bool(const Event&)>& wanted) {
    tap(booth.place_of(wanted));
  };
  tap_on(is<FaceTapped>);
  tap_on(is<SayMoreTapped>);
  tap_on(is<NextTapped>);
  constexpr std::array kTopics = {Topic::kReasons,     Topic::kQuestions, Topic::kProcedure,
                                  Topic::kCounter,     Topic::kWords,     Topic::kContact,
                                  Topic::kExtraPayment};
  for (std::size_t i = 0; presses.size() < kTaps || releases.size() < kTaps; ++i) {
    const Topic next = kTopics[i % kTopics.size()];
    tap_on([next](const Event& event) {
      const auto* topic = std::get_if<TopicTapped>(&event);
      return topic != nullptr && topic->topic == next;
    });
    tap_on(next == Topic::kReasons ? is<NextTapped> : is<BackTapped>);
  }
  report.at_most("finger down to its frame, median", quantile(presses, 0.5), 16, "ms");
  report.at_most("finger down to its frame, p99", quantile(presses, 0.99), 16, "ms");
  report.at_most("finger up to the new page's frame, median", quantile(releases, 0.5), 16, "ms");
  report.at_most("finger up to the new page's frame, p99", quantile(releases, 0.99), 16, "ms");
}

}  // namespace

int main() {
  Preferences largest;
  largest.text = TextSize::kLargest;
  largest.contrast = Contrast::kHigh;
  Report report;
  measure_frames(report, "normal", {});
  measure_frames(report, "A++ high contrast", largest);
  measure_frames(report, "normal, on a panel turned by a quarter", {}, Rotation::kQuarter);
  measure_naive();
  measure_opening(report, "normal", {});
  measure_opening(report, "A++ high contrast", largest);
  measure_taps(report);
  return report.exit_code();
}
