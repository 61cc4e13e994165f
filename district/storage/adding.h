#pragma once

#include <string>
#include <vector>

namespace hailong::district::storage {

/// The statement that adds to the columns `sums` of a row, or makes it. Its values are those of
/// `key`, and then what is added.
inline std::string adding_to(const std::string& table, const std::vector<std::string>& key,
                             const std::vector<std::string>& sums) {
  std::string names;
  std::string places;
  std::string keys;
  std::string set;
  int place = 0;
  const auto name = [&](const std::string& column) {
    const char* between = names.empty() ? "" : ", ";
    names.append(between).append(column);
    places.append(between).append("$").append(std::to_string(++place));
  };
  for (const std::string& column : key) {
    name(column);
    keys.append(keys.empty() ? "" : ", ").append(column);
  }
  for (const std::string& column : sums) {
    name(column);
    set.append(set.empty() ? "" : ", ").append(column).append(" = ").append(table).append(".");
    set.append(column).append(" + excluded.").append(column);
  }
  std::string sql = "INSERT INTO ";
  sql.append(table).append(" (").append(names).append(") VALUES (").append(places);
  sql.append(") ON CONFLICT (").append(keys).append(") DO UPDATE SET ").append(set);
  return sql;
}

}  // namespace hailong::district::storage
