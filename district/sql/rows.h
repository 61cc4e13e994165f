#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "core/hex.h"

namespace hailong::district::sql {

/// Bytes of a BLOB column.
struct Blob {
  std::string bytes;
};

/// What a column of a row holds; a boolean is 0 or 1.
using Cell = std::variant<std::monostate, std::int64_t, std::string, Blob>;

/// One row of an answer, columns from 0; lives as long as what it was taken from. Asking for
/// another type than the column's is a mistake of the program, and throws.
class Row {
 public:
  explicit Row(std::span<const Cell> cells) : cells_(cells) {}

  [[nodiscard]] bool is_null(std::size_t column) const;
  [[nodiscard]] std::int64_t integer(std::size_t column) const;
  [[nodiscard]] std::string text(std::size_t column) const;
  [[nodiscard]] std::string bytes(std::size_t column) const;
  /// Throws unless the column holds 32 bytes.
  [[nodiscard]] core::Bytes32 bytes32(std::size_t column) const;
  [[nodiscard]] std::optional<std::int64_t> maybe_integer(std::size_t column) const;
  [[nodiscard]] std::optional<std::string> maybe_text(std::size_t column) const;

  [[nodiscard]] std::size_t size() const { return cells_.size(); }
  [[nodiscard]] const Cell& cell(std::size_t column) const { return cells_[column]; }

 private:
  template <typename T>
  [[nodiscard]] const T& held(std::size_t column, const char* type) const;

  std::span<const Cell> cells_;
};

/// A whole answer.
class Rows {
 public:
  explicit Rows(std::size_t columns) : columns_(columns) {}

  class Iterator {
   public:
    Iterator(const Rows& rows, std::size_t at) : rows_(&rows), at_(at) {}
    Row operator*() const { return (*rows_)[at_]; }
    Iterator& operator++() {
      ++at_;
      return *this;
    }
    bool operator==(const Iterator& other) const { return at_ == other.at_; }

   private:
    const Rows* rows_;
    std::size_t at_;
  };

  [[nodiscard]] bool empty() const { return size_ == 0; }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] Row operator[](std::size_t row) const {
    return Row(std::span(cells_).subspan(row * columns_, columns_));
  }
  [[nodiscard]] Iterator begin() const { return {*this, 0}; }
  [[nodiscard]] Iterator end() const { return {*this, size_}; }

  /// Another row, whose cells are to be filled in before the next one is added.
  std::span<Cell> add();

 private:
  std::size_t columns_;
  std::size_t size_ = 0;
  std::vector<Cell> cells_;  // row by row
};

}  // namespace hailong::district::sql
