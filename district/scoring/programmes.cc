#include "district/scoring/programmes.h"

#include <algorithm>

#include "program/config.h"

namespace hailong::district::scoring {
namespace {

constexpr std::array kLevelKeys = {"level_1_percent", "level_2_percent", "level_3_percent",
                                   "level_4_percent"};

core::Programme read_programme(program::Section section) {
  core::Programme programme;
  const auto number = [&](const char* key, std::int64_t least, std::int64_t most) {
    const auto value = section.integer(key, least, most);
    if (!value) {
      section.expected(
          key, "a whole number from " + std::to_string(least) + " to " + std::to_string(most));
    }
    return value.value_or(0);
  };
  programme.year = static_cast<int>(number("year", 2000, 2100));
  programme.minimum_sample = number("minimum_sample", 1, 1'000'000);
  programme.max_points = static_cast<int>(number("max_points", 1, 1000));
  for (std::size_t i = 0; i < kLevelKeys.size(); ++i) {
    programme.level_percent[i] = static_cast<int>(number(kLevelKeys[i], 1, 100));
    if (i > 0 && programme.level_percent[i] <= programme.level_percent[i - 1]) {
      section.expected(kLevelKeys[i], "more than the level below asks for");
    }
  }
  const auto official = section.boolean("official");
  if (!official) section.expected("official", "true or false");
  programme.official = official.value_or(false);
  programme.source = section.required_text("source");
  return programme;
}

}  // namespace

core::Result<Programmes> Programmes::read(const std::filesystem::path& path) {
  auto file = program::ConfigFile::read(path);
  if (!file) return core::Failure(file.error());
  Programmes programmes;
  program::Section root = file->root();
  for (const program::Section& section : root.tables("programme")) {
    programmes.programmes_.push_back(read_programme(section));
  }
  auto& list = programmes.programmes_;
  if (list.empty()) root.expected("programme", "at least one [[programme]]");
  std::sort(list.begin(), list.end(), [](const auto& a, const auto& b) { return a.year < b.year; });
  const auto twice = std::adjacent_find(
      list.begin(), list.end(), [](const auto& a, const auto& b) { return a.year == b.year; });
  if (twice != list.end()) root.expected("programme", "one [[programme]] for each year");
  if (auto done = file->finish(); !done) return core::Failure(done.error());
  return programmes;
}

const core::Programme* Programmes::for_year(int year) const {
  const core::Programme* found = nullptr;
  for (const core::Programme& programme : programmes_) {
    if (programme.year <= year) found = &programme;
  }
  return found;
}

}  // namespace hailong::district::scoring
