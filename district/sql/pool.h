#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

#include "district/sql/engine.h"

namespace hailong::district::sql {

/// The connections to one store, opened when they are needed and kept. Any thread.
class Pool {
 public:
  explicit Pool(std::unique_ptr<Engine> engine) : engine_(std::move(engine)) {}

  /// A connection on loan.
  class Loan {
   public:
    Loan(Pool& pool, bool writes, std::unique_ptr<Connection> connection)
        : pool_(pool), writes_(writes), connection_(std::move(connection)) {}
    Loan(const Loan&) = delete;
    Loan& operator=(const Loan&) = delete;
    ~Loan() { pool_.give_back(writes_, std::move(connection_)); }

    Connection& operator*() { return *connection_; }

   private:
    Pool& pool_;
    bool writes_;
    std::unique_ptr<Connection> connection_;
  };

  /// Waits while the engine takes no more writers. Throws sql::Exception.
  Loan take(Access access);

  /// How many transactions may write at a time.
  [[nodiscard]] std::size_t writers() const { return engine_->writers(); }

 private:
  struct Side {
    std::size_t lent = 0;
    std::vector<std::unique_ptr<Connection>> idle;
  };

  void give_back(bool writes, std::unique_ptr<Connection> connection);

  std::unique_ptr<Engine> engine_;
  std::mutex mutex_;  // guards both sides
  std::condition_variable given_back_;
  Side reading_;
  Side writing_;
};

}  // namespace hailong::district::sql
