#include "kiosk/shell.h"

#include <SDL.h>
#include <malloc.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <mutex>
#include <utility>
#include <variant>
#include <vector>

#include "journal/stamp.h"
#include "kiosk/design/tokens.h"
#include "kiosk/flow/flow.h"
#include "kiosk/input/pointer.h"
#include "kiosk/ui.h"
#include "kiosk/waiter.h"
#include "kiosk/window.h"
#include "kiosk/writer.h"
#include "wire/signing.h"

namespace hailong::kiosk {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kFrame{16};  // while something moves

flow::Millis now_ms() { return static_cast<flow::Millis>(SDL_GetTicks64()); }

flow::Durations durations_of(const Settings& settings) {
  flow::Durations durations;
  durations.thanks = flow::Millis{settings.thank_you_seconds} * 1000;
  return durations;
}

}  // namespace

class Shell::Loop {
 public:
  Loop(const Settings& settings, Texts texts, std::unique_ptr<Window> window)
      : settings_(settings),
        window_(std::move(window)),
        waiter_(make_waiter()),
        outcome_event_(SDL_RegisterEvents(1)),
        ui_(std::move(texts), {settings.unit_name, settings.place, settings.counter_name},
            settings.assets_dir, settings.motion),
        flow_(durations_of(settings)) {}

  /// Everything but the journal, which the writer opens meanwhile.
  core::Result<void> prepare() {
    writer_ = std::make_unique<Writer>(
        settings_.data_dir, settings_.device,
        [this](Writer::Outcome outcome) { report(std::move(outcome.seq)); });
    if (auto fitted = fit(); !fitted) return fitted;
    spdlog::info("hailong-kiosk {}: {}", HAILONG_VERSION, window_->description());
    const design::Size size = window_->size();
    if (std::min(size.width, size.height) < design::kShortestSide) {
      spdlog::warn("the window is smaller than the screens are made for");
    }
    return {};
  }

  core::Result<void> run() {
    draw();
    if (auto completed = complete(); !completed) return completed;
    window_->claim_screen();
    while (!quit_) {
      draw();
      waiter_->wait(time_left());
      if (auto handled = handle_events(); !handled) return handled;
    }
    writer_->stop();
    spdlog::info("stopped after {} frames", frames_);
    return {};
  }

 private:
  core::Result<void> fit() {
    const design::Size size = window_->size();
    pointer_.resize(size.width, size.height);
    return ui_.fit(size, window_->renderer());
  }

  core::Result<void> complete() {
    auto completed = ui_.complete(window_->renderer());
    malloc_trim(0);  // what fonts and pictures were made with
    return completed;
  }

  core::Result<void> renew() {
    if (auto renewed = window_->renew(); !renewed) return renewed;
    if (auto fitted = fit(); !fitted) return fitted;
    return complete();
  }

  void draw() {
    tick();
    ui_.frame(flow_.screen(), now_ms());
    if (window_->renderer().draw(ui_.picture(), design::kBackground)) ++frames_;
  }

  [[nodiscard]] std::optional<milliseconds> time_left() const {
    if (ui_.is_moving()) return kFrame;
    std::optional<flow::Millis> due = flow_.next_deadline();
    const flow::Millis now = now_ms();
    if (const auto lost = pointer_.deadline()) {
      const auto span = static_cast<std::int32_t>(*lost - SDL_GetTicks());
      due = std::min(due.value_or(now + span), now + span);
    }
    if (!due) return std::nullopt;
    return milliseconds(std::max<flow::Millis>(0, *due - now));
  }

  core::Result<void> handle_events() {
    SDL_Event event;
    while (SDL_PollEvent(&event) != 0) {
      if (auto handled = handle(event); !handled) return handled;
    }
    if (const auto step = pointer_.expire(SDL_GetTicks())) follow(*step);
    return {};
  }

  core::Result<void> handle(const SDL_Event& event) {
    if (event.type == outcome_event_) {
      receive_outcomes();
      return {};
    }
    switch (event.type) {
      case SDL_QUIT:
        quit_ = true;
        return {};
      case SDL_WINDOWEVENT:
        return handle_window(event.window);
      case SDL_RENDER_TARGETS_RESET:
      case SDL_RENDER_DEVICE_RESET:
        return renew();
      default:
        if (const auto step = pointer_.handle(event)) follow(*step);
        return {};
    }
  }

  core::Result<void> handle_window(const SDL_WindowEvent& event) {
    switch (event.event) {
      case SDL_WINDOWEVENT_SIZE_CHANGED:
        return renew();
      case SDL_WINDOWEVENT_EXPOSED:
        window_->renderer().forget();
        break;
      case SDL_WINDOWEVENT_FOCUS_LOST:
      case SDL_WINDOWEVENT_HIDDEN:
        if (const auto step = pointer_.cancel()) follow(*step);
        break;
      default:
        break;
    }
    return {};
  }

  /// Each step gets a frame of its own, so that taps which came together are not merged into one.
  void follow(const input::Step& step) {
    tick();
    ui_.point(step);
    if (const auto event = ui_.frame(flow_.screen(), now_ms())) dispatch(*event);
  }

  void tick() { dispatch(flow::Tick{now_ms()}); }

  void dispatch(const flow::Event& event) {
    if (const auto effect = flow_.handle(event)) {
      std::visit([this](const auto& what) { perform(what); }, *effect);
    }
  }

  void perform(const flow::AppendRating& what) {
    writer_->append({journal::stamp_now(), NewRating{core::Rating{core::VisitId{wire::random_id()},
                                                                  what.score,
                                                                  settings_.counter,
                                                                  settings_.field,
                                                                  {}},
                                                     {}}});
  }

  void perform(const flow::AppendCorrection& what) {
    writer_->append({journal::stamp_now(), what.correction});
  }

  /// On the writer's thread.
  void report(core::Result<core::Seq> outcome) {
    {
      const std::lock_guard lock(outcomes_mutex_);
      outcomes_.push_back(std::move(outcome));
    }
    SDL_Event event{};
    event.type = outcome_event_;
    SDL_PushEvent(&event);
    waiter_->wake();
  }

  void receive_outcomes() {
    std::vector<core::Result<core::Seq>> outcomes;
    {
      const std::lock_guard lock(outcomes_mutex_);
      outcomes.swap(outcomes_);
    }
    tick();
    for (const auto& outcome : outcomes) {
      if (outcome) {
        dispatch(flow::Appended{*outcome});
      } else {
        dispatch(flow::AppendFailed{});
      }
    }
  }

  const Settings settings_;
  std::unique_ptr<Window> window_;
  std::unique_ptr<Waiter> waiter_;
  const Uint32 outcome_event_;
  Ui ui_;
  flow::Flow flow_;
  input::Pointer pointer_;
  bool quit_ = false;
  std::uint64_t frames_ = 0;
  std::mutex outcomes_mutex_;  // guards outcomes_
  std::vector<core::Result<core::Seq>> outcomes_;
  std::unique_ptr<Writer> writer_;  // last: its thread reports to the members above
};

core::Result<Shell> Shell::start(const Settings& settings, Texts texts,
                                 std::optional<design::Size> windowed) {
  auto window = Window::open(settings.renderer, windowed);
  if (!window) return core::Failure(window.error());
  auto loop = std::make_unique<Loop>(settings, std::move(texts), std::move(*window));
  if (auto prepared = loop->prepare(); !prepared) return core::Failure(prepared.error());
  return Shell(std::move(loop));
}

Shell::Shell(std::unique_ptr<Loop> loop) : loop_(std::move(loop)) {}
Shell::Shell(Shell&&) noexcept = default;
Shell& Shell::operator=(Shell&&) noexcept = default;
Shell::~Shell() = default;

core::Result<void> Shell::run() { return loop_->run(); }

}  // namespace hailong::kiosk
