#include "tests/kiosk/booth.h"

#include <algorithm>

#include "kiosk/input/us_layout.h"

namespace hailong::tests {

namespace flow = kiosk::flow;

std::optional<flow::Dossier> dossier_in(const std::string& text) {
  const auto begin = text.find("000.");
  if (begin == std::string::npos) return std::nullopt;
  return flow::Dossier{text.substr(begin)};
}

SDL_Event finger(Uint32 type, std::int64_t id, float x, float y, Uint32 time) {
  SDL_Event event{};
  event.tfinger.type = type;
  event.tfinger.timestamp = time;
  event.tfinger.touchId = 7;
  event.tfinger.fingerId = id;
  event.tfinger.x = x;
  event.tfinger.y = y;
  return event;
}

SDL_Event key(int scancode, unsigned modifiers, Uint32 time) {
  SDL_Event event{};
  event.key.type = SDL_KEYDOWN;
  event.key.timestamp = time;
  event.key.keysym.scancode = static_cast<SDL_Scancode>(scancode);
  event.key.keysym.mod = static_cast<Uint16>(modifiers);
  return event;
}

SDL_Event key_of(char character, Uint32 time) {
  for (int scancode = SDL_SCANCODE_A; scancode <= SDL_SCANCODE_SLASH; ++scancode) {
    for (const bool shift : {false, true}) {
      if (kiosk::input::us_character(scancode, shift) != character) continue;
      return key(scancode, shift ? unsigned{KMOD_LSHIFT} : unsigned{KMOD_NONE}, time);
    }
  }
  throw std::runtime_error("no key gives that character");
}

Booth::Booth(kiosk::design::Size size, kiosk::Contents what, MakeRenderer make_renderer)
    : contents_(std::move(what)),
      size_(size),
      make_renderer_(std::move(make_renderer)),
      terminal_(contents_, flow::Durations{}, core::TypingMethod::kTelex, core::TonePlacement::kOld,
                {[this](const flow::Effect& effect) { hand_over(effect); },
                 [this](flow::Ticket ticket, const kiosk::staff::Command& command) {
                   commands_.push_back({ticket, command});
                 },
                 [this](const kiosk::speech::Words& words) { said_.push_back(words); },
                 [] { return false; }, dossier_in}) {
  fit(size);
  draw();
}

Booth::~Booth() { terminal_.ui().release(); }

void Booth::renew(kiosk::Contents contents) {
  terminal_.ui().release();
  contents_ = std::move(contents);
  must(terminal_.renew(flow::Durations{}, size_, *renderer_));
}

void Booth::use(std::function<void(const flow::Effect&)> journal) {
  journal_ = Journal::kWaits;
  other_journal_ = std::move(journal);
}

void Booth::hand_over(const flow::Effect& effect) {
  if (other_journal_) return other_journal_(effect);
  effects_.push_back(effect);
}

void Booth::wait(flow::Millis time) {
  const flow::Millis until = now_ + time;
  for (auto due = terminal_.deadline(now_, ticks()); due && *due < until;
       due = terminal_.deadline(now_, ticks())) {
    now_ = std::max(now_ + 1, *due);
    terminal_.pass_time(now_, ticks());
    settle();
  }
  now_ = until;
  terminal_.pass_time(now_, ticks());
  settle();
}

void Booth::handle(const SDL_Event& event) {
  terminal_.handle(event, now_);
  settle();
}

void Booth::tell(const flow::Event& event) {
  terminal_.tell(event, now_);
  settle();
}

void Booth::fit(kiosk::design::Size size) {
  size_ = size;
  terminal_.ui().release();
  renderer_ = make_renderer_(size);
  must(terminal_.fit(size, *renderer_));
  must(terminal_.complete());
}

bool Booth::draw() {
  must(terminal_.draw(now_));
  return renderer_->draw(terminal_.ui().picture(), terminal_.ui().background());
}

void Booth::press(float x, float y, std::int64_t id) {
  handle(finger(SDL_FINGERDOWN, id, share_x(x), share_y(y), ticks()));
}

void Booth::move(float x, float y, std::int64_t id) {
  handle(finger(SDL_FINGERMOTION, id, share_x(x), share_y(y), ticks()));
}

void Booth::lift(float x, float y, std::int64_t id) {
  handle(finger(SDL_FINGERUP, id, share_x(x), share_y(y), ticks()));
}

void Booth::tap(float x, float y) {
  press(x, y);
  wait(60);
  lift(x, y);
}

void Booth::tap_face(int score) {
  const float column = static_cast<float>(size_.width) / 5;
  tap(column * (static_cast<float>(score) - 0.5F), static_cast<float>(size_.height) * 0.55F);
}

void Booth::tap_on(const kiosk::screens::Item& item) {
  const auto place = item.hit;
  tap(place.centre_x(), place.centre_y());
}

void Booth::choose_topic(flow::Topic topic) {
  choose<flow::TopicTapped>([topic](const flow::TopicTapped& tap) { return tap.topic == topic; });
}

void Booth::press_key(int scancode) {
  handle(key(scancode, KMOD_NONE, ticks()));
  wait(kiosk::input::Keys::kHoldMs + 60);
}

void Booth::type(std::string_view text) {
  for (const char character : text) {
    handle(key_of(character, ticks()));
    wait(120);
  }
}

void Booth::scan(std::string_view text) {
  for (const char character : text) {
    handle(key_of(character, ticks()));
    now_ += 8;
  }
  handle(key(SDL_SCANCODE_RETURN, KMOD_NONE, ticks()));
  wait(kiosk::input::Keys::kAfterScanMs);
}

void Booth::report(bool taken) {
  while (reported_ < effects_.size()) {
    const flow::Ticket ticket = effects_[reported_++].ticket;
    if (taken) {
      terminal_.tell(flow::Appended{ticket, ++seq_}, now_);
    } else {
      terminal_.tell(flow::AppendFailed{ticket}, now_);
    }
  }
}

void Booth::forget_what_was_handed_over() {
  effects_.clear();
  commands_.clear();
  said_.clear();
  reported_ = 0;
}

void Booth::settle() {
  if (journal_ != Journal::kWaits) report(journal_ == Journal::kTakesAll);
}

void Booth::rate(int score) {
  wait(flow::Durations{}.thanks_guard);
  tap_face(score);
}

void Booth::rate_and_say_more(int score) {
  rate(score);
  choose<flow::SayMoreTapped>();
  choose<flow::NextTapped>();
}

}  // namespace hailong::tests
