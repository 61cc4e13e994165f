#pragma once

#include <algorithm>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace hailong::core {

/// Place of an event in its device's journal: 1, 2, 3 … without a gap. 0 means "before the first".
using Seq = std::int64_t;
/// The greatest that is taken from anybody: every reader of JSON knows it exactly, and sums with it
/// hold.
inline constexpr Seq kLastSeq = (Seq{1} << 53) - 1;

/// A name that cannot be mixed up with a name of another kind.
template <typename Tag>
struct Id {
  std::string value;

  Id() = default;
  explicit Id(std::string text) : value(std::move(text)) {}

  [[nodiscard]] bool empty() const { return value.empty(); }
  auto operator<=>(const Id&) const = default;
};

using DeviceId = Id<struct DeviceTag>;  // one kiosk: "kt-10750-q1"
using EpochId = Id<struct EpochTag>;  // one life of a kiosk's card: 16 hex digits, drawn at random
using VisitId = Id<struct VisitTag>;  // one person's turn at a kiosk: 16 hex digits, random
using UnitCode = Id<struct UnitTag>;  // government code of a commune: "10750"; not unique in time
using CounterId = Id<struct CounterTag>;  // a counter of a reception point: "q1"
using FieldId = Id<struct FieldTag>;      // a procedure field (lĩnh vực): "ho-tich"

/// True for names that may stand in file names, URLs and logs: 1 to 64 of a-z, 0-9 and '-'.
inline bool is_plain_name(std::string_view text) {
  const auto plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  };
  return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), plain);
}

}  // namespace hailong::core
