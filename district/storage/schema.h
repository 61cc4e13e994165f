#pragma once

#include <span>

#include "sqlite/migration.h"

/// The schema's steps for each engine: migrations/NNN_*.sql and their twins postgres/NNN_*.sql.

namespace hailong::district::storage {

std::span<const sqlite::Migration> sqlite_migrations();
std::span<const sqlite::Migration> postgres_migrations();

}  // namespace hailong::district::storage
