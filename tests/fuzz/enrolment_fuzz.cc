#include <sodium.h>

#include <string>

#include "core/bytes.h"
#include "tests/fuzz/fuzz.h"
#include "wire/enrolment.h"
#include "wire/enrolment_code.h"
#include "wire/json.h"
#include "wire/key_change.h"

/// What a machine and its district say to each other before they know each other, and when a key is
/// changed: as it stands, and as the text of somebody whose code and signature are good.

namespace hailong::fuzz {
namespace {

const core::Bytes32 kSecret{5};

std::string dumped(const wire::Json& sealed) {
  try {
    return sealed.dump();
  } catch (const wire::Json::exception&) {
    return {};  // no UTF-8: nobody can seal it
  }
}

/// As wire/enrolment.cc seals.
std::string sealed_text(const std::string& purpose, std::string_view text) {
  const std::string covered = "hailong " + purpose + " 1\n" + std::string(text);
  core::Bytes32 mac{};
  crypto_generichash(mac.data(), mac.size(), core::bytes_of(covered), covered.size(),
                     kSecret.data(), kSecret.size());
  return dumped({{"text", text},
                 {"mac", core::to_hex(mac)},
                 {"signature", core::to_hex(signer().sign(purpose, text))}});
}

wire::EnrolmentRequest asked() { return {"K7QD", signer().public_key(), core::Bytes32{3}}; }

void receive_request(std::string_view bytes) {
  const auto received = wire::receive_enrolment_request(bytes);
  if (!received) return;
  expect(wire::is_invitation_name(received->request.invitation), "a request names an invitation");
  if (received->request.key != signer().public_key()) return;
  const auto again = wire::receive_enrolment_request(
      wire::seal_enrolment_request(received->request, kSecret, signer()));
  expect(again && again->request == received->request, "a request that was read can be written");
  expect(again->knows(kSecret), "who knows the code is known to know it");
}

void open_answer(std::string_view bytes) {
  const auto enrolment = wire::open_enrolment(bytes, asked(), kSecret);
  if (!enrolment) return;
  expect(core::is_plain_name(enrolment->device.value), "a device has a plain name");
  expect(enrolment->first >= 1 && enrolment->first <= core::kLastSeq, "a journal can begin there");
  const auto again = wire::open_enrolment(
      wire::seal_enrolment(*enrolment, asked(), kSecret, signer()), asked(), kSecret);
  expect(again && *again == *enrolment, "an enrolment that was read can be written");
}

void open_key_change(std::string_view bytes) {
  const auto change = wire::open_key_change(bytes);
  if (!change) return;
  const std::string answer = wire::seal_key_answer(*change, signer());
  expect(wire::check_key_answer(answer, *change, signer().public_key()).has_value(),
         "what the district took is taken");
}

void read_code(std::string_view typed) {
  const auto code = wire::read_enrolment_code(typed);
  if (!code) return;
  const auto again = wire::read_enrolment_code(code->shown());
  expect(again && *again == *code, "a code is read as it is shown");
}

}  // namespace
}  // namespace hailong::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hailong;
  const std::string_view text = fuzz::text_of(data, size);
  fuzz::receive_request(text);
  fuzz::receive_request(fuzz::sealed_text("enrolment request", text));
  fuzz::open_answer(text);
  fuzz::open_answer(fuzz::sealed_text("enrolment answer", text));
  fuzz::open_key_change(text);
  const std::string signature = core::to_hex(fuzz::signer().sign("key change", text));
  fuzz::open_key_change(fuzz::dumped({{"change", text}, {"old", signature}, {"new", signature}}));
  fuzz::read_code(text);
  return 0;
}
