#pragma once

#include <simdjson.h>

#include <cstdint>
#include <optional>
#include <string_view>

#include "core/event.h"
#include "wire/json.h"

/// The body of an event as JSON, by its kind (docs/formats.md). For event_codec.cc only.

namespace hailong::wire {

/// A body as it is written; `kind` is empty for core::Unknown, which cannot be.
struct WrittenBody {
  std::string_view kind;
  Json json;
};

WrittenBody write_body(const core::Body& body);

/// Nothing for a kind that is not known here, or a body that does not say what its kind must.
std::optional<core::Body> read_body(std::string_view kind, const simdjson::dom::object& body);

/// Nothing where `object` has no such key, or something of another kind behind it.
std::optional<std::string_view> text_at(const simdjson::dom::object& object, std::string_view key);
std::optional<std::int64_t> number_at(const simdjson::dom::object& object, std::string_view key);
std::optional<core::Bytes32> bytes32_at(const simdjson::dom::object& object, std::string_view key);
/// A text that may be left out: empty then. Nothing when something else stands in its place.
std::optional<std::string> optional_text_at(const simdjson::dom::object& object,
                                            std::string_view key);

}  // namespace hailong::wire
