#include "district/scoring/programme.h"

#include <algorithm>
#include <set>

#include "core/chain.h"
#include "program/config.h"

namespace hailong::district::scoring {
namespace {

using program::Section;

std::int64_t number(Section& section, const char* key, std::int64_t least, std::int64_t most) {
  const auto value = section.integer(key, least, most);
  if (!value) {
    section.expected(
        key, "a whole number from " + std::to_string(least) + " to " + std::to_string(most));
  }
  return value.value_or(0);
}

int small_number(Section& section, const char* key, int least, int most) {
  return static_cast<int>(number(section, key, least, most));
}

bool truth(Section& section, const char* key) {
  const auto value = section.boolean(key);
  if (!value) section.expected(key, "true or false");
  return value.value_or(false);
}

Origin read_origin(Section& section) {
  const bool official = truth(section, "official");
  return {official, section.required_text("source")};
}

/// A level needs more than the level below, and nothing less.
void check_rise(Section& section, const LevelRule& below, const LevelRule& level) {
  if (level.satisfied_percent <= below.satisfied_percent) {
    section.expected("satisfied_percent", "more than the level below asks for");
  }
  if (below.needs_coverage && !level.needs_coverage) {
    section.expected("needs_coverage", "true, as the level below needs it");
  }
  if (below.needs_timeliness && !level.needs_timeliness) {
    section.expected("needs_timeliness", "true, as the level below needs it");
  }
}

void read_levels(Section& section, Programme& programme) {
  std::vector<Section> levels = section.tables("level");
  if (levels.size() != programme.levels.size()) {
    section.expected("level", "four [[programme.level]], from level 1 to level 4");
    return;
  }
  for (std::size_t i = 0; i < levels.size(); ++i) {
    LevelRule& level = programme.levels[i];
    // No sample shows 100 % with certainty, so no level can ask for it.
    level.satisfied_percent = small_number(levels[i], "satisfied_percent", 1, 99);
    level.needs_coverage = truth(levels[i], "needs_coverage");
    level.needs_timeliness = truth(levels[i], "needs_timeliness");
    level.origin = read_origin(levels[i]);
    if (i > 0) check_rise(levels[i], programme.levels[i - 1], level);
  }
}

Programme read_programme(Section section) {
  Programme programme;
  programme.year = small_number(section, "year", 2000, 2100);
  Section satisfied = section.table("satisfied");
  programme.satisfied_from = small_number(satisfied, "from_score", 2, 5);
  programme.satisfied_origin = read_origin(satisfied);
  Section sample = section.table("sample");
  programme.minimum_sample = number(sample, "minimum", 1, 1'000'000);
  programme.representative = truth(sample, "representative");
  programme.sample_origin = read_origin(sample);
  Section coverage = section.table("coverage");
  programme.coverage_percent = small_number(coverage, "percent", 0, 100);
  programme.coverage_origin = read_origin(coverage);
  Section timeliness = section.table("timeliness");
  programme.timely_percent = small_number(timeliness, "percent", 0, 100);
  programme.timeliness_origin = read_origin(timeliness);
  Section points = section.table("points");
  programme.max_points = small_number(points, "maximum", 1, 1000);
  programme.points_origin = read_origin(points);
  Section easy = section.table("easy");
  programme.easy_fields = easy.texts("fields");
  programme.easy_origin = read_origin(easy);
  read_levels(section, programme);
  return programme;
}

Target read_target(Section section) {
  Target target;
  target.first_year = small_number(section, "first_year", 2000, 2100);
  target.last_year = small_number(section, "last_year", 2000, 2100);
  if (target.last_year < target.first_year) {
    section.expected("last_year", "a year not before first_year");
  }
  target.level_1_percent = small_number(section, "level_1_percent", 0, 100);
  target.above_1_percent = small_number(section, "above_1_percent", 0, 100);
  target.level_4_units = small_number(section, "level_4_units", 0, 100'000);
  target.origin = read_origin(section);
  return target;
}

bool share_a_year(const std::vector<Target>& targets) {
  for (std::size_t i = 1; i < targets.size(); ++i) {
    if (targets[i].first_year <= targets[i - 1].last_year) return true;
  }
  return false;
}

/// A TOML basic string.
std::string quoted(const std::string& text) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string quoted = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < ' ' || byte == 127) {
      quoted.append("\\u00").append({kHex[byte >> 4U], kHex[byte & 15U]});
      continue;
    }
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + "\"";
}

/// Builds TOML, one key a line.
class Writer {
 public:
  void head(const char* name) { text_.append("[").append(name).append("]\n"); }
  void key(const char* name, std::int64_t value) { line(name, std::to_string(value)); }
  void key(const char* name, int value) { line(name, std::to_string(value)); }
  void key(const char* name, bool value) { line(name, value ? "true" : "false"); }
  void key(const char* name, const std::vector<std::string>& values) {
    std::string list = "[";
    for (const std::string& value : values)
      list.append(list.size() > 1 ? ", " : "").append(quoted(value));
    line(name, list + "]");
  }
  void origin(const Origin& origin) {
    key("official", origin.official);
    line("source", quoted(origin.source));
  }
  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  void line(const char* name, const std::string& value) {
    text_.append(name).append(" = ").append(value).append("\n");
  }

  std::string text_;
};

/// Every origin of a programme, in the order of the file.
std::vector<const Origin*> origins(const Programme& programme) {
  std::vector<const Origin*> all{&programme.satisfied_origin, &programme.sample_origin,
                                 &programme.coverage_origin,  &programme.timeliness_origin,
                                 &programme.points_origin,    &programme.easy_origin};
  for (const LevelRule& level : programme.levels) all.push_back(&level.origin);
  return all;
}

}  // namespace

bool Programme::official() const {
  const auto all = origins(*this);
  return confirmation.has_value() ||
         std::all_of(all.begin(), all.end(), [](const Origin* origin) { return origin->official; });
}

std::string Programme::sources() const {
  std::set<std::string_view> seen;
  std::string text;
  for (const Origin* origin : origins(*this)) {
    if (seen.insert(origin->source).second)
      text.append(text.empty() ? "" : "; ").append(origin->source);
  }
  return text;
}

std::int64_t Programme::satisfied(const core::Counts& counts) const {
  std::int64_t sum = 0;
  for (std::size_t score = static_cast<std::size_t>(satisfied_from); score <= 5; ++score) {
    sum += counts.by_score[score - 1];
  }
  return sum;
}

std::string Programme::text() const {
  Writer writer;
  writer.head("[programme]");
  writer.key("year", year);
  writer.head("programme.satisfied");
  writer.key("from_score", satisfied_from);
  writer.origin(satisfied_origin);
  writer.head("programme.sample");
  writer.key("minimum", minimum_sample);
  writer.key("representative", representative);
  writer.origin(sample_origin);
  writer.head("programme.coverage");
  writer.key("percent", coverage_percent);
  writer.origin(coverage_origin);
  writer.head("programme.timeliness");
  writer.key("percent", timely_percent);
  writer.origin(timeliness_origin);
  writer.head("programme.points");
  writer.key("maximum", max_points);
  writer.origin(points_origin);
  writer.head("programme.easy");
  writer.key("fields", easy_fields);
  writer.origin(easy_origin);
  for (const LevelRule& level : levels) {
    writer.head("[programme.level]");
    writer.key("satisfied_percent", level.satisfied_percent);
    writer.key("needs_coverage", level.needs_coverage);
    writer.key("needs_timeliness", level.needs_timeliness);
    writer.origin(level.origin);
  }
  return writer.take();
}

core::Bytes32 Programme::digest() const { return core::chain_next({}, text()); }

core::Result<Programmes> Programmes::read(const std::filesystem::path& path) {
  const auto text = program::read_text_file(path);
  if (!text) return core::Failure(text.error());
  return parse(*text, path);
}

core::Result<Programmes> Programmes::parse(std::string_view text,
                                           const std::filesystem::path& path) {
  auto file = program::ConfigFile::parse(text, path);
  if (!file) return core::Failure(file.error());
  Programmes read;
  Section root = file->root();
  for (const Section& section : root.tables("programme")) {
    read.programmes_.push_back(read_programme(section));
  }
  for (const Section& section : root.tables("target")) {
    read.targets_.push_back(read_target(section));
  }
  auto& list = read.programmes_;
  if (list.empty()) root.expected("programme", "at least one [[programme]]");
  std::sort(list.begin(), list.end(), [](const auto& a, const auto& b) { return a.year < b.year; });
  const auto twice = std::adjacent_find(
      list.begin(), list.end(), [](const auto& a, const auto& b) { return a.year == b.year; });
  if (twice != list.end()) root.expected("programme", "one [[programme]] for each year");
  auto& targets = read.targets_;
  std::sort(targets.begin(), targets.end(),
            [](const Target& a, const Target& b) { return a.first_year < b.first_year; });
  if (share_a_year(targets)) root.expected("target", "one [[target]] for each year");
  if (auto done = file->finish(); !done) return core::Failure(done.error());
  return read;
}

const Programme* Programmes::for_year(int year) const {
  const Programme* found = nullptr;
  for (const Programme& programme : programmes_) {
    if (programme.year <= year) found = &programme;
  }
  return found;
}

const Target* Programmes::target(int year) const {
  for (const Target& target : targets_) {
    if (target.first_year <= year && year <= target.last_year) return &target;
  }
  return nullptr;
}

}  // namespace hailong::district::scoring
