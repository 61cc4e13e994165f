#pragma once

#include <span>

#include "district/sql/connection.h"
#include "sqlite/migration.h"

namespace hailong::district::sql {

/// Runs those of the migrations that the PostgreSQL database does not have yet, as part of the
/// connection's transaction. Throws sql::Exception.
void migrate_postgres(Connection& c, std::span<const sqlite::Migration> migrations);

}  // namespace hailong::district::sql
