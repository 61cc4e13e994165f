#pragma once

#include <mutex>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "district/storage/store.h"
#include "sqlite/database.h"

/// How the classes of this folder reach the store's connections. For .cc files of this folder only.

namespace hailong::district::storage {

using Connection = std::unique_ptr<SQLite::Database>;

struct Store::Parts {
  std::filesystem::path file;
  std::mutex writing;  // guards `writer`, and every statement prepared on it
  Connection writer;
  std::mutex reading;  // guards `idle_readers`
  std::vector<Connection> idle_readers;

  core::Result<Connection> take_reader();
  void give_back(Connection reader);
};

/// Runs `work(database)` in one write transaction, which is committed when `work` succeeds.
template <typename Work>
auto writing(Store& store, std::string_view doing, Work work)
    -> std::invoke_result_t<Work, SQLite::Database&> {
  return sqlite::fenced(doing, [&]() -> std::invoke_result_t<Work, SQLite::Database&> {
    Store::Parts& parts = store.parts();
    const std::lock_guard lock(parts.writing);
    SQLite::Transaction transaction(*parts.writer, SQLite::TransactionBehavior::IMMEDIATE);
    auto result = work(*parts.writer);
    if (result) transaction.commit();
    return result;
  });
}

/// Runs `work(database)` on a read connection, in one transaction: all it reads is of one moment.
template <typename Work>
auto reading(Store& store, std::string_view doing, Work work)
    -> std::invoke_result_t<Work, SQLite::Database&> {
  auto reader = store.parts().take_reader();
  if (!reader) return core::Failure(reader.error());
  auto result = sqlite::fenced(doing, [&]() -> std::invoke_result_t<Work, SQLite::Database&> {
    const SQLite::Transaction transaction(**reader);
    return work(**reader);
  });
  store.parts().give_back(std::move(*reader));
  return result;
}

}  // namespace hailong::district::storage
