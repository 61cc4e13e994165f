#pragma once

#include <string>

#include "journal/reader.h"
#include "sqlite/database.h"
#include "tests/journal/sample.h"
#include "tests/temp_folder.h"

/// Looks into a journal's file from beside.

namespace hailong::journal {

inline SQLite::Database raw(const tests::TempFolder& folder) {
  return {(folder.path() / kJournalFile).string(), SQLite::OPEN_READWRITE, 5000};
}

inline std::string text(SQLite::Database& database, const std::string& sql) {
  return database.execAndGet(sql).getString();
}

inline std::string text(const tests::TempFolder& folder, const std::string& sql) {
  SQLite::Database database = raw(folder);
  return text(database, sql);
}

inline Verification verified(const tests::TempFolder& folder) {
  return must(must(Reader::open(folder.path() / kJournalFile)).verify());
}

inline void expect_verifies(const tests::TempFolder& folder) {
  const Verification found = verified(folder);
  EXPECT_FALSE(found.first_bad.has_value()) << *found.first_bad << ": " << found.reason;
}

/// Rows as lines, columns with '|'.
inline std::string dump(SQLite::Database& database, const std::string& sql) {
  std::string lines;
  SQLite::Statement query(database, sql);
  while (query.executeStep()) {
    for (int i = 0; i < query.getColumnCount(); ++i) {
      lines += (i == 0 ? "" : "|") + query.getColumn(i).getString();
    }
    lines += "\n";
  }
  return lines;
}

}  // namespace hailong::journal
