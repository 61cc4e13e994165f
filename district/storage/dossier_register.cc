#include "district/storage/dossier_register.h"

#include <algorithm>
#include <array>

#include "district/storage/connection.h"
#include "district/storage/rated_unsatisfied.h"

namespace hailong::district::storage {
namespace {

constexpr std::array<std::string_view, 4> kComplaintWords = {"none", "conduct", "unfounded",
                                                             "other"};

std::string listed_units(const std::vector<std::string>& unit_ids,
                         std::vector<sql::Value>& values) {
  std::string list;
  for (const std::string& unit : unit_ids) {
    values.emplace_back(unit);
    list.append(list.empty() ? "$" : ", $").append(std::to_string(values.size()));
  }
  return list;
}

}  // namespace

std::string_view word_of(Complaint complaint) {
  return kComplaintWords[static_cast<std::size_t>(complaint)];
}

std::optional<Complaint> complaint_of(std::string_view word) {
  const auto* found = std::find(kComplaintWords.begin(), kComplaintWords.end(), word);
  if (found == kComplaintWords.end()) return std::nullopt;
  return static_cast<Complaint>(found - kComplaintWords.begin());
}

std::optional<core::LocalDate> counted_on(const RegisterRow& row) {
  if (row.returned_on) return std::min(*row.returned_on, row.due_on);
  if (row.due_on < row.exported_on) return row.due_on;
  return std::nullopt;
}

core::Result<std::vector<DossierGroup>> DossierRegister::read(
    core::LocalDate from, core::LocalDate to, const std::vector<std::string>& unit_ids,
    const std::vector<std::string>& rated_in) {
  using Groups = std::vector<DossierGroup>;
  return reading(store_, "reading the register", [&](sql::Connection& c) -> core::Result<Groups> {
    const std::string first = core::to_string(from);
    const std::string last = core::to_string(to);
    std::vector<sql::Value> values{first, last};
    const std::string units = listed_units(unit_ids, values);
    const std::string rated = rated_unsatisfied("register_row.key", rated_in, values);
    const sql::Rows rows = c.query_values(
        "SELECT unsatisfied, complaint, late, count(*) FROM (SELECT coalesce(unsatisfied, (" +
            rated +
            "), 0) AS unsatisfied, complaint, CASE WHEN returned_on < due_on THEN 0 "
            "WHEN returned_on = due_on THEN 1 ELSE 2 END AS late FROM register_row "
            "WHERE latest = 1 AND counted_on BETWEEN $1 AND $2 AND unit_id IN (" +
            units + ")) AS counted GROUP BY 1, 2, 3 ORDER BY 1, 2, 3",
        values);
    Groups groups;
    groups.reserve(rows.size());
    for (const sql::Row row : rows) {
      groups.push_back({row.integer(0) == 1, complaint_of(row.text(1)).value(),
                        static_cast<ReturnTime>(row.integer(2)), row.integer(3)});
    }
    return groups;
  });
}

core::Result<std::vector<std::string>> DossierRegister::units_of(
    const std::vector<core::Bytes32>& dossiers) {
  using Units = std::vector<std::string>;
  return reading(store_, "reading the register", [&](sql::Connection& c) -> core::Result<Units> {
    Units units(dossiers.size());
    for (std::size_t i = 0; i < dossiers.size(); ++i) {
      const sql::Rows rows = c.query(
          "SELECT unit_id FROM register_row WHERE dossier = $1 AND latest = 1", dossiers[i]);
      if (!rows.empty()) units[i] = rows[0].text(0);
    }
    return units;
  });
}

}  // namespace hailong::district::storage
