#include "district/admin/upkeep.h"

#include <iomanip>
#include <iostream>
#include <regex>
#include <string>

#include "core/hex.h"
#include "district/clock.h"
#include "district/config.h"
#include "district/service.h"
#include "district/storage/audit.h"
#include "district/storage/backup.h"
#include "district/storage/transfer.h"

namespace hailong::district::admin {
namespace {

using core::Failure;
using core::Fault;

/// The connection string as a word of the shell, without its password.
std::string shell_word(const std::string& postgres) {
  std::string shown = std::regex_replace(postgres, std::regex("(//[^:@/]*):[^@/]*@"), "$1@");
  shown = std::regex_replace(shown, std::regex(R"(\bpassword=('([^'\\]|\\.)*'|\S+)\s*)"), "");
  return "'" + std::regex_replace(shown, std::regex("'"), R"('\'')") + "'";
}

core::Result<Config> sqlite_config(const std::filesystem::path& path, const std::string& tool) {
  auto config = read_config(path);
  if (!config) return core::fail(Fault::kInvalid, config.error().message);
  if (config->postgres.empty()) return config;
  return core::fail(Fault::kInvalid, "the store is in PostgreSQL, whose own tool does this: " +
                                         tool + " --dbname=" + shell_word(config->postgres));
}

/// Writes into the audit log of the store that the configuration names what the operator did.
core::Result<void> write_down(const Config& config, const char* action,
                              const std::string& subject) {
  auto store = storage::Store::open(config.data_dir, config.postgres);
  if (!store) return Failure(store.error());
  return storage::Audit(*store).add({now_ms(), storage::kOperator, action, subject, ""});
}

}  // namespace

core::Result<void> migrate(const std::filesystem::path& path) {
  const auto config = read_config(path);
  if (!config) return core::fail(Fault::kInvalid, config.error().message);
  if (config->postgres.empty()) {
    return core::fail(Fault::kInvalid, "expected [store] postgres in " + path.string() +
                                           ": the database to move to");
  }
  const auto tell = [](const storage::CopyProgress& progress) {
    std::cerr << "copied " << progress.table << ": " << progress.rows << " of " << progress.of
              << " rows\n";
  };
  const auto copied = storage::transfer(config->data_dir, config->postgres, tell);
  if (!copied) return Failure(copied.error());
  if (auto noted = write_down(*config, "store-migrated", ""); !noted) return noted;
  for (const storage::CopiedTable& table : *copied) {
    std::cout << std::left << std::setw(24) << table.name << std::right << std::setw(12)
              << table.rows << " rows  digest " << core::to_hex(table.digest).substr(0, 16) << "\n";
  }
  std::cout << "all tables are equal; the old store is left as it was\n";
  return {};
}

core::Result<void> back_up(const std::filesystem::path& path, const std::filesystem::path& file) {
  const auto config =
      sqlite_config(path, "pg_dump --format=custom --file=" + shell_word(file.string()));
  if (!config) return Failure(config.error());
  if (auto done = storage::back_up(config->data_dir, file); !done) return done;
  if (auto noted = write_down(*config, "store-backed-up", file.string()); !noted) return noted;
  std::cout << "wrote " << file.string() << "; keep the district's key beside it: "
            << (config->data_dir / kDistrictKeyFile).string() << "\n";
  return {};
}

core::Result<void> restore(const std::filesystem::path& path, const std::filesystem::path& file,
                           bool replace) {
  const auto config = sqlite_config(
      path, "pg_restore --clean --if-exists --single-transaction " + shell_word(file.string()));
  if (!config) return Failure(config.error());
  if (auto done = storage::restore(config->data_dir, file, replace); !done) return done;
  if (auto noted = write_down(*config, "store-restored", file.string()); !noted) return noted;
  std::cout << "restored " << file.string() << "\n";
  return {};
}

}  // namespace hailong::district::admin
