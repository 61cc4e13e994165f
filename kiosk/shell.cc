#include "kiosk/shell.h"

#include <SDL.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <functional>
#include <mutex>
#include <utility>
#include <variant>
#include <vector>

#include "core/token.h"
#include "journal/stamp.h"
#include "kiosk/bundle_watch.h"
#include "kiosk/clerk.h"
#include "kiosk/code.h"
#include "kiosk/duties.h"
#include "kiosk/enrolment_desk.h"
#include "kiosk/input/headphones.h"
#include "kiosk/terminal.h"
#include "kiosk/voice.h"
#include "kiosk/waiter.h"
#include "kiosk/window.h"
#include "kiosk/writer.h"
#include "program/supervisor.h"
#include "wire/signing.h"

namespace hailong::kiosk {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kFrame{16};              // while something moves
constexpr flow::Millis kLookAround = 2'000;     // between looks at clock and headphones
constexpr auto kTokenDigits = std::size_t{32};  // 128 bits

flow::Millis now_ms() { return static_cast<flow::Millis>(SDL_GetTicks64()); }

std::string new_token() { return core::to_hex(wire::random_bytes32()).substr(0, kTokenDigits); }

}  // namespace

class Shell::Loop {
 public:
  Loop(Shown own, std::unique_ptr<Window> window, Use use, program::Supervisor& supervisor)
      : own_(std::move(own)),
        bundles_(own_.settings.data_dir, own_.settings.device, own_.settings.district),
        shown_(newest()),
        window_(std::move(window)),
        waiter_(make_waiter([this] { window_->forget_devices(); })),
        notice_event_(SDL_RegisterEvents(1)),
        use_(use),
        supervisor_(supervisor),
        terminal_(contents_, durations_of(settings_), settings_.typing, settings_.tones,
                  {[this](const flow::Effect& effect) { append(effect); },
                   [this](flow::Ticket ticket, const staff::Command& command) {
                     ask_staff(ticket, command);
                   },
                   [this](const speech::Words& words) { say(words); },
                   [this] { return voice_.is_speaking(); }, dossier_in},
                  use != Use::kRate) {}

  /// Everything but the journal, which the writer opens meanwhile.
  core::Result<void> prepare() {
    if (use_ == Use::kEnrol) {
      start_enrolment_desk();
    } else if (use_ == Use::kRate) {
      writer_ = std::make_unique<Writer>(
          settings_.data_dir, settings_.device,
          [this](const Writer::Outcome& outcome) { report(outcome); }, writer_rules(settings_));
    }
    if (settings_.staff && use_ != Use::kEnrol) start_clerk();
    if (auto fitted = fit(); !fitted) return fitted;
    spdlog::info("hailong-kiosk {}: {}", HAILONG_VERSION, window_->description());
    window_->warn_of_small_targets(terminal_.ui().metrics());
    return {};
  }

  core::Result<void> run() {
    if (auto looked = look_around(); !looked) return looked;
    if (auto drawn = draw(); !drawn) return drawn;
    if (auto completed = terminal_.complete(); !completed) return completed;
    window_->claim_screen();
    while (!quit_) {
      if (auto looked = look_around(); !looked) return looked;
      if (auto drawn = draw(); !drawn) return drawn;
      supervisor_.alive();
      waiter_->wait(time_left());
      if (auto handled = handle_events(); !handled) return handled;
    }
    if (enrolment_desk_) enrolment_desk_->stop();
    if (clerk_) clerk_->stop();
    if (writer_) writer_->stop();
    spdlog::info("stopped after {} frames", frames_);
    return {};
  }

 private:
  core::Result<void> fit() { return terminal_.fit(window_->size(), window_->renderer()); }

  core::Result<void> renew() {
    terminal_.ui().release();
    if (auto renewed = window_->renew(); !renewed) return renewed;
    is_announced_ = false;
    if (auto fitted = fit(); !fitted) return fitted;
    return terminal_.complete();
  }

  /// What is to be shown at the start.
  [[nodiscard]] Shown newest() {
    const auto opened = bundles_.look();
    if (!opened) return own_;
    spdlog::info("configuration bundle {} is shown", opened->id);
    return with_bundle(own_, *opened);
  }

  /// A bundle that came in the meantime, once it is nobody's turn.
  core::Result<void> take_bundle() {
    if (use_ != Use::kRate || !terminal_.flow().is_vacant()) return {};
    const auto opened = bundles_.look();
    if (!opened || opened->id == shown_.bundle) return {};
    terminal_.ui().release();
    shown_ = with_bundle(own_, *opened);
    writer_->change_rules(writer_rules(settings_));
    if (clerk_) clerk_->move_to(house());
    spdlog::info("configuration bundle {} is shown from now on", shown_.bundle);
    return terminal_.renew(durations_of(settings_), window_->size(), window_->renderer());
  }

  core::Result<void> draw() {
    if (auto drawn = terminal_.draw(now_ms()); !drawn) return drawn;
    Ui& ui = terminal_.ui();
    if (!window_->renderer().draw(ui.picture(), ui.background())) return {};
    ++frames_;
    if (!std::exchange(is_announced_, true)) announce();
    return {};
  }

  /// A picture is on the screen.
  void announce() {
    const char* more = use_ == Use::kEnrol ? "; waiting to be enrolled" : "";
    supervisor_.ready(window_->description() + "; first frame shown" + more);
  }

  /// Until the loop has something to do, or to say.
  [[nodiscard]] std::optional<milliseconds> time_left() {
    const auto due = until_due();
    const auto alive = supervisor_.until_alive();
    return due && alive ? std::min(*due, *alive) : due ? due : alive;
  }

  [[nodiscard]] std::optional<milliseconds> until_due() {
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
    if (event.type == notice_event_) {
      take_notices();
      return {};
    }
    switch (event.type) {
      case SDL_QUIT:
        supervisor_.stopping();
        quit_ = true;
        return {};
      case SDL_WINDOWEVENT:
        return handle_window(event.window);
      case SDL_RENDER_TARGETS_RESET:
      case SDL_RENDER_DEVICE_RESET:
      case SDL_DISPLAYEVENT:  // unplugged, plugged in again, or another one
        return renew();
      default:
        terminal_.handle(window_->upright(event), now_ms());
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

  /// Opening hours, headphones and the configuration change without an event of SDL's.
  core::Result<void> look_around() {
    const flow::Millis now = now_ms();
    if (now < next_look_) return {};
    next_look_ = now + kLookAround;
    const bool open = core::is_open(settings_.doubts.hours, journal::stamp_now().wall_ms);
    if (open != terminal_.flow().is_open()) terminal_.tell(flow::Opening{open}, now);
    const auto inserted = headphones_.inserted();
    if (inserted && inserted != were_inserted_) {
      if (were_inserted_) terminal_.tell(flow::HeadphonesPlugged{*inserted}, now);
      were_inserted_ = inserted;
    }
    return take_bundle();
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
                                 {},
                                 loop.shown_.bundle},
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

  void start_clerk() {
    Clerk::Callbacks callbacks;
    callbacks.tell = [this](std::uint64_t ticket, staff::View view) {
      notify([this, ticket, told = std::move(view)] {
        terminal_.tell(flow::StaffTold{ticket, told}, now_ms());
      });
    };
    callbacks.progress = [this](std::uint64_t ticket, float share) {
      notify([this, ticket, share] {
        terminal_.tell(flow::StaffProgress{ticket, share}, now_ms());
      });
    };
    callbacks.publish = [this](std::vector<std::string> answers) {
      notify([this, published = std::move(answers)] {
        terminal_.tell(flow::Published{published}, now_ms());
      });
    };
    callbacks.play_test_sound = [this] { notify([this] { say({"thanks.title"}); }); };
    callbacks.now = journal::stamp_now;
    clerk_ = std::make_unique<Clerk>(house(), std::move(callbacks));
  }

  void start_enrolment_desk() {
    EnrolmentDesk::Callbacks callbacks;
    callbacks.tell = [this](std::uint64_t ticket, staff::View view) {
      notify([this, ticket, told = std::move(view)] {
        terminal_.tell(flow::StaffTold{ticket, told}, now_ms());
      });
    };
    callbacks.enrolled = [this] { notify([this] { quit_ = true; }); };
    enrolment_desk_ = std::make_unique<EnrolmentDesk>(settings_.data_dir, std::move(callbacks),
                                                      EnrolmentDesk::Pace{});
  }

  [[nodiscard]] staff::House house() const {
    staff::House house = staff_house(shown_);
    if (writer_) house.recording = [this] { return writer_->trouble(); };
    return house;
  }

  void ask_staff(flow::Ticket ticket, const staff::Command& command) {
    if (enrolment_desk_) return enrolment_desk_->ask(ticket, command);
    if (clerk_) return clerk_->ask(ticket, command);
    staff::View view;
    view.title = "Chế độ cán bộ";
    view.message = "Máy này chưa bật chế độ cán bộ: xem [staff] trong tệp cấu hình.";
    view.actions = {{"Đóng", {staff::Verb::kLock, 0, ""}, staff::Button::Kind::kPrimary}};
    notify([this, ticket, view] { terminal_.tell(flow::StaffTold{ticket, view}, now_ms()); });
  }

  void say(const speech::Words& words) {
    voice_.say(words, terminal_.flow().preferences().language);
  }

  /// Any thread: has the loop look at what has changed.
  void wake() {
    SDL_Event event{};
    event.type = notice_event_;
    SDL_PushEvent(&event);
    waiter_->wake();
  }

  /// Any thread: has the loop do something.
  void notify(std::function<void()> what) {
    {
      const std::lock_guard lock(notices_mutex_);
      notices_.push_back(std::move(what));
    }
    wake();
  }

  void take_notices() {
    std::vector<std::function<void()>> notices;
    {
      const std::lock_guard lock(notices_mutex_);
      notices.swap(notices_);
    }
    for (const auto& notice : notices) notice();
  }

  /// On the writer's thread.
  void report(const Writer::Outcome& outcome) {
    notify([this, ticket = outcome.ticket, seq = outcome.seq ? *outcome.seq : 0] {
      if (seq != 0) {
        terminal_.tell(flow::Appended{ticket, seq}, now_ms());
      } else {
        terminal_.tell(flow::AppendFailed{ticket}, now_ms());
      }
    });
  }

  const Shown own_;
  BundleWatch bundles_;
  Shown shown_;  // changes only while it is nobody's turn
  const Settings& settings_ = shown_.settings;
  const Contents& contents_ = shown_.contents;
  std::unique_ptr<Window> window_;
  std::unique_ptr<Waiter> waiter_;
  const Uint32 notice_event_;
  const Use use_;
  program::Supervisor& supervisor_;
  Terminal terminal_;
  Voice voice_{shown_, [this] { wake(); }};
  input::Headphones headphones_ = input::Headphones::open();
  std::optional<bool> were_inserted_;
  flow::Millis next_look_ = 0;
  bool quit_ = false;
  bool is_announced_ = false;  // the supervisor knows that this window shows pictures
  std::uint64_t frames_ = 0;
  std::mutex notices_mutex_;  // guards notices_
  std::vector<std::function<void()>> notices_;
  // Last: their threads report to the members above.
  std::unique_ptr<Writer> writer_;
  std::unique_ptr<Clerk> clerk_;
  std::unique_ptr<EnrolmentDesk> enrolment_desk_;
};

core::Result<Shell> Shell::start(Shown own, std::optional<design::Size> windowed, Use use,
                                 program::Supervisor& supervisor) {
  auto window = Window::open(own.settings.renderer, own.settings.rotation, windowed);
  if (!window) return core::Failure(window.error());
  auto loop = std::make_unique<Loop>(std::move(own), std::move(*window), use, supervisor);
  if (auto prepared = loop->prepare(); !prepared) return core::Failure(prepared.error());
  return Shell(std::move(loop));
}

Shell::Shell(std::unique_ptr<Loop> loop) : loop_(std::move(loop)) {}
Shell::Shell(Shell&&) noexcept = default;
Shell& Shell::operator=(Shell&&) noexcept = default;
Shell::~Shell() = default;

core::Result<void> Shell::run() { return loop_->run(); }

}  // namespace hailong::kiosk
