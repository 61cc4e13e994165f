#pragma once

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

/// Unit `from` became part of unit `to` on `effective`.
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

  /// The units below `parent` that are valid on `date`, by code.
  [[nodiscard]] std::vector<const Unit*> children(const UnitCode& parent, LocalDate date) const;

  [[nodiscard]] const std::vector<Unit>& all() const { return units_; }
  [[nodiscard]] const std::vector<Succession>& successions() const { return successions_; }

 private:
  std::vector<Unit> units_;  // by code, then by start
  std::vector<Succession> successions_;
};

}  // namespace hailong::core
