#include "district/storage/schema.h"

#include "postgres_schema.h"
#include "sqlite_schema.h"

namespace hailong::district::storage {

std::span<const sqlite::Migration> sqlite_migrations() { return sqlite_schema::kMigrations; }

std::span<const sqlite::Migration> postgres_migrations() { return postgres_schema::kMigrations; }

}  // namespace hailong::district::storage
