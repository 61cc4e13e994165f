#include <string>

#include "tests/fuzz/fuzz.h"
#include "wire/bundle.h"

/// A configuration bundle, as it comes or as the text that the district signed.

namespace hailong::fuzz {
namespace {

/// What the rules let through is written and read as it was.
void expect_steady_bundle(const wire::Bundle& bundle) {
  const auto text = wire::encode_bundle(bundle);
  expect(text.has_value(), "a bundle that was read can be written");
  const auto again = wire::decode_bundle(text.value());
  expect(again && *again == bundle, "it is read as it was");
  expect(wire::encode_bundle(again.value()).value() == *text, "its bytes stay");
}

}  // namespace
}  // namespace hailong::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hailong;
  const std::string_view text = fuzz::text_of(data, size);
  const wire::PublicKey district = fuzz::signer().public_key();
  static_cast<void>(wire::open_bundle(text, district, core::DeviceId{"kt-10750-q1"}));
  const auto bundle = wire::decode_bundle(text);
  if (!bundle) {
    fuzz::expect(bundle.error().fault == core::Fault::kInvalid && !bundle.error().message.empty(),
                 "an error says what is wrong");
    return 0;
  }
  fuzz::expect_steady_bundle(*bundle);
  const auto opened =
      wire::open_bundle(wire::seal_bundle(text, fuzz::signer()), district, bundle->device);
  fuzz::expect(opened && opened->bundle == *bundle, "the kiosk reads what the district read");
  return 0;
}
