#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

namespace hailong::district::sql {

using ByteView = std::span<const std::uint8_t>;

/// Text that holds bytes, for a BLOB column.
inline ByteView bytes(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

/// A parameter of a statement: a number, text, bytes or NULL. Text and bytes are views, which must
/// live until the statement was run.
class Value {
 public:
  using Held = std::variant<std::monostate, std::int64_t, std::string_view, ByteView>;

  // Parameters are written as what they are.
  // NOLINTBEGIN(google-explicit-constructor)
  Value() = default;
  Value(std::nullopt_t) {}
  Value(std::int64_t number) : held_(number) {}
  Value(int number) : held_(std::int64_t{number}) {}
  Value(bool truth) : held_(std::int64_t{truth ? 1 : 0}) {}
  Value(std::string_view text) : held_(text) {}
  Value(const std::string& text) : held_(std::string_view(text)) {}
  Value(const char* text) : held_(std::string_view(text)) {}
  Value(ByteView bytes) : held_(bytes) {}
  template <std::size_t N>
  Value(const std::array<std::uint8_t, N>& bytes) : held_(ByteView(bytes)) {}
  template <typename T>
  Value(const std::optional<T>& maybe) {
    if (maybe) *this = Value(*maybe);
  }
  // NOLINTEND(google-explicit-constructor)

  [[nodiscard]] const Held& held() const { return held_; }

 private:
  Held held_;
};

}  // namespace hailong::district::sql
