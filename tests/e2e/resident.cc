#include "tests/e2e/resident.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <stdexcept>

#include "kiosk/code.h"
#include "kiosk/input/pointer.h"
#include "kiosk/settings.h"
#include "tests/kiosk/png.h"
#include "tests/kiosk/stage.h"

namespace hailong::tests {

using namespace kiosk::flow;
using kiosk::design::Rect;
using kiosk::screens::Item;
using kiosk::screens::Page;
using std::chrono::milliseconds;

namespace {

constexpr std::chrono::seconds kPatience{20};
constexpr std::size_t kTokenLength = 32;

kiosk::Contents contents_of(const kiosk::Settings& settings) {
  auto vietnamese = must(kiosk::read_texts(settings.assets_dir / "vi", settings.survey));
  auto english = must(kiosk::read_texts(settings.assets_dir / "en", settings.survey));
  return {std::move(vietnamese), std::move(english),
          settings.survey,       {settings.unit_name, settings.place, settings.counter_name},
          settings.assets_dir,   settings.diagonal_inches,
          settings.motion};
}

/// When a screen takes taps.
Millis ready_of(const Screen& screen) {
  return std::visit(
      []<typename S>(const S& shown) -> Millis {
        if constexpr (requires { shown.stay; }) return shown.stay.ready;
        if constexpr (requires { shown.ready; }) return shown.ready;
        return 0;
      },
      screen);
}

/// The same screen a second later; nothing when nothing counts down on it.
std::optional<Screen> a_second_later(const Screen& screen) {
  return std::visit(
      []<typename S>(S shown) -> std::optional<Screen> {
        if constexpr (requires { shown.stay; }) {
          --shown.stay.seconds_left;
          return shown;
        } else if constexpr (requires { shown.seconds_left; }) {
          --shown.seconds_left;
          return shown;
        } else {
          return std::nullopt;
        }
      },
      screen);
}

bool same_words(const Item& a, const Item& b) {
  const auto same_line = [](const auto& x, const auto& y) { return x.text == y.text; };
  return std::equal(a.texts.begin(), a.texts.end(), b.texts.begin(), b.texts.end(),
                    [&](const auto& x, const auto& y) {
                      return std::equal(x.lines.begin(), x.lines.end(), y.lines.begin(),
                                        y.lines.end(), same_line);
                    });
}

}  // namespace

class Resident::Shadow {
 public:
  Shadow(kiosk::design::Size size, kiosk::Settings settings)
      : settings_(std::move(settings)),
        size_(size),
        stage_(size, contents_of(settings_), settings_.rotation),
        flow_(durations_of(settings_), settings_.survey, settings_.typing, settings_.tones) {
    if (!settings_.later_url.empty()) {  // as large as every visit's own
      const std::string token(kTokenLength, '0');
      stage_.ui().show_later(kiosk::qr_code(settings_.later_url + token));
    }
    tell(Tick{now_});
  }

  void tell(const Event& event) {
    if (const auto effect = flow_.handle(event)) ticket_ = effect->ticket;
    draw();
  }

  /// Lets time pass until the screen takes taps; says how much.
  milliseconds get_ready() {
    const Millis time = std::max<Millis>(0, ready_of(flow_.screen()) - now_);
    now_ += time;
    tell(Tick{now_});
    return milliseconds{time};
  }

  void know_recorded(core::Seq seq) { tell(Appended{ticket_, seq}); }

  [[nodiscard]] const Flow& flow() const { return flow_; }
  [[nodiscard]] const Page& page() { return stage_.ui().page(); }

  /// The upper left part of the panel, row by row, 0xRRGGBB.
  [[nodiscard]] std::vector<std::uint32_t> pixels(int width, int height) {
    const SDL_Surface& surface = stage_.surface();
    std::vector<std::uint32_t> all;
    for (int y = 0; y < height; ++y) {
      const auto* row = reinterpret_cast<const std::uint32_t*>(
          static_cast<const std::byte*>(surface.pixels) + std::ptrdiff_t{y} * surface.pitch);
      std::transform(row, row + width, std::back_inserter(all),
                     [](std::uint32_t pixel) { return pixel & 0xFFFFFFU; });
    }
    return all;
  }

  /// Whether that is how a screen of some size should look.
  bool agrees(const std::vector<std::uint32_t>& seen, int width, int height) {
    const auto blind = blind_spots();
    const auto own = pixels(width, height);
    for (std::size_t i = 0; i < own.size(); ++i) {
      if (own[i] == seen[i]) continue;
      const auto columns = static_cast<std::size_t>(width);
      const std::size_t row = i / columns;
      const auto at =
          on_picture(settings_.rotation,
                     kiosk::Spot<int>{static_cast<int>(i % columns), static_cast<int>(row)},
                     size_.width - 1, size_.height - 1);
      const bool ignored = std::any_of(blind.begin(), blind.end(), [&at](const Rect& rect) {
        return rect.contains(static_cast<float>(at.x), static_cast<float>(at.y));
      });
      if (!ignored) return false;
    }
    return true;
  }

 private:
  static Durations durations_of(const kiosk::Settings& settings) {
    Durations durations;
    durations.thanks = Millis{settings.thank_you_seconds} * 1000;
    return durations;
  }

  void draw() {
    stage_.prefer(flow_.preferences());
    stage_.show(flow_.screen(), now_);
  }

  /// What counts down, and the code.
  std::vector<Rect> blind_spots() {
    std::vector<Rect> spots;
    if (const auto& code = page().code) spots.push_back(code->rect);
    const auto later = a_second_later(flow_.screen());
    if (!later) return spots;
    const std::vector<Item> now = page().items;
    must(stage_.ui().show(*later, flow_.preferences(), true, now_));
    const std::vector<Item>& then = page().items;
    for (std::size_t i = 0; i < now.size(); ++i) {
      if (!same_words(now[i], then[i])) spots.push_back(now[i].rect);
    }
    must(stage_.ui().show(flow_.screen(), flow_.preferences(), true, now_));
    return spots;
  }

  const kiosk::Settings settings_;
  const kiosk::design::Size size_;  // of the upright picture
  Stage stage_;
  Flow flow_;
  Ticket ticket_ = 0;
  Millis now_ = 1'000;  // any moment
};

Resident::Resident(XDisplay& display, KioskSession& kiosk)
    : display_(display),
      kiosk_(kiosk),
      shadow_(std::make_unique<Shadow>(
          kiosk::design::Size{kiosk.picture_size().first, kiosk.picture_size().second},
          must(kiosk::read_settings(kiosk.config())))) {}

Resident::~Resident() = default;

const Screen& Resident::screen() const { return shadow_->flow().screen(); }
const Preferences& Resident::preferences() const { return shadow_->flow().preferences(); }

void Resident::see() {
  std::vector<std::uint32_t> seen;
  const bool agreed = display_.wait_until(
      [&] {
        seen = display_.pixels(0, 0, display_.width(), display_.height());
        return shadow_->agrees(seen, display_.width(), display_.height());
      },
      kPatience);
  if (!agreed) complain(seen);
}

void Resident::complain(const std::vector<std::uint32_t>& seen) const {
  const auto save = [&](std::vector<std::uint32_t> pixels, const char* name) {
    for (std::uint32_t& pixel : pixels) pixel |= 0xFF000000U;
    const auto file = std::filesystem::temp_directory_path() / name;
    write_png({display_.width(), display_.height(), std::move(pixels)}, file);
    return file.string();
  };
  throw std::runtime_error(
      "the screen does not show what it should: compare " +
      save(shadow_->pixels(display_.width(), display_.height()), "hailong-expected.png") +
      " with " + save(seen, "hailong-seen.png") + "; log: " + text_of(kiosk_.log()));
}

/// Also as long as a second tap at the same place is taken for an echo of the first.
void Resident::wait_until_ready() {
  see();
  const milliseconds guard = shadow_->get_ready();
  display_.wait(std::max(guard, milliseconds{kiosk::input::Pointer::kSameTapMs}));
}

void Resident::tell(const Event& event) { shadow_->tell(event); }

void Resident::tap_at(int x, int y) {
  const auto [right, down] = kiosk_.on_screen(x, y);
  display_.move(right, down);
  display_.press(true);
  display_.press(false);
}

void Resident::tap_on(const Wanted& wanted) {
  wait_until_ready();
  const auto& items = shadow_->page().items;
  const auto item = std::find_if(items.begin(), items.end(), [&](const Item& candidate) {
    return candidate.event && wanted(*candidate.event);
  });
  if (item == items.end()) throw std::runtime_error("nothing of the kind is on the screen");
  const Event event = *item->event;
  tap_at(static_cast<int>(std::lround(item->rect.centre_x())),
         static_cast<int>(std::lround(item->rect.centre_y())));
  tell(event);
}

void Resident::tap_answer(int question, int choice) {
  tap_on([=](const Event& event) {
    const auto* answer = std::get_if<AnswerTapped>(&event);
    return answer != nullptr && answer->question == question && answer->choice == choice;
  });
}

void Resident::tap_elsewhere() {
  wait_until_ready();
  constexpr int kStep = 8;
  const auto [width, height] = kiosk_.picture_size();
  for (int y = height / 2; y < height; y += kStep) {
    const int x = width / 2;
    if (item_at(shadow_->page(), static_cast<float>(x), static_cast<float>(y)) != nullptr) continue;
    tap_at(x, y);
    return tell(ElsewhereTapped{});
  }
  throw std::runtime_error("there is something everywhere");
}

void Resident::tap_keys(std::string_view characters) {
  for (const char character : characters) {
    tap(&CharacterTapped::character, static_cast<char32_t>(character));
  }
}

void Resident::scan(const std::string& code, const std::string& dossier) {
  see();
  display_.type(code + "\n", milliseconds{0});
  tell(DossierScanned{Dossier{dossier}});
}

void Resident::type(std::string_view characters) {
  for (const char character : characters) {
    see();
    display_.type(std::string_view(&character, 1), milliseconds{0});
    tell(CharacterTapped{static_cast<char32_t>(static_cast<unsigned char>(character))});
  }
}

void Resident::know_recorded(core::Seq seq) { shadow_->know_recorded(seq); }

}  // namespace hailong::tests
