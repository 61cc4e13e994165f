#pragma once

#include <exception>
#include <utility>

#include "core/result.h"

namespace hailong::district::sql {

/// How a statement fails inside sql::transact(), which turns it into a Result.
class Exception : public std::exception {
 public:
  /// `again`: nothing was changed, and the same transaction may well succeed at the next try.
  explicit Exception(core::Error error, bool again = false)
      : error_(std::move(error)), again_(again) {}

  [[nodiscard]] const char* what() const noexcept override { return error_.message.c_str(); }
  [[nodiscard]] const core::Error& error() const { return error_; }
  [[nodiscard]] bool again() const { return again_; }

 private:
  core::Error error_;
  bool again_;
};

}  // namespace hailong::district::sql
