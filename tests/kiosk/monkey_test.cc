#include <SDL.h>
#include <gtest/gtest.h>
#include <imgui.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "core/text.h"
#include "tests/kiosk/booth.h"
#include "tests/kiosk/disk.h"
#include "tests/kiosk/real_journal.h"
#include "tests/kiosk/surface.h"

/// Somebody who taps, drags, types, scans and walks off without any sense, at a kiosk with a real
/// journal on a disk that sometimes fails. Whatever happens: the page is sound, no screen is a dead
/// end, nothing that was thanked for is missing, and the chain verifies.

namespace hailong::tests {
namespace {

namespace design = kiosk::design;
namespace flow = kiosk::flow;
namespace screens = kiosk::screens;
using design::Rect;

constexpr int kEvents = 20'000;
constexpr int kMostBrokenAppends = 5;  // each takes the writer's patience: more than a second

constexpr unsigned kSeed = 15420240;  // one that gets everywhere

/// HAILONG_MONKEY_SEED in the environment sends another monkey.
unsigned seed() {
  const char* wanted = std::getenv("HAILONG_MONKEY_SEED");
  return wanted == nullptr ? kSeed : static_cast<unsigned>(std::strtoul(wanted, nullptr, 10));
}

bool lies_in(const Rect& rect, design::Size window) {
  constexpr float kRounding = 1.5F;
  return rect.x >= -kRounding && rect.y >= -kRounding &&
         rect.right() <= static_cast<float>(window.width) + kRounding &&
         rect.bottom() <= static_cast<float>(window.height) + kRounding;
}

bool is_well_formed(std::string_view text) { return core::utf8(core::code_points(text)) == text; }

bool is_loaded(const ImFont* font) {
  const auto& fonts = ImGui::GetIO().Fonts->Fonts;
  return std::find(fonts.begin(), fonts.end(), font) != fonts.end();
}

/// What is wrong with a page; empty when nothing is.
std::string complaint_about(const screens::Page& page, design::Size window) {
  if (page.items.empty()) return "the page is empty";
  for (const screens::Item& item : page.items) {
    if (!lies_in(item.rect, window)) return "a thing lies outside the window";
    if (item.event && !lies_in(item.hit, window)) return "what can be tapped lies outside";
    for (const design::TextBlock& block : item.texts) {
      if (block.lines.empty()) continue;
      if (!is_loaded(block.font)) return "a text is set in a font that is gone";
      for (const design::Line& line : block.lines) {
        if (!is_well_formed(line.text)) return "a text is broken within a character";
      }
    }
  }
  return {};
}

/// A surface with its renderer, so that pictures can be looked at.
class Canvas final : public kiosk::render::Renderer {
 public:
  explicit Canvas(design::Size size)
      : surface_(surface_of(size.width, size.height)),
        renderer_(must(kiosk::render::make_surface_renderer(surface_.get()))) {}

  core::Result<kiosk::render::Texture> add(const design::Picture& picture) override {
    return renderer_->add(picture);
  }
  void remove(kiosk::render::Texture texture) override { renderer_->remove(texture); }
  bool draw(const ImDrawData& data, design::Colour background) override {
    return renderer_->draw(data, background);
  }
  void forget() override { renderer_->forget(); }

  [[nodiscard]] std::vector<std::uint8_t> pixels() const {
    const auto* first = static_cast<const std::uint8_t*>(surface_->pixels);
    const auto bytes = static_cast<std::ptrdiff_t>(surface_->pitch) * surface_->h;
    return {first, first + bytes};
  }

 private:
  Surface surface_;
  std::unique_ptr<kiosk::render::Renderer> renderer_;
};

class Monkey {
 public:
  explicit Monkey(unsigned seed)
      : random_(seed), booth_({1280, 800}, contents(), [](design::Size size) {
          return std::make_unique<Canvas>(size);
        }) {
    booth_.use([this](const flow::Effect& effect) { hand_over(effect); });
  }

  void play(int events) {
    int actions = 0;
    for (events_ = 0; events_ < events && !testing::Test::HasFailure(); ++actions) {
      act();
      hear_outcomes();
      check();
      if (actions % 400 == 399) check_that_silence_leads_home();
      if (actions % 150 == 149) check_picture();
    }
    check_that_silence_leads_home();
    journal_.close();
  }

  void check_journal() const {
    EXPECT_EQ(journal_.complaint(), "");
    std::map<std::string, int> ratings;
    std::set<core::Seq> agreed;
    for (const core::Event& event : journal_.events()) {
      if (const auto* rating = std::get_if<core::Rating>(&event.body)) {
        ++ratings[rating->visit.value];
      } else if (const auto* consent = std::get_if<core::Consent>(&event.body)) {
        agreed.insert(consent->rating);
      } else if (const auto* feedback = std::get_if<core::Feedback>(&event.body)) {
        if (feedback->kind != core::FeedbackKind::kContact) continue;
        EXPECT_TRUE(agreed.contains(feedback->rating)) << "contact data without consent";
      }
    }
    for (const auto& [visit, count] : ratings) EXPECT_EQ(count, 1) << visit;
    for (const std::string& visit : thanked_) EXPECT_TRUE(ratings.contains(visit)) << visit;
    EXPECT_GT(thanked_.size(), 50U);
  }

  /// A monkey that saw only half of the kiosk proves half. Staff mode, the last of the screens and
  /// entries, is behind a door that it does not know.
  void check_that_it_got_everywhere() const {
    for (std::size_t screen = 0; screen + 1 < std::variant_size_v<flow::Screen>; ++screen) {
      EXPECT_TRUE(seen_.contains(screen)) << "screen " << screen;
    }
    for (std::size_t entry = 0; entry + 1 < std::variant_size_v<flow::Entry>; ++entry) {
      EXPECT_TRUE(entries_.contains(entry)) << "entry " << entry;
    }
    EXPECT_EQ(broken_appends_, kMostBrokenAppends);
  }

 private:
  int any(int from, int to) { return std::uniform_int_distribution<int>(from, to)(random_); }
  bool happens(int percent) { return any(1, 100) <= percent; }
  template <typename T>
  const T& one_of(const std::vector<T>& list) {
    return list[static_cast<std::size_t>(any(0, static_cast<int>(list.size()) - 1))];
  }
  float any_x() { return static_cast<float>(any(-20, booth_.size().width + 20)); }
  float any_y() { return static_cast<float>(any(-20, booth_.size().height + 20)); }

  void act() {
    const int what = any(0, 999);
    if (what < 400) return tap_something();
    if (what < 480) return say_more();
    if (what < 520) return tap_anywhere();
    if (what < 570) return use_fingers();
    if (what < 600) return use_mouse();
    if (what < 680) return press_named_key();
    if (what < 730) return type();
    if (what < 770) return scan();
    if (what < 930) return wait(any(1, 700));
    if (what < 950) return wait(any(1'000, 50'000));
    if (what < 953) return wait(any(60'000, 6'000'000));
    if (what < 960) return booth_.set_event_clock(-any(1, 50));
    if (what < 970) return tell(flow::Opening{happens(50)});
    if (what < 975) return tell(flow::HeadphonesPlugged{happens(50)});
    if (what < 978) return resize();
    if (what < 985) return booth_.terminal().let_go(booth_.now());
    if (what < 990) return send_nonsense();
    break_the_disk();
  }

  void wait(flow::Millis time) {
    ++events_;
    booth_.wait(time);
  }

  void tell(const flow::Event& event) {
    ++events_;
    booth_.tell(event);
  }

  void handle(const SDL_Event& event) {
    ++events_;
    booth_.handle(event);
    note();
  }

  /// Looks are made anew for some switches, which takes long: fewer of these.
  bool is_tedious(const screens::Item& item) {
    return std::holds_alternative<flow::PreferenceTapped>(*item.event) && happens(85);
  }

  void tap_something() {
    std::vector<const screens::Item*> items;
    for (const screens::Item& item : booth_.page().items) {
      if (screens::is_step(item)) items.push_back(&item);
    }
    if (items.empty()) return wait(100);
    const screens::Item& item = *one_of(items);
    if (is_tedious(item)) return;
    const float x = item.hit.centre_x();
    const float y = item.hit.centre_y();
    wait(any(0, 900));
    events_ += 2;
    booth_.tap(x, y);
    note();
    if (booth_.shows<flow::Contact>() && happens(40)) leave_contact();
    if (booth_.shows<flow::Words>() && happens(40)) leave_words();
    if (booth_.shows<flow::Fields>() && happens(30)) tap_on<flow::SearchTapped>();
  }

  template <typename E>
  void tap_on() {
    for (const screens::Item& item : booth_.page().items) {
      if (!item.event || !std::holds_alternative<E>(*item.event)) continue;
      const Rect place = item.hit;  // waiting puts the page together anew
      wait(flow::Durations{}.thanks_guard);
      events_ += 2;
      booth_.tap(place.centre_x(), place.centre_y());
      return note();
    }
  }

  /// A possible number comes about by intention only; consent is forgotten now and then.
  void leave_contact() {
    type_text("0912345678");
    if (happens(60)) tap_on<flow::ConsentTapped>();
    if (happens(80)) tap_on<flow::NextTapped>();
  }

  void leave_words() {
    type();
    if (happens(70)) tap_on<flow::NextTapped>();
  }

  /// Few would ever come to what lies behind the thank-you, if all its buttons were alike.
  void say_more() {
    if (booth_.shows<flow::Thanks>()) return tap_on<flow::SayMoreTapped>();
    if (booth_.shows<flow::Reasons>()) return tap_on<flow::NextTapped>();
    tap_something();
  }

  void tap_anywhere() {
    const float x = any_x();
    const float y = any_y();
    const auto* item = screens::item_at(booth_.page(), x, y);
    if (item != nullptr && is_tedious(*item)) return;
    events_ += 2;
    booth_.tap(x, y);
    note();
  }

  void use_fingers() {
    const std::int64_t id = any(0, 19);
    for (int i = any(1, 4); i > 0; --i) {
      const Uint32 type = one_of<Uint32>({SDL_FINGERDOWN, SDL_FINGERMOTION, SDL_FINGERUP});
      const auto share = [this] { return static_cast<float>(any(-2, 102)) / 100; };
      handle(finger(type, happens(70) ? id : any(0, 19), share(), share(), booth_.ticks()));
      if (happens(50)) booth_.wait(any(0, 120));
    }
  }

  void use_mouse() {
    SDL_Event event{};
    event.type = one_of<Uint32>({SDL_MOUSEBUTTONDOWN, SDL_MOUSEBUTTONUP, SDL_MOUSEMOTION});
    event.common.timestamp = booth_.ticks();
    const Uint32 which = happens(30) ? SDL_TOUCH_MOUSEID : 0;
    if (event.type == SDL_MOUSEMOTION) {
      event.motion.which = which;
      event.motion.x = static_cast<int>(any_x());
      event.motion.y = static_cast<int>(any_y());
    } else {
      event.button.which = which;
      event.button.button = static_cast<Uint8>(any(1, 3));
      event.button.x = static_cast<int>(any_x());
      event.button.y = static_cast<int>(any_y());
    }
    handle(event);
  }

  SDL_Event any_key(int scancode) {
    SDL_Event event = key(scancode, KMOD_NONE, booth_.ticks());
    if (happens(10)) event.key.keysym.mod = static_cast<Uint16>(any(0, 0xFFFF));
    if (happens(10)) event.key.repeat = 1;
    return event;
  }

  void press_named_key() {
    static const std::vector<int> kKeys = {
        SDL_SCANCODE_KP_0,    SDL_SCANCODE_KP_1,      SDL_SCANCODE_KP_2, SDL_SCANCODE_KP_3,
        SDL_SCANCODE_KP_3,    SDL_SCANCODE_KP_4,      SDL_SCANCODE_KP_5, SDL_SCANCODE_KP_ENTER,
        SDL_SCANCODE_KP_PLUS, SDL_SCANCODE_KP_MINUS,  SDL_SCANCODE_LEFT, SDL_SCANCODE_RIGHT,
        SDL_SCANCODE_UP,      SDL_SCANCODE_DOWN,      SDL_SCANCODE_TAB,  SDL_SCANCODE_ESCAPE,
        SDL_SCANCODE_RETURN,  SDL_SCANCODE_BACKSPACE, SDL_SCANCODE_F1,   SDL_SCANCODE_1,
        SDL_SCANCODE_3,       SDL_SCANCODE_5};
    for (int i = any(1, 4); i > 0; --i) {
      const auto focus = booth_.terminal().ui().focused();
      if (focus && is_tedious(booth_.page().items[*focus])) booth_.tap(0, 0);
      handle(any_key(one_of(kKeys)));
      booth_.wait(any(0, 150));
    }
  }

  void type_text(std::string_view text) {
    for (const char character : text) {
      handle(key_of(character, booth_.ticks()));
      booth_.wait(any(40, 200));
    }
  }

  void type() {
    static const std::vector<std::string> kPieces = {
        "nguwowif ", "dduwowngf ", "toots ", "lawms ",         "khai sinh ", "ww",
        "aaa",       "0912",       "qqq ",   "a@b.vn ",        "-",          "zzzz",
        " ",         "OANH ",      "?!",     "chuwngs thuwjc "};
    for (int i = any(1, 3); i > 0; --i) type_text(one_of(kPieces));
    if (booth_.shows<flow::Words>() && happens(3)) {
      while (booth_.shows<flow::Words>() && booth_.as<flow::Words>().draft.left() > 3) {
        type_text(one_of(kPieces));
      }
    }
  }

  void send_quickly(const std::string& text, int most_apart) {
    for (const char character : text) {
      handle(key_of(character, booth_.ticks()));
      booth_.wait(any(1, most_apart));
    }
    if (happens(90)) handle(key(SDL_SCANCODE_RETURN, KMOD_NONE, booth_.ticks()));
  }

  void scan() {
    const std::string code = "000.00.01.H23-240814-000" + std::to_string(any(1, 9));
    if (happens(50)) return send_quickly(code, 30);
    if (happens(30)) return send_quickly("https://example.vn/?ma=" + code, 10);
    for (int i = any(1, 40); i > 0; --i) {  // a scanner out of its mind
      handle(any_key(any(SDL_SCANCODE_A, SDL_SCANCODE_F12)));
      booth_.wait(any(0, 10));
    }
    if (happens(5)) send_quickly(std::string(600, 'x'), 1);
  }

  void resize() {
    static const std::vector<design::Size> kSizes = {
        {1280, 800}, {1024, 600}, {800, 1280}, {1920, 1080}, {1366, 768}};
    ++events_;
    booth_.fit(one_of(kSizes));
  }

  void send_nonsense() {
    SDL_Event event{};
    event.type = static_cast<Uint32>(any(0x100, 0x2100));
    event.common.timestamp = booth_.ticks();
    const auto type = event.type;
    const bool is_input = type >= SDL_KEYDOWN && type <= SDL_FINGERMOTION;
    if (!is_input) handle(event);
  }

  /// The next thing that is handed over will not be recorded.
  void break_the_disk() {
    ++events_;
    if (broken_appends_ == kMostBrokenAppends || disk_is_broken_) return;
    journal_.finish();
    break_disk(happens(50) ? DiskFault::kFull : DiskFault::kBrokenSync, 1'000'000);
    disk_is_broken_ = true;
  }

  void hand_over(const flow::Effect& effect) {
    entries_.insert(effect.entry.index());
    if (std::holds_alternative<flow::NewContact>(effect.entry)) {
      EXPECT_TRUE(had_agreed_) << "contact data are handed over that nobody agreed to";
    }
    if (std::holds_alternative<flow::NewRating>(effect.entry)) rating_ticket_ = effect.ticket;
    journal_.hand_over(effect);
    if (!disk_is_broken_) return;
    journal_.finish();
    mend_disk();
    disk_is_broken_ = false;
    has_bad_news_ = true;
    ++broken_appends_;
  }

  /// Outcomes come in order, but as late as they like; bad ones while the resident is still there.
  void hear_outcomes() {
    while (journal_.waiting() > 0 && (has_bad_news_ || happens(60))) hear_outcome();
    has_bad_news_ = false;
  }

  void hear_outcome() {
    const flow::Event outcome = journal_.next_outcome();
    booth_.tell(outcome);
    const auto* appended = std::get_if<flow::Appended>(&outcome);
    const bool is_rating = appended != nullptr && appended->ticket == rating_ticket_;
    if (is_rating && booth_.shows<flow::Thanks>()) {
      EXPECT_EQ(booth_.as<flow::Thanks>().visit.rating, appended->seq);
      thanked_.insert(RealJournal::visit_of(appended->ticket).value);
    }
    note();
  }

  void note() {
    seen_.insert(booth_.flow().screen().index());
    had_agreed_ = booth_.shows<flow::Contact>() && booth_.as<flow::Contact>().agreed;
  }

  void check() {
    note();
    booth_.wait(0);
    const std::string complaint = complaint_about(booth_.page(), booth_.size());
    EXPECT_EQ(complaint, "") << "after " << events_ << " events, on screen "
                             << booth_.flow().screen().index();
    const auto due = booth_.terminal().deadline(booth_.now(), booth_.ticks());
    if (due) {
      EXPECT_GT(*due, booth_.now()) << "the shell would spin; after " << events_ << " events";
    }
  }

  void check_that_silence_leads_home() {
    while (journal_.waiting() > 0) hear_outcome();
    const auto before = booth_.flow().screen().index();
    booth_.wait(150'000);
    while (journal_.waiting() > 0) hear_outcome();
    booth_.wait(20'000);
    ASSERT_TRUE(booth_.shows<flow::Home>())
        << "stuck on screen " << before << " after " << events_ << " events";
    EXPECT_EQ(booth_.flow().preferences(), flow::Preferences{});
    EXPECT_EQ(booth_.as<flow::Home>().dossier, std::nullopt);
    booth_.tap_face(any(1, 5));
    EXPECT_TRUE(booth_.shows<flow::Saving>()) << "home is deaf after " << events_ << " events";
  }

  /// What was drawn piece by piece is what a full picture shows.
  void check_picture() {
    booth_.draw();
    const auto& canvas = dynamic_cast<const Canvas&>(booth_.renderer());
    const auto by_pieces = canvas.pixels();
    booth_.renderer().forget();
    booth_.draw();
    EXPECT_EQ(std::memcmp(by_pieces.data(), canvas.pixels().data(), by_pieces.size()), 0)
        << "a stale picture after " << events_ << " events";
  }

  std::mt19937 random_;
  int events_ = 0;
  bool had_agreed_ = false;
  bool disk_is_broken_ = false;
  bool has_bad_news_ = false;
  int broken_appends_ = 0;
  flow::Ticket rating_ticket_ = 0;
  std::set<std::string> thanked_;  // visits
  std::set<std::size_t> seen_;     // kinds of screens
  std::set<std::size_t> entries_;  // kinds of entries
  RealJournal journal_;
  Booth booth_;
};

TEST(Monkey, FindsNoDeadEndAndLosesNothing) {
  std::cout << "HAILONG_MONKEY_SEED=" << seed() << "\n";
  watch_disk();
  Monkey monkey(seed());
  monkey.play(kEvents);
  monkey.check_journal();
  if (seed() == kSeed) monkey.check_that_it_got_everywhere();
}

}  // namespace
}  // namespace hailong::tests
