#pragma once

#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "core/result.h"
#include "district/sql/exception.h"
#include "district/sql/pool.h"

namespace hailong::district::sql {

/// Rolled back at the end of its scope unless it was committed.
class Transaction {
 public:
  Transaction(Connection& connection, Access access, bool again = false) : connection_(connection) {
    connection_.begin(access, again);
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

inline constexpr int kMostTries = 20;

/// Runs `work(connection)` in one transaction, which is committed when `work` succeeds, and returns
/// its result. What writes and was undone because others did the same at the same time, or because
/// the connection was lost, is run again at once: so `work` returns what it finds out, and changes
/// nothing outside. What only reads is run once, and may hand out what it reads meanwhile. Errors:
/// `work`'s own; kBusy, kFull, kIo, kCorrupt, kConflict where a rule of the schema was broken.
template <typename Work>
auto transact(Pool& pool, Access access, std::string_view doing, const Work& work)
    -> std::invoke_result_t<const Work&, Connection&> {
  for (int tries = 1;; ++tries) {
    bool once = false;  // not to be run again
    try {
      Pool::Loan connection = pool.take(access);
      Transaction transaction(*connection, access, tries > 1);
      once = access == Access::kRead;
      auto result = work(*connection);
      if (result) transaction.commit();
      return result;
    } catch (const Exception& exception) {
      if (once || !exception.again() || tries == kMostTries) {
        return core::fail(exception.error(), std::string(doing));
      }
    }
  }
}

}  // namespace hailong::district::sql
