#include <zstd.h>

#include <algorithm>
#include <charconv>
#include <limits>
#include <variant>

#include "core/chain.h"
#include "district/ingest/checked_batch.h"
#include "district/ingest/judge.h"
#include "tests/fuzz/fuzz.h"
#include "wire/batch.h"
#include "wire/json.h"

/// The body of a batch, as anybody can send it. Three kinds of input:
///
///   a zstd frame     the body itself
///   {"v":…           the lines of a body, packed as they stand
///   anything else    events, one a line, then an empty line, then contents: in a body whose
///                    signature and chain are good, so that all that lies behind them is reached

namespace hailong::fuzz {
namespace {

namespace ingest = district::ingest;

constexpr const char* kDevice = "kt-10750-q1";
constexpr std::size_t kLimit = 1 << 20;
constexpr std::string_view kFrame = "\x28\xB5\x2F\xFD";

/// The number that the first event names, so that a batch may start anywhere; else 1.
core::Seq first_of(std::string_view text) {
  constexpr std::string_view kKey = "{\"seq\":";
  core::Seq first = 1;
  if (text.substr(0, kKey.size()) == kKey) {
    std::from_chars(text.data() + kKey.size(), text.data() + text.size(), first);
  }
  return std::max<core::Seq>(first, 1);
}

/// Fast, and without wire::compress(), whose tables are cleared for every frame.
std::string packed(std::string_view text) {
  static ZSTD_CCtx* const context = ZSTD_createCCtx();
  std::string frame(ZSTD_compressBound(text.size()), '\0');
  const std::size_t size =
      ZSTD_compressCCtx(context, frame.data(), frame.size(), text.data(), text.size(), 1);
  expect(ZSTD_isError(size) == 0, "whatever has room can be packed");
  frame.resize(size);
  return frame;
}

/// The lines of a batch whose signature and chain are good, of events and contents as they stand.
std::string signed_lines(std::string_view text) {
  const core::Seq first = first_of(text);
  core::Seq count = 0;
  core::Bytes32 head{};
  std::string events;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    if (line.empty()) break;
    events.append(line).push_back('\n');
    head = core::chain_next(head, line);
    ++count;
    if (first - 1 + count == std::numeric_limits<core::Seq>::max()) break;
  }
  const wire::Json claim = {{"v", 1},
                            {"device", kDevice},
                            {"epoch", "e1"},
                            {"first", first},
                            {"last", first - 1 + count},
                            {"previous", core::to_hex(core::Bytes32{})},
                            {"head", core::to_hex(head)}};
  const std::string line = claim.dump();
  const wire::Json signature = {{"key", core::to_hex(signer().public_key())},
                                {"signature", core::to_hex(signer().sign("batch", line))}};
  return line + "\n" + signature.dump() + "\n" + events + std::string(text);
}

std::string body_of(std::string_view input) {
  if (input.substr(0, kFrame.size()) == kFrame) return std::string(input);
  return packed(input.substr(0, 5) == "{\"v\":" ? std::string(input) : signed_lines(input));
}

/// A batch that was taken is what it says it is, and stands to what is stored as it should.
void expect_sound(const ingest::CheckedBatch& batch) {
  const wire::BatchClaim& claim = batch.opened.claim;
  expect(!batch.events.empty() && batch.events.size() == batch.opened.hashes.size() &&
             batch.events.size() == batch.opened.events.size(),
         "every event is there once");
  core::Bytes32 hash = claim.previous;
  for (std::size_t i = 0; i < batch.events.size(); ++i) {
    expect(batch.events[i].seq == claim.first + static_cast<core::Seq>(i), "events stand in order");
    hash = core::chain_next(hash, batch.opened.events[i]);
    expect(hash == batch.opened.hashes[i], "the chain holds");
  }
  expect(hash == claim.head, "the chain leads to the signed head");
  for (const auto& [seq, content] : batch.contents) {
    expect(seq >= claim.first && seq <= claim.last, "a content belongs to an event of the batch");
    expect(core::content_digest(content.content->salt, content.content->text) == content.digest,
           "a content is what its digest says");
  }
  const ingest::Run run{claim.first, claim.previous, batch.opened.hashes};
  const auto next = ingest::judge(run, {claim.first - 1, claim.previous, {}, {}});
  expect(std::holds_alternative<ingest::Continues>(next), "it continues what is before it");
  const auto repeat = ingest::judge(run, {claim.last, claim.head, {}, {}});
  expect(std::holds_alternative<ingest::Repeats>(repeat), "it repeats itself");
}

}  // namespace
}  // namespace hailong::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hailong;
  const std::string body = fuzz::body_of(fuzz::text_of(data, size));
  const auto checked = fuzz::ingest::check_batch(core::DeviceId{fuzz::kDevice}, body, fuzz::kLimit);
  if (const auto* batch = std::get_if<fuzz::ingest::CheckedBatch>(&checked)) {
    fuzz::expect_sound(*batch);
  } else {
    fuzz::expect(!std::get<fuzz::ingest::Refused>(checked).detail.empty(), "a refusal says why");
  }
  return 0;
}
