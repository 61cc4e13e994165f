#include "district/ingest/receiver.h"

#include <array>

#include "core/chain.h"
#include "district/ingest/checked_batch.h"
#include "district/ingest/judge.h"
#include "district/ingest/own_stream.h"
#include "district/ingest/projection.h"
#include "wire/compression.h"
#include "wire/event_codec.h"

namespace hailong::district::ingest {
namespace {

using Transaction = storage::Ledger::Transaction;

storage::SignedClaim evidence_of(const wire::OpenedBatch& batch) {
  return {batch.claim.device, batch.claim.epoch,  batch.claim.first, batch.claim.last,
          batch.claim.head,   batch.signed_claim, batch.key,         batch.signature};
}

/// Whether the device may send, and with this key. Nothing when it may.
std::optional<Refused> refused_sender(const std::optional<storage::KnownDevice>& device,
                                      Transaction& ledger, const wire::OpenedBatch& batch) {
  if (!device) {
    return Refused{Refusal::kUnknownDevice, "no such device is registered here"};
  }
  if (device->suspended) return Refused{Refusal::kSuspended, "the device is suspended"};
  if (!ledger.key_is_active(batch.claim.device, batch.key)) {
    return Refused{Refusal::kUnknownKey,
                   "key " + core::to_hex(batch.key) + " may not speak for this device"};
  }
  return std::nullopt;
}

Stored stored_of(Transaction& ledger, const wire::BatchClaim& claim,
                 const storage::Stream& stream) {
  Stored stored{stream.position, stream.head, std::nullopt, {}};
  if (claim.last < stream.position) {
    stored.hash_at_last = ledger.hash_at(stream, claim.last);
  } else {
    const core::Seq from = std::max(claim.first, stream.position + 1);
    for (const auto& head : ledger.pinned_heads(claim.device, claim.epoch, from, claim.last)) {
      stored.seen.push_back({head.seq, head.hash});
    }
  }
  return stored;
}

std::string event_lines(const wire::OpenedBatch& batch) {
  std::string lines;
  for (const std::string_view event : batch.events) lines.append(event).push_back('\n');
  return lines;
}

wire::Receipt receipt_of(const wire::BatchClaim& claim, const storage::Stream& stream) {
  return {claim.device, claim.epoch, stream.position, stream.head, stream.received_at};
}

/// Stores one checked batch, or the evidence of why not. Runs inside one transaction.
class Intake {
 public:
  Intake(Transaction& ledger, const core::UnitRegister& units, const CheckedBatch& batch,
         std::int64_t now_ms)
      : ledger_(ledger), units_(units), batch_(batch), now_ms_(now_ms) {}

  Answer take() {
    const wire::BatchClaim& claim = batch_.opened.claim;
    const auto device = ledger_.device(claim.device);
    if (auto refused = refused_sender(device, ledger_, batch_.opened)) return *refused;
    const auto known = ledger_.stream(claim.device, claim.epoch);
    storage::Stream stream = known.value_or(
        storage::Stream{0, 0, core::chain_start(claim.device, claim.epoch), now_ms_});
    const auto judgement = judge({claim.first, claim.previous, batch_.opened.hashes},
                                 stored_of(ledger_, claim, stream));
    ledger_.pin(evidence_of(batch_.opened), now_ms_);
    if (const auto* gap = std::get_if<Gap>(&judgement)) {
      return Refused{Refusal::kGap,
                     "expected event " + std::to_string(gap->expected) + ", got event " +
                         std::to_string(claim.first),
                     gap->expected};
    }
    if (const auto* contradiction = std::get_if<Contradicts>(&judgement)) {
      ledger_.keep_conflict(evidence_of(batch_.opened), wire::compress(event_lines(batch_.opened)),
                            contradiction->reason, now_ms_);
      return Refused{Refusal::kConflict, contradiction->reason};
    }
    Accepted accepted;
    if (const auto* continues = std::get_if<Continues>(&judgement)) {
      if (!known) stream = ledger_.open_stream(claim.device, claim.epoch, stream.head, now_ms_);
      accepted.new_epoch = !known;
      append(stream, device->unit, continues->from, accepted);
      accepted.added = static_cast<std::int64_t>(batch_.events.size() - continues->from);
    }
    accepted.receipt = receipt_of(claim, stream);
    return accepted;
  }

 private:
  void append(storage::Stream& stream, const core::UnitCode& unit, std::size_t from,
              Accepted& accepted) {
    const wire::OpenedBatch& opened = batch_.opened;
    Projection projection(ledger_, units_, stream.id, unit);
    for (std::size_t i = from; i < batch_.events.size(); ++i) {
      const core::Event& event = batch_.events[i];
      ledger_.add_event(stream.id, event.seq, opened.hashes[i], opened.events[i]);
      add_content(stream.id, event);
      projection.apply(event);
    }
    projection.finish();
    stream.position = opened.claim.last;
    stream.head = opened.claim.head;
    stream.received_at = now_ms_;
    ledger_.advance(stream);
    accepted.quarantined = projection.quarantined();
    accepted.alerts = projection.alerts();
  }

  void add_content(std::int64_t stream, const core::Event& event) {
    if (const auto found = batch_.contents.find(event.seq); found != batch_.contents.end()) {
      const auto& [digest, content] = found->second;
      ledger_.add_content(stream, event.seq, digest, &content->salt, content->text, now_ms_);
    } else if (const auto digest = digest_in(event)) {
      ledger_.add_content(stream, event.seq, *digest, nullptr, {}, now_ms_);
    }
  }

  Transaction& ledger_;
  const core::UnitRegister& units_;
  const CheckedBatch& batch_;
  std::int64_t now_ms_;
};

/// What the district itself added, after all that kiosks sent.
core::Result<void> replay_own_events(Transaction& ledger, const core::UnitRegister& units) {
  OwnStream own(ledger, units);
  core::Result<void> done;
  ledger.each_own_event([&](std::string_view bytes) {
    const auto event = decode_own_event(bytes);
    if (!event) {
      done = core::Failure(event.error());
    } else {
      own.apply(*event);
    }
  });
  return done;
}

}  // namespace

std::string_view name_of(Refusal refusal) {
  static constexpr std::array<std::string_view, kRefusals> kNames = {
      "malformed",   "too-large", "forged",      "wrong-device", "unknown-device",
      "unknown-key", "suspended", "bad-content", "gap",          "conflict"};
  return kNames[static_cast<std::size_t>(refusal)];
}

core::Result<Answer> Receiver::receive(const core::DeviceId& addressed, std::string_view body,
                                       std::int64_t now_ms) {
  const auto checked = check_batch(addressed, body, unpacked_limit_);
  if (const auto* refused = std::get_if<Refused>(&checked)) return Answer{*refused};
  Answer answer;
  const auto done = ledger_.write([&](Transaction& ledger) -> core::Result<void> {
    answer = Intake(ledger, units_, std::get<CheckedBatch>(checked), now_ms).take();
    return {};
  });
  if (!done) return core::Failure(done.error());
  return answer;
}

core::Result<void> Receiver::rebuild() {
  return ledger_.write([&](Transaction& ledger) -> core::Result<void> {
    ledger.clear_projections();
    wire::EventDecoder decoder;
    std::optional<core::Error> broken;
    std::int64_t stream = 0;
    core::UnitCode unit;
    std::optional<Projection> projection;
    ledger.each_event([&](std::int64_t its_stream, const core::UnitCode& its_unit, core::Seq seq,
                          std::string_view bytes) {
      if (stream != its_stream) {
        if (projection) projection->finish();
        stream = its_stream;
        unit = its_unit;
        projection.emplace(ledger, units_, stream, unit);
      }
      const auto event = decoder.decode(bytes);
      if (event) return projection->apply(*event);
      broken = core::Error{core::Fault::kCorrupt, "stream " + std::to_string(stream) + ", event " +
                                                      std::to_string(seq) + ": " +
                                                      event.error().message};
    });
    if (broken) return core::Failure(*broken);
    if (projection) projection->finish();
    return replay_own_events(ledger, units_);
  });
}

}  // namespace hailong::district::ingest
