// Photographs every screen in both themes and all three text sizes:
//   photograph FOLDER [WIDTH HEIGHT INCHES [SHRINK [lower] [en]]]
// scripts/photograph.sh keeps docs/screens with it.

#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <string_view>

#include "tests/kiosk/contact_sheet.h"
#include "tests/kiosk/png.h"

int main(int argc, char** argv) {
  using namespace hailong;
  if (argc < 2) {
    std::cerr << "photograph FOLDER [WIDTH HEIGHT INCHES [SHRINK [lower] [en]]]\n";
    return 2;
  }
  const std::filesystem::path folder = argv[1];
  tests::Panel panel{{1280, 800}, 10.1};
  if (argc >= 5) panel = {{std::atoi(argv[2]), std::atoi(argv[3])}, std::atof(argv[4])};
  const int shrink = argc >= 6 ? std::atoi(argv[5]) : 3;
  kiosk::flow::Preferences preferences;
  for (int i = 6; i < argc; ++i) {
    if (std::string_view(argv[i]) == "lower") preferences.lower = true;
    if (std::string_view(argv[i]) == "en") {
      preferences.language = kiosk::flow::Language::kEnglish;
    }
  }
  std::filesystem::create_directories(folder);
  tests::Studio studio(panel, preferences);
  for (const tests::Exhibit& exhibit : tests::gallery(studio.survey())) {
    const auto file = folder / (exhibit.name + ".png");
    if (!tests::write_png(studio.photograph(exhibit, shrink), file)) {
      std::cerr << file << " cannot be written\n";
      return 1;
    }
  }
  return 0;
}
