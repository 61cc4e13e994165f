#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "core/event.h"
#include "core/result.h"

/// An event as bytes: one line of JSON without a line break (docs/formats.md). The bytes are made
/// once, when the event is appended, and are stored, chained and sent as they are.

namespace hailong::wire {

/// Whether a text may stand in an event or beside one.
bool is_utf8(std::string_view text);

/// The bytes of an event. Its texts must be valid UTF-8; Unknown bodies cannot be encoded
/// (kInvalid). A question that stands twice among Answers is written once, with its later choices.
core::Result<std::string> encode_event(const core::Event& event);

/// Reads event bytes. Holds buffers that are used again, so one decoder serves many events quickly.
/// One thread at a time.
class EventDecoder {
 public:
  EventDecoder();
  EventDecoder(EventDecoder&&) noexcept;
  EventDecoder& operator=(EventDecoder&&) noexcept;
  ~EventDecoder();

  /// Errors: kInvalid for bytes that are not a well-formed event envelope (JSON, UTF-8, seq,
  /// stamp). A well-formed event whose kind or body is not understood comes back as core::Unknown,
  /// so that one odd event never blocks those behind it.
  core::Result<core::Event> decode(std::string_view bytes);

 private:
  struct Buffers;
  std::unique_ptr<Buffers> buffers_;
};

}  // namespace hailong::wire
