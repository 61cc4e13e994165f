#pragma once

#include <memory>
#include <string_view>
#include <type_traits>
#include <utility>

#include "district/sql/transaction.h"
#include "district/storage/store.h"

/// How the classes of this folder reach the store's connections. For .cc files of this folder only.

namespace hailong::district::storage {

struct Store::Parts {
  sql::Pool pool;

  explicit Parts(std::unique_ptr<sql::Engine> engine) : pool(std::move(engine)) {}
};

/// Runs `work(connection)` in one write transaction, which is committed when `work` succeeds; see
/// sql::transact. `work` runs as if it were alone.
template <typename Work>
auto writing(Store& store, std::string_view doing, const Work& work)
    -> std::invoke_result_t<const Work&, sql::Connection&> {
  return sql::transact(store.parts().pool, sql::Access::kWrite, doing, work);
}

/// Held shared by whoever adds to the projections, and alone by whoever makes them anew.
inline constexpr const char* kProjectionsLock = "projections";

/// As writing(), but `work` is only as alone as the locks make it that it takes: for the ingest,
/// whose batches must not wait for each other.
template <typename Work>
auto writing_locked(Store& store, std::string_view doing, const Work& work)
    -> std::invoke_result_t<const Work&, sql::Connection&> {
  return sql::transact(store.parts().pool, sql::Access::kWriteLocked, doing, work);
}

/// Runs `work(connection)` once, in one transaction that only reads: all it reads is of one moment.
template <typename Work>
auto reading(Store& store, std::string_view doing, const Work& work)
    -> std::invoke_result_t<const Work&, sql::Connection&> {
  return sql::transact(store.parts().pool, sql::Access::kRead, doing, work);
}

}  // namespace hailong::district::storage
