#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "kiosk/rotation.h"
#include "tests/e2e/process.h"
#include "tests/e2e/x_display.h"

namespace hailong::tests {

/// What can be told of the kiosk by looking at its screen.
enum class Sight {
  kNothing,  // no kiosk, or not drawn yet
  kHome,     // the five faces, none pressed
  kPressed,  // the five faces, some of them drawn differently
  kOther,    // another screen: the thank-you, unless appending failed
};

/// How a session's kiosk differs from the plainest one.
struct KioskOptions {
  int thank_you_seconds = 1;
  std::string tables;  // more of kiosk.toml, e.g. "[typing]\nmethod = \"telex\"\n"
  kiosk::Rotation rotation = kiosk::Rotation::kNone;  // of the picture on its panel
};

/// Tables for a kiosk that asks all it can: procedures, counters, officers, words, contact data, a
/// code for answering at home; words are typed in Telex. No real people or places.
std::string everything_asked();

/// The real hailong-kiosk, fullscreen on a display of its own, as a person meets it: by eye and
/// finger.
class KioskSession {
 public:
  /// `folder` gets configuration, journal and log.
  KioskSession(XDisplay& display, std::filesystem::path folder, const KioskOptions& options = {});

  /// Starts the kiosk and waits for the home screen.
  void start();
  /// SIGKILL, as a power cut would.
  void kill();
  /// SIGTERM; its exit code.
  std::optional<int> stop();
  /// Stops it where it stands (SIGSTOP), so that what is on the screen stays.
  void freeze();
  void thaw();

  [[nodiscard]] Process& process() { return *process_; }
  [[nodiscard]] std::filesystem::path journal() const { return data_dir() / "journal.db"; }
  [[nodiscard]] std::filesystem::path data_dir() const { return folder_ / "data"; }
  [[nodiscard]] std::filesystem::path log() const { return folder_ / "kiosk.log"; }
  [[nodiscard]] std::filesystem::path config() const { return folder_ / "kiosk.toml"; }

  [[nodiscard]] Sight sight() const;
  bool wait_for(Sight sight, std::chrono::milliseconds patience = std::chrono::seconds{20});

  /// As long as a person needs to see a new screen; the kiosk takes no tap that comes sooner.
  void look();

  /// How the panel is mounted.
  [[nodiscard]] kiosk::Rotation rotation() const { return rotation_; }
  /// Where a pixel of the upright picture lies on the screen.
  [[nodiscard]] std::pair<int, int> on_screen(int x, int y) const;
  /// Width and height of the upright picture.
  [[nodiscard]] std::pair<int, int> picture_size() const;

  /// Where the contract says that the face of a score is: 55 % down, mid-column.
  [[nodiscard]] std::pair<int, int> face(int score) const;
  void tap_face(int score);

 private:
  using Patches = std::array<std::vector<std::uint32_t>, 5>;
  [[nodiscard]] Patches patches() const;

  XDisplay& display_;
  std::filesystem::path folder_;
  const kiosk::Rotation rotation_;
  std::optional<Process> process_;
  Patches empty_screen_;
  std::optional<Patches> home_;  // how the five columns look when nothing is pressed
};

}  // namespace hailong::tests
