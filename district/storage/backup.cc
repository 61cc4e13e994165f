#include "district/storage/backup.h"

#include <fstream>
#include <system_error>

#include "district/sql/sqlite_copy.h"
#include "district/sql/transaction.h"
#include "district/storage/schema.h"
#include "district/storage/store.h"

namespace hailong::district::storage {
namespace {

using core::Failure;
using core::Fault;
namespace fs = std::filesystem;

core::Result<void> check_version(const fs::path& file) {
  auto engine = sql::sqlite_engine(file, {});
  if (!engine) return Failure(engine.error());
  sql::Pool pool(std::move(*engine));
  return sql::transact(
      pool, sql::Access::kRead, "looking into " + file.string(),
      [&](sql::Connection& c) -> core::Result<void> {
        const auto version = c.query("PRAGMA user_version")[0].integer(0);
        const bool ours =
            !c.query("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'event'").empty();
        if (ours && version <= sqlite_migrations().back().number) return {};
        return core::fail(Fault::kInvalid,
                          file.string() + (ours ? " was made by a newer program: install that one"
                                                : " is no store of hailong-district"));
      });
}

}  // namespace

core::Result<void> back_up(const fs::path& data_dir, const fs::path& file) {
  if (fs::exists(file)) return core::fail(Fault::kConflict, file.string() + " is there already");
  fs::path part = file;
  part += ".part";
  std::error_code error;
  fs::remove(part, error);
  std::ofstream(part).flush();
  fs::permissions(part, fs::perms::owner_read | fs::perms::owner_write, error);
  if (error) return core::fail(Fault::kIo, part.string() + ": " + error.message());
  if (auto copied = sql::copy_sqlite(data_dir / kStoreFile, part); !copied) {
    fs::remove(part, error);
    return copied;
  }
  fs::rename(part, file, error);
  if (error) return core::fail(Fault::kIo, file.string() + ": " + error.message());
  return {};
}

core::Result<void> restore(const fs::path& data_dir, const fs::path& file, bool replace) {
  if (!fs::exists(file)) return core::fail(Fault::kNotFound, file.string() + ": no such file");
  if (auto checked = check_version(file); !checked) return checked;
  if (!fs::exists(data_dir / kStoreFile)) {
    // Makes the folder, with its permissions, and an empty store in it.
    if (auto made = Store::open(data_dir); !made) return Failure(made.error());
  } else if (!replace) {
    return core::fail(Fault::kConflict, (data_dir / kStoreFile).string() +
                                            " is there already; --replace gives up what it holds");
  }
  return sql::copy_sqlite(file, data_dir / kStoreFile);
}

}  // namespace hailong::district::storage
