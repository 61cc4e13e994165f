#include "district/storage/store.h"

#include <array>
#include <system_error>

#include "district/storage/connection.h"
#include "district_sql.h"

namespace hailong::district::storage {
namespace {

using core::Fault;
namespace fs = std::filesystem;

constexpr std::array kMigrations = {sqlite::Migration{1, sql::k_001_district_sql},
                                    sqlite::Migration{2, sql::k_002_follow_up_sql}};

/// Ratings may carry words and contact data: the folder is nobody else's business.
core::Result<void> make_private_folder(const fs::path& folder) {
  if (fs::exists(folder)) return {};
  std::error_code error;
  fs::create_directories(folder, error);
  if (!error) fs::permissions(folder, fs::perms::owner_all, error);
  if (error) return core::fail(Fault::kIo, folder.string() + ": " + error.message());
  return {};
}

}  // namespace

core::Result<Connection> Store::Parts::take_reader() {
  {
    const std::lock_guard lock(reading);
    if (!idle_readers.empty()) {
      Connection reader = std::move(idle_readers.back());
      idle_readers.pop_back();
      return reader;
    }
  }
  return sqlite::open_read_only(file);
}

void Store::Parts::give_back(Connection reader) {
  const std::lock_guard lock(reading);
  idle_readers.push_back(std::move(reader));
}

core::Result<Store> Store::open(const fs::path& data_dir) {
  if (auto made = make_private_folder(data_dir); !made) return core::Failure(made.error());
  auto parts = std::make_unique<Parts>();
  parts->file = data_dir / kStoreFile;
  auto writer = sqlite::open_durable(parts->file, kMigrations);
  if (!writer) return core::Failure(writer.error());
  parts->writer = std::move(*writer);
  return Store(std::move(parts));
}

Store::Store(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Store::Store(Store&&) noexcept = default;
Store& Store::operator=(Store&&) noexcept = default;
Store::~Store() = default;

core::Result<void> Store::prove_writable(std::int64_t now_ms) {
  return writing(*this, "writing to the store", [&](SQLite::Database& database) {
    SQLite::Statement update(database, "UPDATE state SET written_at = ?");
    update.bind(1, now_ms);
    update.exec();
    return core::Result<void>();
  });
}

}  // namespace hailong::district::storage
