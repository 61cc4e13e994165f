#include <algorithm>

#include "sync/problem.h"
#include "sync/retry_after.h"
#include "tests/fuzz/fuzz.h"
#include "wire/json.h"
#include "wire/receipt.h"

/// What a daemon reads of an answer, whoever wrote it: a receipt, problem details, a field.

namespace hailong::fuzz {
namespace {

/// The input as the text that the district signed.
void open_signed(std::string_view text) {
  const wire::Json sealed = {{"receipt", text},
                             {"signature", core::to_hex(signer().sign("receipt", text))}};
  std::string bytes;
  try {
    bytes = sealed.dump();
  } catch (const wire::Json::exception&) {
    return;  // no UTF-8: the district cannot sign it
  }
  const auto receipt = wire::open_receipt(bytes, signer().public_key());
  if (!receipt) {
    expect(receipt.error().fault == core::Fault::kInvalid, "the signature is good");
    return;
  }
  const auto again =
      wire::open_receipt(wire::seal_receipt(*receipt, signer()), signer().public_key());
  expect(again.value() == *receipt, "a receipt that was read can be written");
}

}  // namespace
}  // namespace hailong::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hailong;
  const std::string text(fuzz::text_of(data, size));
  const auto receipt = wire::open_receipt(text, fuzz::signer().public_key());
  if (receipt) fuzz::expect(receipt->last >= 0, "a receipt counts events");
  fuzz::open_signed(text);

  sync::HttpAnswer answer;
  answer.status = 409;
  answer.content_type = text;
  answer.body = text;
  const std::string line = sync::describe(answer);
  fuzz::expect(line.size() < 1000, "a line of the log is of bounded length");
  fuzz::expect(
      std::all_of(line.begin(), line.end(), [](unsigned char c) { return c >= 0x20 && c < 0x7F; }),
      "a line of the log is printable");
  static_cast<void>(sync::expected_seq(text));
  if (const auto wait = sync::retry_after(text, text, 1'795'453'200)) {
    fuzz::expect(wait->count() >= 0, "nobody is asked to wait for less than nothing");
  }
  return 0;
}
