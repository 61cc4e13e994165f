#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <thread>
#include <type_traits>
#include <utility>

#include "core/result.h"
#include "district/sql/exception.h"
#include "district/sql/pool.h"

namespace hailong::district::sql {

/// Rolled back at the end of its scope unless it was committed.
class Transaction {
 public:
  Transaction(Connection& connection, Access access) : connection_(connection) {
    connection_.begin(access);
  }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  ~Transaction() {
    if (open_) connection_.roll_back();
  }

  void commit() {
    connection_.commit();
    open_ = false;
  }

 private:
  Connection& connection_;
  bool open_ = true;
};

inline constexpr int kMostTries = 10;

/// Runs `work(connection)` in one transaction, which is committed when `work` succeeds. What fails
/// because others did the same at the same time, or because the connection was lost, is tried
/// again: so `work` must not change anything outside that a second run does not set anew. Errors:
/// `work`'s own; kBusy, kFull, kIo, kCorrupt, kConflict where a rule of the schema was broken.
template <typename Work>
auto transact(Pool& pool, Access access, std::string_view doing, Work work)
    -> std::invoke_result_t<Work, Connection&> {
  for (int tries = 1;; ++tries) {
    try {
      Pool::Loan connection = pool.take(access);
      Transaction transaction(*connection, access);
      auto result = work(*connection);
      if (result) transaction.commit();
      return result;
    } catch (const Exception& exception) {
      if (!exception.again() || tries == kMostTries) {
        return core::fail(exception.error(), std::string(doing));
      }
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(tries * tries));
  }
}

}  // namespace hailong::district::sql
