#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/hex.h"
#include "core/result.h"
#include "core/scoring.h"

/// The rules of each year as data: config/programme.toml shows and explains all keys.

namespace hailong::district::scoring {

/// The document a value comes from; not official: a placeholder.
struct Origin {
  bool official = false;
  std::string source;
};

/// What one level asks for.
struct LevelRule {
  int satisfied_percent = 0;  // that the interval's lower end must reach
  bool needs_coverage = false;
  bool needs_timeliness = false;
  Origin origin;
};

/// An administrator's word that the placeholders of a year are right.
struct Confirmation {
  std::int64_t at_ms = 0;
  std::string who;
  std::string document;  // "Quyết định 12/QĐ-UBND ngày 5/1/2026"
};

/// The satisfaction criterion of one year.
struct Programme {
  int year = 0;
  int satisfied_from = 4;  // scores from this one up count as satisfied
  Origin satisfied_origin;
  std::int64_t minimum_sample = 0;  // asked for while the number of dossiers is not known
  bool representative = false;      // a known number of dossiers sets the sample
  Origin sample_origin;
  int coverage_percent = 0;  // share of the returned dossiers that have a rating
  Origin coverage_origin;
  int timely_percent = 0;  // share of the feedback due that was answered in time
  Origin timeliness_origin;
  int max_points = 0;  // points at 100 % satisfied
  Origin points_origin;
  std::vector<std::string> easy_fields;  // ids; totals are shown with and without them
  Origin easy_origin;
  std::array<LevelRule, 4> levels;
  std::optional<Confirmation> confirmation;  // of these very values

  /// True when no value is a placeholder, or all are confirmed. Otherwise "ngưỡng tạm" stands
  /// beside every level.
  [[nodiscard]] bool official() const;

  /// The different sources, in the order of the file, "; " between them.
  [[nodiscard]] std::string sources() const;

  /// How many of the ratings count as satisfied.
  [[nodiscard]] std::int64_t satisfied(const core::Counts& counts) const;

  /// Everything but the confirmation as TOML that parse() reads back: what a confirmation confirms,
  /// and what is kept with an appraisal.
  [[nodiscard]] std::string text() const;
  /// BLAKE2b-256 of text().
  [[nodiscard]] core::Bytes32 digest() const;
};

/// What the plan wants of all units together in some years.
struct Target {
  int first_year = 0;
  int last_year = 0;
  int level_1_percent = 0;  // of the units at level 1 or higher
  int above_1_percent = 0;  // of the units above level 1
  int level_4_units = 0;    // number of units at level 4
  Origin origin;
};

/// The criterion and the targets of each year. A programme holds from its year on, until a later
/// one takes over.
class Programmes {
 public:
  /// Errors: kNotFound, kInvalid with file, line, key and what was expected.
  static core::Result<Programmes> read(const std::filesystem::path& path);
  /// `path`: for messages only.
  static core::Result<Programmes> parse(std::string_view text, const std::filesystem::path& path);

  /// Null when none is that old.
  [[nodiscard]] const Programme* for_year(int year) const;
  /// Null when the plan has none for that year.
  [[nodiscard]] const Target* target(int year) const;

  [[nodiscard]] const std::vector<Programme>& all() const { return programmes_; }

 private:
  std::vector<Programme> programmes_;  // by year
  std::vector<Target> targets_;
};

}  // namespace hailong::district::scoring
