#include "district/sql/pool.h"

#include <utility>

namespace hailong::district::sql {

Pool::Loan Pool::take(Access access) {
  const bool writes = access != Access::kRead;
  Side& side = writes ? writing_ : reading_;
  std::unique_ptr<Connection> connection;
  {
    std::unique_lock lock(mutex_);
    if (writes) given_back_.wait(lock, [&] { return side.lent < engine_->writers(); });
    ++side.lent;
    if (!side.idle.empty()) {
      connection = std::move(side.idle.back());
      side.idle.pop_back();
    }
  }
  if (!connection) {
    try {
      connection = engine_->connect(access);
    } catch (...) {
      give_back(writes, nullptr);
      throw;
    }
  }
  return {*this, writes, std::move(connection)};
}

/// A lost connection is not kept, and those that idle were lost with it.
void Pool::give_back(bool writes, std::unique_ptr<Connection> connection) {
  std::vector<std::unique_ptr<Connection>> lost;
  {
    const std::lock_guard lock(mutex_);
    Side& side = writes ? writing_ : reading_;
    --side.lent;
    if (connection && connection->usable()) {
      side.idle.push_back(std::move(connection));
    } else {
      lost.swap(side.idle);
    }
  }
  given_back_.notify_one();
}

}  // namespace hailong::district::sql
