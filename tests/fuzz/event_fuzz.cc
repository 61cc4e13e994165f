#include <variant>

#include "tests/fuzz/fuzz.h"
#include "wire/event_codec.h"

/// Bytes of an event, as a journal or a batch holds them.

namespace hailong::fuzz {
namespace {

/// What was read can be written, and what is written is read as it was: from the second time on,
/// since a question that stands twice is written once.
void expect_steady(const core::Event& event) {
  static wire::EventDecoder decoder;
  const auto written = wire::encode_event(event);
  expect(written.has_value(), "an event that was read can be written");
  expect(written->find('\n') == std::string::npos, "an event is one line");
  const auto again = decoder.decode(*written);
  expect(again.has_value(), "an event that was written can be read");
  expect(again->seq == event.seq && again->stamp == event.stamp, "its stamp stays");
  expect(again->body.index() == event.body.index(), "its kind stays");
  expect(wire::encode_event(*again).value() == *written, "its bytes stay");
}

}  // namespace
}  // namespace hailong::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hailong;
  static wire::EventDecoder decoder;
  const auto event = decoder.decode(fuzz::text_of(data, size));
  if (!event) {
    fuzz::expect(!event.error().message.empty(), "an error says what is wrong");
    return 0;
  }
  fuzz::expect(event->seq >= 1, "events are counted from 1");
  if (!std::holds_alternative<core::Unknown>(event->body)) fuzz::expect_steady(*event);
  return 0;
}
