#include "core/units.h"

#include <algorithm>
#include <tuple>

#include "core/csv.h"

namespace hailong::core {
namespace {

constexpr int kMostLevels = 8;  // of government; a parent that is its own child leads nowhere

Failure bad_row(std::string_view file, int line, const std::string& reason) {
  return fail(Fault::kInvalid, std::string(file) + ":" + std::to_string(line) + ": " + reason);
}

/// Rows below a heading that must be exactly `heading`.
Result<std::vector<CsvRow>> table(std::string_view file, std::string_view text,
                                  const std::vector<std::string>& heading) {
  std::vector<CsvRow> rows = parse_csv(text);
  if (rows.empty() || rows.front().fields != heading) {
    std::string expected;
    for (const std::string& column : heading) expected += (expected.empty() ? "" : ",") + column;
    return bad_row(file, rows.empty() ? 1 : rows.front().line, "expected the heading " + expected);
  }
  rows.erase(rows.begin());
  for (const CsvRow& row : rows) {
    if (row.fields.size() != heading.size()) {
      return bad_row(file, row.line,
                     "expected " + std::to_string(heading.size()) + " fields, found " +
                         std::to_string(row.fields.size()));
    }
  }
  return rows;
}

Result<std::optional<LocalDate>> optional_date(std::string_view file, const CsvRow& row,
                                               std::size_t column) {
  const std::string& text = row.fields[column];
  if (text.empty()) return std::optional<LocalDate>{};
  const auto date = parse_date(text);
  if (!date) return bad_row(file, row.line, "expected a date YYYY-MM-DD, found '" + text + "'");
  return std::optional<LocalDate>{date};
}

bool starts_before(const Unit& a, const Unit& b) {
  const auto key = [](const Unit& unit) {
    return std::tuple(unit.code, unit.valid_from.has_value(),
                      unit.valid_from.value_or(LocalDate{}));
  };
  return key(a) < key(b);
}

bool overlap(const Unit& earlier, const Unit& later) {
  return earlier.code == later.code &&
         (!earlier.valid_to || !later.valid_from || *earlier.valid_to >= *later.valid_from);
}

}  // namespace

std::string Unit::id() const {
  return code.value + "@" + (valid_from ? to_string(*valid_from) : std::string());
}

bool Unit::is_valid_on(LocalDate date) const {
  return (!valid_from || *valid_from <= date) && (!valid_to || date <= *valid_to);
}

Result<UnitRegister> UnitRegister::parse(std::string_view units_csv,
                                         std::string_view successors_csv) {
  UnitRegister units;
  const auto unit_rows = table("units.csv", units_csv,
                               {"code", "name", "kind", "parent_code", "valid_from", "valid_to"});
  if (!unit_rows) return Failure(unit_rows.error());
  for (const CsvRow& row : *unit_rows) {
    const auto from = optional_date("units.csv", row, 4);
    if (!from) return Failure(from.error());
    const auto to = optional_date("units.csv", row, 5);
    if (!to) return Failure(to.error());
    units.units_.push_back(Unit{UnitCode{row.fields[0]}, row.fields[1], row.fields[2],
                                UnitCode{row.fields[3]}, *from, *to});
    if (row.fields[0].empty() || row.fields[1].empty()) {
      return bad_row("units.csv", row.line, "expected a code and a name");
    }
  }
  std::sort(units.units_.begin(), units.units_.end(), starts_before);
  const auto clash = std::adjacent_find(units.units_.begin(), units.units_.end(), overlap);
  if (clash != units.units_.end()) {
    return fail(Fault::kInvalid, "units.csv: two units with code " + clash->code.value +
                                     " are valid on the same day");
  }

  const auto succession_rows =
      table("unit-successors.csv", successors_csv, {"from_code", "to_code", "effective", "source"});
  if (!succession_rows) return Failure(succession_rows.error());
  for (const CsvRow& row : *succession_rows) {
    const auto effective = parse_date(row.fields[2]);
    if (!effective) {
      return bad_row("unit-successors.csv", row.line,
                     "expected a date YYYY-MM-DD, found '" + row.fields[2] + "'");
    }
    const Succession succession{UnitCode{row.fields[0]}, UnitCode{row.fields[1]}, *effective};
    const LocalDate day_before{std::chrono::sys_days{*effective} - std::chrono::days{1}};
    if (units.find(succession.from, day_before) == nullptr) {
      return bad_row("unit-successors.csv", row.line,
                     "no unit " + row.fields[0] + " on the day before " + row.fields[2]);
    }
    if (units.find(succession.to, *effective) == nullptr) {
      return bad_row("unit-successors.csv", row.line,
                     "no unit " + row.fields[1] + " on " + row.fields[2]);
    }
    units.successions_.push_back(succession);
  }
  units.link();
  return units;
}

void UnitRegister::link() {
  followed_by_.resize(units_.size());
  for (Place place = 0; place < units_.size(); ++place) {
    const Unit& unit = units_[place];
    by_id_.emplace(unit.id(), place);
    followed_by_[place] = place;
    if (!unit.valid_to) continue;
    const auto main =
        std::find_if(successions_.begin(), successions_.end(), [&](const Succession& succession) {
          return succession.from == unit.code && succession.effective == next_day(*unit.valid_to);
        });
    if (main == successions_.end()) continue;
    followed_by_[place] = static_cast<Place>(find(main->to, main->effective) - units_.data());
  }
}

UnitRegister::Place UnitRegister::end_of(const UnitCode& code) const {
  return static_cast<Place>(std::upper_bound(units_.begin(), units_.end(), code,
                                             [](const UnitCode& sought, const Unit& unit) {
                                               return sought < unit.code;
                                             }) -
                            units_.begin());
}

const Unit* UnitRegister::find(const UnitCode& code, LocalDate date) const {
  for (Place place = end_of(code); place > 0 && units_[place - 1].code == code; --place) {
    if (units_[place - 1].is_valid_on(date)) return &units_[place - 1];
  }
  return nullptr;
}

const Unit* UnitRegister::find_id(std::string_view unit_id) const {
  const auto found = by_id_.find(unit_id);
  return found == by_id_.end() ? nullptr : &units_[found->second];
}

const Unit* UnitRegister::last_of(const UnitCode& code) const {
  const Place end = end_of(code);
  return end == 0 || units_[end - 1].code != code ? nullptr : &units_[end - 1];
}

const Unit& UnitRegister::successor(const Unit& unit, LocalDate date) const {
  auto place = static_cast<Place>(&unit - units_.data());
  // Each step leads to a unit that ends later, so that this ends.
  while (units_[place].valid_to && *units_[place].valid_to < date && followed_by_[place] != place) {
    place = followed_by_[place];
  }
  return units_[place];
}

std::vector<const Unit*> UnitRegister::predecessors(const Unit& unit, LocalDate date) const {
  std::vector<const Unit*> found;
  for (const Unit& each : units_) {
    if (&successor(each, date) == &unit) found.push_back(&each);
  }
  return found;
}

std::vector<const Unit*> UnitRegister::children(const UnitCode& parent, LocalDate date) const {
  std::vector<const Unit*> found;
  for (const Unit& unit : units_) {
    if (unit.parent == parent && unit.is_valid_on(date)) found.push_back(&unit);
  }
  return found;
}

std::vector<const Unit*> UnitRegister::communes(const UnitCode& authority, LocalDate date) const {
  std::vector<const Unit*> found;
  for (const Unit& unit : units_) {
    if (is_commune_of(unit, authority, date)) found.push_back(&unit);
  }
  return found;
}

bool UnitRegister::is_commune_of(const Unit& unit, const UnitCode& authority,
                                 LocalDate date) const {
  if (!unit.is_valid_on(date)) return false;
  const Unit* above = &unit;
  for (int level = 0; above->parent != authority; ++level) {
    above = level < kMostLevels ? find(above->parent, date) : nullptr;
    if (above == nullptr) return false;
  }
  return std::none_of(units_.begin(), units_.end(), [&](const Unit& below) {
    return below.parent == unit.code && below.is_valid_on(date);
  });
}

}  // namespace hailong::core
