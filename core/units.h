#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/ids.h"
#include "core/local_date.h"
#include "core/result.h"

/// Administrative units change: communes merge, codes are used again for another territory. A unit
/// is therefore (code, valid_from), never the code alone (measurement-rules.md 12).

namespace hailong::core {

struct Unit {
  UnitCode code;
  std::string name;  // "Phú Thái"
  std::string kind;  // "xã", "thị trấn", "phường", "huyện", "tỉnh", "thành phố"
  UnitCode parent;   // empty at the top
  std::optional<LocalDate> valid_from;  // nothing: since before anybody counted
  std::optional<LocalDate> valid_to;    // last day; nothing: still valid

  /// "10750@2025-07-01", or "10750@" when the start is unknown.
  [[nodiscard]] std::string id() const;
  /// "xã Phú Thái"; lists name some units with their kind already: "thành phố Hải Phòng".
  [[nodiscard]] std::string full_name() const {
    return name.starts_with(kind + " ") ? name : kind + " " + name;
  }
  [[nodiscard]] bool is_valid_on(LocalDate date) const;
};

/// Unit `from` became part of unit `to` on `effective`. Of a unit that was split, or of which a
/// part went elsewhere, nobody can say which ratings belong to which part: the first row that takes
/// effect on the day after its end names the main successor, which takes all of it. Rows that take
/// effect earlier tell of a part only and move nothing.
struct Succession {
  UnitCode from;
  UnitCode to;
  LocalDate effective;
};

/// All units known, with their successions. Immutable once read.
class UnitRegister {
 public:
  /// Reads the two CSV texts of the configuration (docs/configuration.md). Errors: kInvalid with
  /// file line and reason: unknown columns, bad dates, overlapping validity of one code, a
  /// succession between units that do not exist.
  static Result<UnitRegister> parse(std::string_view units_csv, std::string_view successors_csv);

  /// The unit that bears `code` on `date`.
  [[nodiscard]] const Unit* find(const UnitCode& code, LocalDate date) const;
  [[nodiscard]] const Unit* find_id(std::string_view unit_id) const;

  /// The last unit that bore `code`, valid still or not.
  [[nodiscard]] const Unit* last_of(const UnitCode& code) const;

  /// What `unit` had become by `date`: the end of its chain of main successors. `unit` itself while
  /// it is valid, before it began, and when nothing is known to have followed it. `unit` is one of
  /// this register.
  [[nodiscard]] const Unit& successor(const Unit& unit, LocalDate date) const;

  /// Every unit that had become `unit` by `date`, and `unit` itself: by code, then by start.
  [[nodiscard]] std::vector<const Unit*> predecessors(const Unit& unit, LocalDate date) const;

  /// The units below `parent` that are valid on `date`, by code.
  [[nodiscard]] std::vector<const Unit*> children(const UnitCode& parent, LocalDate date) const;

  /// The communes of `authority` on `date`, by code: units at any depth below it that have none
  /// below themselves. So a district, a city and a province with districts are asked alike.
  [[nodiscard]] std::vector<const Unit*> communes(const UnitCode& authority, LocalDate date) const;
  [[nodiscard]] bool is_commune_of(const Unit& unit, const UnitCode& authority,
                                   LocalDate date) const;

  [[nodiscard]] const std::vector<Unit>& all() const { return units_; }
  [[nodiscard]] const std::vector<Succession>& successions() const { return successions_; }

 private:
  using Place = std::size_t;  // in units_

  [[nodiscard]] Place end_of(const UnitCode& code) const;
  void link();

  std::vector<Unit> units_;  // by code, then by start
  std::vector<Succession> successions_;
  std::map<std::string, Place, std::less<>> by_id_;
  std::vector<Place> followed_by_;  // of each unit: its main successor, or itself
};

}  // namespace hailong::core
