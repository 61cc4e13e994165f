#include "district/storage/store.h"

#include <system_error>

#include "district/storage/connection.h"
#include "district/storage/schema.h"

namespace hailong::district::storage {
namespace {

using core::Fault;
namespace fs = std::filesystem;

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

core::Result<Store> Store::open(const fs::path& data_dir, const std::string& postgres) {
  if (auto made = make_private_folder(data_dir); !made) return core::Failure(made.error());
  auto engine = postgres.empty() ? sql::sqlite_engine(data_dir / kStoreFile, sqlite_migrations())
                                 : sql::postgres_engine(postgres, postgres_migrations());
  if (!engine) return core::Failure(engine.error());
  return Store(std::make_unique<Parts>(std::move(*engine)));
}

Store::Store(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Store::Store(Store&&) noexcept = default;
Store& Store::operator=(Store&&) noexcept = default;
Store::~Store() = default;

std::size_t Store::writers() const { return parts_->pool.writers(); }

core::Result<void> Store::prove_writable(std::int64_t now_ms) {
  return writing(*this, "writing to the store", [&](sql::Connection& c) -> core::Result<void> {
    c.execute("UPDATE state SET written_at = $1", now_ms);
    return {};
  });
}

}  // namespace hailong::district::storage
