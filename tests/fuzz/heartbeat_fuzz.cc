#include <string>

#include "tests/fuzz/fuzz.h"
#include "wire/heartbeat.h"

/// A kiosk's sign of life as the district reads it, and the district's answer as the kiosk does: as
/// they come, and as the text that somebody signed whose key is good.

namespace hailong::fuzz {
namespace {

constexpr const char* kNonce = "0123456789abcdef";

/// As wire/heartbeat.cc seals; `key`: of the signer, where it stands beside the signature.
std::string sealed_lines(const char* purpose, std::string_view text, const std::string& key = {}) {
  std::string lines(text);
  lines.append("\n{");
  if (!key.empty()) lines.append(R"("key":")").append(key).append(R"(",)");
  lines.append(R"("signature":")").append(core::to_hex(signer().sign(purpose, text)));
  return lines.append("\"}\n");
}

/// The rest of what was read is written and read as it was; faults may be cut.
void expect_steady_heartbeat(wire::Heartbeat heartbeat) {
  heartbeat.faults.clear();
  heartbeat.bundle_fault.clear();
  const auto again = wire::open_heartbeat(wire::seal_heartbeat(heartbeat, signer()));
  expect(again && again->heartbeat == heartbeat, "a heartbeat that was read can be written");
}

void open_sign_of_life(std::string_view bytes) {
  const auto opened = wire::open_heartbeat(bytes);
  if (!opened) {
    expect(!opened.error().message.empty(), "an error says what is wrong");
    return;
  }
  const wire::Heartbeat& told = opened->heartbeat;
  expect(core::is_plain_name(told.device.value), "a device has a plain name");
  expect(told.last >= 0 && told.receipted >= 0, "events are counted");
  expect(wire::parse_heartbeat(opened->signed_text).value() == told, "the evidence says the same");
  expect_steady_heartbeat(told);
}

void open_answer(std::string_view bytes) {
  const auto answer = wire::open_heartbeat_answer(bytes, signer().public_key(), kNonce);
  if (!answer) return;
  expect(answer->nonce == kNonce && answer->now_ms >= 0, "it is the answer to that heartbeat");
  const auto again = wire::open_heartbeat_answer(wire::seal_heartbeat_answer(*answer, signer()),
                                                 signer().public_key(), kNonce);
  expect(again && *again == *answer, "an answer that was read can be written");
}

}  // namespace
}  // namespace hailong::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hailong;
  const std::string_view text = fuzz::text_of(data, size);
  fuzz::open_sign_of_life(text);
  fuzz::open_sign_of_life(
      fuzz::sealed_lines("heartbeat", text, core::to_hex(fuzz::signer().public_key())));
  fuzz::open_answer(text);
  fuzz::open_answer(fuzz::sealed_lines("heartbeat answer", text));
  return 0;
}
