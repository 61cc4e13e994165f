#include "kiosk/shell.h"

#include <SDL.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <mutex>
#include <utility>
#include <variant>
#include <vector>

#include "core/dossier_code.h"
#include "core/doubts.h"
#include "core/local_date.h"
#include "core/token.h"
#include "journal/stamp.h"
#include "kiosk/code.h"
#include "kiosk/dossier_desk.h"
#include "kiosk/input/headphones.h"
#include "kiosk/speech/player.h"
#include "kiosk/terminal.h"
#include "kiosk/waiter.h"
#include "kiosk/window.h"
#include "kiosk/writer.h"
#include "wire/signing.h"

namespace hailong::kiosk {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kFrame{16};              // while something moves
constexpr flow::Millis kLookAround = 2'000;     // between looks at clock and headphones
constexpr auto kTokenDigits = std::size_t{32};  // 128 bits

flow::Millis now_ms() { return static_cast<flow::Millis>(SDL_GetTicks64()); }

flow::Durations durations_of(const Settings& settings) {
  flow::Durations durations;
  durations.thanks = flow::Millis{settings.thank_you_seconds} * 1000;
  return durations;
}

std::string new_token() { return core::to_hex(wire::random_bytes32()).substr(0, kTokenDigits); }

}  // namespace

class Shell::Loop {
 public:
  Loop(const Settings& settings, Contents contents, std::unique_ptr<Window> window)
      : settings_(settings),
        contents_(std::move(contents)),
        window_(std::move(window)),
        waiter_(make_waiter()),
        outcome_event_(SDL_RegisterEvents(1)),
        terminal_(contents_, durations_of(settings), settings.typing, settings.tones,
                  {[this](const flow::Effect& effect) { append(effect); },
                   [this](flow::Ticket ticket, const staff::Command& command) {
                     ask_staff(ticket, command);
                   },
                   [this](const speech::Words& words) { say(words); },
                   [this] { return player_ && player_->is_speaking(); },
                   [this](const std::string& text) { return dossier_in(text); }}) {}

  /// Everything but the journal, which the writer opens meanwhile.
  core::Result<void> prepare() {
    writer_ = std::make_unique<Writer>(
        settings_.data_dir, settings_.device,
        [this](Writer::Outcome outcome) { report(std::move(outcome)); }, rules());
    if (auto fitted = fit(); !fitted) return fitted;
    spdlog::info("hailong-kiosk {}: {}", HAILONG_VERSION, window_->description());
    warn_of_small_targets();
    return {};
  }

  core::Result<void> run() {
    look_around();
    if (auto drawn = draw(); !drawn) return drawn;
    if (auto completed = terminal_.complete(); !completed) return completed;
    window_->claim_screen();
    while (!quit_) {
      look_around();
      if (auto drawn = draw(); !drawn) return drawn;
      waiter_->wait(time_left());
      if (auto handled = handle_events(); !handled) return handled;
    }
    writer_->stop();
    spdlog::info("stopped after {} frames", frames_);
    return {};
  }

 private:
  [[nodiscard]] WriterRules rules() const {
    WriterRules rules;
    rules.contact_keep_days = settings_.survey.contact_keep_days;
    rules.complete = [desk = DossierDesk(settings_.data_dir, settings_.dossier_list)](
                         journal::DossierRef& dossier) mutable { return desk.complete(dossier); };
    rules.doubts = [doubt_rules = settings_.doubts](std::span<const journal::RecentRating> past,
                                                    const journal::RecentRating& now) {
      std::vector<core::PastRating> ratings;
      for (const journal::RecentRating& rating : past) {
        ratings.push_back({rating.score, rating.stamp});
      }
      return core::doubts(ratings, {now.score, now.stamp}, doubt_rules, false);
    };
    return rules;
  }

  core::Result<void> fit() { return terminal_.fit(window_->size(), window_->renderer()); }

  core::Result<void> renew() {
    terminal_.ui().release();
    if (auto renewed = window_->renew(); !renewed) return renewed;
    if (auto fitted = fit(); !fitted) return fitted;
    return terminal_.complete();
  }

  void warn_of_small_targets() {
    const design::Size size = window_->size();
    if (std::min(size.width, size.height) < design::kShortestSide) {
      spdlog::warn("the window is smaller than the screens are made for");
    }
    const auto& metrics = terminal_.ui().metrics();
    if (static_cast<float>(size.width) < 5 * metrics.face_target) {
      spdlog::warn("the panel is too narrow for faces of 30 mm: check [screen] in kiosk.toml");
    }
  }

  core::Result<void> draw() {
    if (auto drawn = terminal_.draw(now_ms()); !drawn) return drawn;
    Ui& ui = terminal_.ui();
    if (window_->renderer().draw(ui.picture(), ui.background())) ++frames_;
    return {};
  }

  [[nodiscard]] std::optional<milliseconds> time_left() {
    if (terminal_.ui().is_moving()) return kFrame;
    const flow::Millis now = now_ms();
    const auto due = terminal_.deadline(now, SDL_GetTicks());
    if (!due) return std::nullopt;
    return milliseconds(std::max<flow::Millis>(0, *due - now));
  }

  core::Result<void> handle_events() {
    SDL_Event event;
    while (SDL_PollEvent(&event) != 0) {
      if (auto handled = handle(event); !handled) return handled;
    }
    terminal_.pass_time(now_ms(), SDL_GetTicks());
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
      case SDL_DISPLAYEVENT:  // unplugged, plugged in again, or another one
        return renew();
      default:
        terminal_.handle(event, now_ms());
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
        terminal_.let_go(now_ms());
        break;
      default:
        break;
    }
    return {};
  }

  /// Opening hours and headphones change without an event of SDL's.
  void look_around() {
    const flow::Millis now = now_ms();
    if (now < next_look_) return;
    next_look_ = now + kLookAround;
    const bool open = core::is_open(settings_.doubts.hours, journal::stamp_now().wall_ms);
    if (open != terminal_.flow().is_open()) terminal_.tell(flow::Opening{open}, now);
    const auto inserted = headphones_.inserted();
    if (inserted && inserted != were_inserted_) {
      if (were_inserted_) terminal_.tell(flow::HeadphonesPlugged{*inserted}, now);
      were_inserted_ = inserted;
    }
  }

  /// A job for the writer, out of what the flow wants appended.
  using Body = decltype(Writer::Job::body);
  struct JobMaker {
    Loop& loop;

    Body operator()(const flow::NewRating& what) const {
      NewRating job{core::Rating{core::VisitId{wire::random_id()},
                                 what.score,
                                 loop.settings_.counter,
                                 loop.settings_.field,
                                 {}},
                    {}};
      if (!loop.settings_.later_url.empty()) {
        const std::string token = new_token();
        job.beside.token_digest = core::token_digest(token);
        loop.terminal_.ui().show_later(qr_code(loop.settings_.later_url + token));
      }
      if (what.dossier) job.beside.dossier = journal::DossierRef{what.dossier->code, {}, {}, {}};
      return job;
    }
    Body operator()(const core::Correction& what) const { return what; }
    Body operator()(const core::Answers& what) const { return what; }
    Body operator()(const flow::NewWords& what) const { return NewWords{what.rating, what.text}; }
    Body operator()(const flow::NewContact& what) const {
      const flow::Survey& survey = loop.settings_.survey;
      return NewContact{{what.rating, survey.notice, survey.contact_keep_days},
                        what.phone + "\n" + what.name};
    }
    Body operator()(const flow::NewDossier& what) const {
      return NewDossier{what.rating, {what.dossier.code, {}, {}, {}}};
    }
  };

  void append(const flow::Effect& effect) {
    const auto write = [&]<typename E>(const E& entry) {
      if constexpr (!std::same_as<E, staff::Command>) {
        writer_->append({journal::stamp_now(), JobMaker{*this}(entry), effect.ticket});
      }
    };
    std::visit(write, effect.entry);
  }

  void ask_staff(flow::Ticket /*ticket*/, const staff::Command& /*command*/) {}

  std::optional<flow::Dossier> dossier_in(const std::string& text) const {
    const core::Stamp now = journal::stamp_now();
    const auto today = now.clock == core::ClockState::kSynced
                           ? std::optional(core::local_date(now.wall_ms))
                           : std::nullopt;
    auto code = core::dossier_code_in(text, today);
    if (!code) return std::nullopt;
    return flow::Dossier{std::move(*code)};
  }

  void say(const speech::Words& words) {
    const auto language = terminal_.flow().preferences().language;
    if (!player_ || language != player_language_) open_player(language);
    if (!player_) return;
    if (words.empty()) return player_->hush();
    player_->say(words);
  }

  /// When first needed, and when the resident asks for the other language.
  void open_player(flow::Language language) {
    player_.reset();
    player_language_ = language;
    const char* folder = language == flow::Language::kEnglish ? "en/speech" : "vi/speech";
    auto player = speech::Player::open(settings_.assets_dir / folder, [this] { wake(); });
    if (player) {
      player_ = std::move(*player);
    } else {
      spdlog::error("nothing can be spoken: {}", player.error().message);
    }
  }

  /// Any thread: has the loop look at what has changed.
  void wake() {
    SDL_Event event{};
    event.type = outcome_event_;
    SDL_PushEvent(&event);
    waiter_->wake();
  }

  /// On the writer's thread.
  void report(Writer::Outcome outcome) {
    {
      const std::lock_guard lock(outcomes_mutex_);
      outcomes_.push_back(std::move(outcome));
    }
    wake();
  }

  void receive_outcomes() {
    std::vector<Writer::Outcome> outcomes;
    {
      const std::lock_guard lock(outcomes_mutex_);
      outcomes.swap(outcomes_);
    }
    for (const Writer::Outcome& outcome : outcomes) {
      if (outcome.seq) {
        terminal_.tell(flow::Appended{outcome.ticket, *outcome.seq}, now_ms());
      } else {
        terminal_.tell(flow::AppendFailed{outcome.ticket}, now_ms());
      }
    }
  }

  const Settings settings_;
  const Contents contents_;
  std::unique_ptr<Window> window_;
  std::unique_ptr<Waiter> waiter_;
  const Uint32 outcome_event_;
  Terminal terminal_;
  std::unique_ptr<speech::Player> player_;  // null until something is to be said
  flow::Language player_language_ = flow::Language::kVietnamese;
  input::Headphones headphones_ = input::Headphones::open();
  std::optional<bool> were_inserted_;
  flow::Millis next_look_ = 0;
  bool quit_ = false;
  std::uint64_t frames_ = 0;
  std::mutex outcomes_mutex_;  // guards outcomes_
  std::vector<Writer::Outcome> outcomes_;
  std::unique_ptr<Writer> writer_;  // last: its thread reports to the members above
};

core::Result<Shell> Shell::start(const Settings& settings, Contents contents,
                                 std::optional<design::Size> windowed) {
  auto window = Window::open(settings.renderer, windowed);
  if (!window) return core::Failure(window.error());
  auto loop = std::make_unique<Loop>(settings, std::move(contents), std::move(*window));
  if (auto prepared = loop->prepare(); !prepared) return core::Failure(prepared.error());
  return Shell(std::move(loop));
}

Shell::Shell(std::unique_ptr<Loop> loop) : loop_(std::move(loop)) {}
Shell::Shell(Shell&&) noexcept = default;
Shell& Shell::operator=(Shell&&) noexcept = default;
Shell::~Shell() = default;

core::Result<void> Shell::run() { return loop_->run(); }

}  // namespace hailong::kiosk
