#include "tests/e2e/kiosk_session.h"

#include <signal.h>

#include <algorithm>
#include <fstream>
#include <stdexcept>

namespace hailong::tests {
namespace {

constexpr std::chrono::milliseconds kReaction{200};
constexpr int kPatch = 24;  // pixels looked at in each column, along its middle line

std::string config_text(const std::filesystem::path& data_dir, const KioskOptions& options) {
  return "data_dir = \"" + data_dir.string() + "\"\n" + "assets_dir = \"" HAILONG_ASSETS "\"\n" +
         "motion = false\n"
         "[device]\nid = \"kt-10750-q1\"\n"
         "[unit]\nname = \"UBND xã Phú Thái\"\nplace = \"Bộ phận Một cửa\"\n"
         "[counter]\nid = \"q1\"\nname = \"Quầy số 1\"\nfield = \"ho-tich\"\n"
         "[thank_you]\nseconds = " +
         std::to_string(options.thank_you_seconds) +
         "\n[screen]\nrotation = " + std::to_string(90 * static_cast<int>(options.rotation)) +
         "\n" + options.tables;
}

}  // namespace

std::string everything_asked() {
  return "[follow_up]\n"
         "fields = \"" HAILONG_SOURCE_DIR
         "/config/kim-thanh/fields.csv\"\n"
         "procedures = \"" HAILONG_SOURCE_DIR
         "/config/kim-thanh/procedures.csv\"\n"
         "[typing]\nmethod = \"telex\"\n"
         "[later]\nurl = \"https://example.invalid/y/\"\n"
         "[complaints]\nplace = \"Phòng tiếp công dân\"\n"
         "[[counters]]\nid = \"q1\"\nname = \"Quầy số 1\"\n"
         "[[counters]]\nid = \"q2\"\nname = \"Quầy số 2\"\n"
         "[[officers]]\nid = \"cb-1\"\nname = \"Cán bộ A\"\ncounter = \"q1\"\n"
         "[[officers]]\nid = \"cb-2\"\nname = \"Cán bộ B\"\ncounter = \"q2\"\n";
}

KioskSession::KioskSession(XDisplay& display, std::filesystem::path folder,
                           const KioskOptions& options)
    : display_(display),
      folder_(std::move(folder)),
      rotation_(options.rotation),
      empty_screen_(patches()) {
  std::filesystem::create_directories(folder_);
  std::ofstream(config()) << config_text(data_dir(), options);
}

void KioskSession::start() {
  process_.emplace(std::vector<std::string>{HAILONG_KIOSK, "--config", config().string()}, log(),
                   Environment{{"DISPLAY", display_.name()}, {"SDL_VIDEODRIVER", "x11"}});
  const auto drawn = [&] {
    if (home_) return sight() == Sight::kHome;
    const Patches now = patches();
    return std::equal(now.begin(), now.end(), empty_screen_.begin(),
                      [](const auto& a, const auto& b) { return a != b; });
  };
  for (int seconds = 0; !display_.wait_until(drawn, std::chrono::seconds{1}); ++seconds) {
    if (seconds == 30 || !process_->running()) {
      throw std::runtime_error("the kiosk shows nothing; its log: " + text_of(log()));
    }
  }
  if (!home_) home_ = patches();
}

void KioskSession::kill() {
  process_->signal(SIGKILL);
  process_->wait(std::chrono::seconds{10});
}

std::optional<int> KioskSession::stop() {
  process_->signal(SIGTERM);
  return process_->wait(std::chrono::seconds{5});
}

void KioskSession::freeze() { process_->signal(SIGSTOP); }
void KioskSession::thaw() { process_->signal(SIGCONT); }

KioskSession::Patches KioskSession::patches() const {
  Patches patches;
  for (int column = 0; column < 5; ++column) {
    const auto [x, y] = face(column + 1);
    patches[static_cast<std::size_t>(column)] =
        display_.pixels(x - kPatch / 2, y - kPatch / 2, kPatch, kPatch);
  }
  return patches;
}

Sight KioskSession::sight() const {
  const Patches now = patches();
  if (!home_ || now == empty_screen_) return Sight::kNothing;
  std::size_t same = 0;
  for (std::size_t column = 0; column < now.size(); ++column) {
    same += now[column] == (*home_)[column] ? 1U : 0U;
  }
  if (same == now.size()) return Sight::kHome;
  return same == 0 ? Sight::kOther : Sight::kPressed;
}

bool KioskSession::wait_for(Sight wanted, std::chrono::milliseconds patience) {
  return display_.wait_until([&] { return sight() == wanted; }, patience);
}

void KioskSession::look() { display_.wait(kReaction); }

void KioskSession::tap_face(int score) {
  const auto [x, y] = face(score);
  display_.tap(x, y);
}

std::pair<int, int> KioskSession::face(int score) const {
  const auto [width, height] = picture_size();
  return on_screen(width * (2 * score - 1) / 10, height * 55 / 100);
}

std::pair<int, int> KioskSession::picture_size() const {
  std::pair size(display_.width(), display_.height());
  if (swaps_sides(rotation_)) std::swap(size.first, size.second);
  return size;
}

std::pair<int, int> KioskSession::on_screen(int x, int y) const {
  const auto [width, height] = picture_size();
  const auto at = on_panel(rotation_, kiosk::Spot<int>{x, y}, width - 1, height - 1);
  return {at.x, at.y};
}

}  // namespace hailong::tests
