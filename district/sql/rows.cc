#include "district/sql/rows.h"

#include <cstring>

#include "district/sql/exception.h"

namespace hailong::district::sql {
namespace {

using core::Fault;

[[noreturn]] void refuse(std::size_t column, const std::string& why) {
  throw Exception({Fault::kCorrupt, "column " + std::to_string(column) + " holds " + why});
}

}  // namespace

template <typename T>
const T& Row::held(std::size_t column, const char* type) const {
  if (column >= cells_.size()) refuse(column, "nothing: the answer has fewer columns");
  const T* value = std::get_if<T>(&cells_[column]);
  if (value == nullptr) refuse(column, std::string("no ") + type);
  return *value;
}

bool Row::is_null(std::size_t column) const {
  if (column >= cells_.size()) refuse(column, "nothing: the answer has fewer columns");
  return std::holds_alternative<std::monostate>(cells_[column]);
}

std::int64_t Row::integer(std::size_t column) const { return held<std::int64_t>(column, "number"); }

std::string Row::text(std::size_t column) const { return held<std::string>(column, "text"); }

std::string Row::bytes(std::size_t column) const { return held<Blob>(column, "bytes").bytes; }

core::Bytes32 Row::bytes32(std::size_t column) const {
  const std::string& bytes = held<Blob>(column, "bytes").bytes;
  core::Bytes32 fixed{};
  if (bytes.size() != fixed.size()) refuse(column, "another number of bytes than 32");
  std::memcpy(fixed.data(), bytes.data(), fixed.size());
  return fixed;
}

std::optional<std::int64_t> Row::maybe_integer(std::size_t column) const {
  if (is_null(column)) return std::nullopt;
  return integer(column);
}

std::optional<std::string> Row::maybe_text(std::size_t column) const {
  if (is_null(column)) return std::nullopt;
  return text(column);
}

std::span<Cell> Rows::add() {
  cells_.resize(cells_.size() + columns_);
  ++size_;
  return std::span(cells_).last(columns_);
}

}  // namespace hailong::district::sql
