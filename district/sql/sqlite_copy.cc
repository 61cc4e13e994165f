#include "district/sql/sqlite_copy.h"

#include <SQLiteCpp/Backup.h>
#include <sqlite3.h>

#include "sqlite/database.h"

namespace hailong::district::sql {
namespace {

using core::Fault;

constexpr int kPatienceMs = 5000;

core::Result<void> check_sound(SQLite::Database& database, const std::filesystem::path& path) {
  const std::string answer = database.execAndGet("PRAGMA quick_check(1)").getString();
  if (answer == "ok") return {};
  return core::fail(Fault::kCorrupt, path.string() + ": " + answer);
}

}  // namespace

core::Result<void> copy_sqlite(const std::filesystem::path& from, const std::filesystem::path& to) {
  auto source = sqlite::open_read_only(from);
  if (!source) return core::Failure(source.error());
  return sqlite::fenced("copying to " + to.string(), [&]() -> core::Result<void> {
    if (auto sound = check_sound(**source, from); !sound) return sound;
    SQLite::Database target(to.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, kPatienceMs);
    // All pages in one step: of one moment, and never started again because somebody wrote.
    const int code = SQLite::Backup(target, **source).executeStep(-1);
    if (code != SQLITE_DONE) throw SQLite::Exception("the copy could not be finished", code);
    return check_sound(target, to);
  });
}

}  // namespace hailong::district::sql
