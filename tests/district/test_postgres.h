#pragma once

#include <cstdlib>
#include <filesystem>
#include <set>
#include <string>

#include "district/sql/engine.h"
#include "tests/district/fake_kiosk.h"

/// The suites run on both engines. With HAILONG_TEST_POSTGRES, a libpq connection string of a
/// server (tests/district/postgres.sh), each test's store is a schema of its own there.

namespace hailong::district {

inline const char* postgres_server() { return std::getenv("HAILONG_TEST_POSTGRES"); }

/// Drops the schemas that this process made.
class TestSchemas {
 public:
  /// Uses the driver once, so that what it keeps for the process is there until the schemas went.
  TestSchemas() { run("SELECT 1"); }
  TestSchemas(const TestSchemas&) = delete;
  TestSchemas& operator=(const TestSchemas&) = delete;
  ~TestSchemas() {
    for (const std::string& schema : made_) run("DROP SCHEMA " + schema + " CASCADE");
  }

  void make(const std::string& schema) {
    if (made_.insert(schema).second) run("CREATE SCHEMA " + schema);
  }

 private:
  static void run(const std::string& sql) {
    const auto engine = must(sql::postgres_engine(postgres_server(), {}));
    const auto connection = engine->connect(sql::Access::kWriteLocked);
    connection->begin(sql::Access::kWriteLocked, false);
    connection->run_script(sql);
    connection->commit();
  }

  std::set<std::string> made_;
};

/// What `[store] postgres` is for a test whose data_dir this is; empty when the suites run on
/// SQLite. The server knows the connections of this test from those of others by their name.
inline std::string test_postgres(const std::filesystem::path& data_dir) {
  if (postgres_server() == nullptr) return {};
  static TestSchemas schemas;
  // PostgreSQL's names have 63 bytes, a path has more.
  const std::string schema = "t_" + std::to_string(std::filesystem::hash_value(data_dir));
  schemas.make(schema);
  return std::string(postgres_server()) + " options=-csearch_path=" + schema +
         " application_name=" + schema;
}

}  // namespace hailong::district
