#include "district/ingest/receiver.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <span>
#include <vector>

#include "core/chain.h"
#include "district/ingest/checked_batch.h"
#include "district/ingest/judge.h"
#include "district/ingest/projection.h"
#include "district/ingest/rebuild.h"
#include "district/ingest/sender.h"
#include "wire/compression.h"

namespace hailong::district::ingest {
namespace {

using Transaction = storage::Ledger::Transaction;

constexpr std::size_t kMostTogether = 64;  // batches; others that write wait so long

constexpr core::LocalDate kFirstDay{std::chrono::year{1970}, std::chrono::January,
                                    std::chrono::day{1}};

storage::SignedClaim evidence_of(const wire::OpenedBatch& batch) {
  return {batch.claim.device, batch.claim.epoch,  batch.claim.first, batch.claim.last,
          batch.claim.head,   batch.signed_claim, batch.key,         batch.signature};
}

Stored stored_of(Transaction& ledger, const wire::BatchClaim& claim,
                 const storage::Stream& stream) {
  Stored stored{stream.position, stream.head, {}, [&ledger, &stream](core::Seq seq) {
                  return ledger.hash_at(stream, seq);
                }};
  if (claim.last > stream.position) {
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
  return {claim.device, claim.epoch,        stream.position,
          stream.head,  stream.received_at, stream.contents};
}

/// Where an epoch that nothing is stored of begins: with the batch, when the batch is its first,
/// else with number 1.
storage::Stream beginning_of(const wire::BatchClaim& claim, std::int64_t now_ms) {
  const bool is_first = claim.previous == core::chain_start(claim.device, claim.epoch, claim.first);
  const core::Seq first = is_first ? claim.first : 1;
  return {0,      first,    first - 1, core::chain_start(claim.device, claim.epoch, first),
          now_ms, first - 1};
}

core::Result<void> check_decision(const storage::FlagDecision& decision,
                                  const core::UnitCode& decider_unit,
                                  const core::UnitRegister& units) {
  using core::Fault;
  const core::Unit* rated = units.find_id(decision.unit_id);
  if (rated == nullptr) {
    return core::fail(Fault::kInvalid, "no unit " + decision.unit_id + " is known");
  }
  if (decision.to < decision.from) {
    return core::fail(Fault::kInvalid, "expected a last day not before the first");
  }
  if (decision.reasons.empty() ||
      !std::all_of(decision.reasons.begin(), decision.reasons.end(), is_flag)) {
    return core::fail(Fault::kInvalid, "expected the reasons of doubt that are decided on");
  }
  if (decision.why.empty() || decision.who.empty()) {
    return core::fail(Fault::kInvalid, "expected who decides, and why");
  }
  const core::Unit& now = units.successor(*rated, core::local_date(decision.at_ms));
  if (decider_unit == rated->code || decider_unit == now.code) {
    return core::fail(Fault::kConflict, "nobody decides on the ratings of the own unit");
  }
  return {};
}

/// "đơn vị 10750, điểm kim-xuyen, quầy q1, từ 2026-11-30"
std::string place_text(const storage::DevicePlace& place) {
  return "đơn vị " + place.unit.value + (place.point.empty() ? "" : ", điểm " + place.point) +
         (place.counter.empty() ? "" : ", quầy " + place.counter.value) + ", từ " +
         core::to_string(place.from);
}

/// Stores one checked batch, or the evidence of why not. Runs inside one transaction.
class Intake {
 public:
  Intake(Transaction& ledger, const core::UnitRegister& units, const storage::CaseRules& case_rules,
         const CheckedBatch& batch, std::int64_t now_ms)
      : ledger_(ledger), units_(units), case_rules_(case_rules), batch_(batch), now_ms_(now_ms) {}

  Answer take() {
    const wire::BatchClaim& claim = batch_.opened.claim;
    const auto device = ledger_.device(claim.device);
    if (auto refused = refused_sender(device, ledger_, claim.device, batch_.opened.key)) {
      return *refused;
    }
    const auto known = ledger_.stream(claim.device, claim.epoch);
    storage::Stream stream = known.value_or(beginning_of(claim, now_ms_));
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
    if (const auto bad = uncommitted_before(stream)) return uncommitted(*bad);
    ledger_.key_signed(claim.device, batch_.opened.key, now_ms_);
    fill_contents(stream);
    Accepted accepted;
    if (const auto* continues = std::get_if<Continues>(&judgement)) {
      if (!known) {
        stream = ledger_.open_stream(claim.device, claim.epoch, stream.first, stream.head, now_ms_);
      }
      accepted.new_epoch = !known;
      append(stream, device->places, continues->from, accepted);
      accepted.added = static_cast<std::int64_t>(batch_.events.size() - continues->from);
    }
    take_note_of_contents(stream);
    accepted.receipt = receipt_of(claim, stream);
    return accepted;
  }

 private:
  /// The first event before the batch that does not commit to what came for it.
  std::optional<core::Seq> uncommitted_before(const storage::Stream& stream) {
    wire::EventDecoder decoder;
    for (const auto& [seq, content] : batch_.contents) {
      if (seq >= batch_.opened.claim.first) break;
      const std::string bytes = ledger_.event_bytes({stream.id, seq});
      const auto event = decoder.decode(bytes);
      if (!event || !commits_to(*event, bytes, content.digest)) return seq;
    }
    return std::nullopt;
  }

  /// Adds what came for events that were stored before.
  void fill_contents(const storage::Stream& stream) {
    for (const auto& [seq, checked] : batch_.contents) {
      if (seq > stream.position) break;
      const auto& [digest, content] = checked;
      ledger_.add_content(stream.id, seq, digest, nullptr, {}, now_ms_);  // of an unknown kind
      ledger_.fill_content(stream.id, seq, digest, content->salt, content->text, now_ms_);
    }
  }

  /// What the claim says only counts where nothing before it is missing.
  void take_note_of_contents(storage::Stream& stream) {
    const wire::BatchClaim& claim = batch_.opened.claim;
    const wire::ContentsClaim contents = wire::contents_of(claim);
    if (contents.after > stream.contents || contents.last <= stream.contents) return;
    stream.contents = std::min(contents.last, stream.position);
    ledger_.set_contents(stream);
  }

  void append(storage::Stream& stream, const std::vector<storage::DevicePlace>& places,
              std::size_t from, Accepted& accepted) {
    const wire::OpenedBatch& opened = batch_.opened;
    const std::span events = std::span(batch_.events).subspan(from);
    for (std::size_t i = from; i < batch_.events.size(); ++i) {
      ledger_.add_event(stream.id, events[i - from].seq, opened.hashes[i], opened.events[i]);
    }
    ledger_.flush();
    const auto arrivals = ledger_.arrivals(stream.id, stream.position + 1, now_ms_);
    StreamClock clock(ledger_, stream.id);
    for (const core::Event& event : events) clock.look_ahead(event, arrivals.of(event.seq));
    Projection projection(ledger_, units_, stream.id, places);
    projection.retime(clock, clock.settle(), now_ms_);
    for (const core::Event& event : events) {
      add_content(stream.id, event);
      projection.apply(event, clock.next(event, arrivals.of(event.seq)), case_rules_);
    }
    projection.finish();
    ledger_.shed_heartbeats(evidence_of(opened), stream.id, stream.position, opened.claim.last - 1);
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
  const storage::CaseRules& case_rules_;
  const CheckedBatch& batch_;
  std::int64_t now_ms_;
};

}  // namespace

std::string_view name_of(Refusal refusal) {
  static constexpr std::array<std::string_view, kRefusals> kNames = {
      "malformed",   "too-large", "forged",      "wrong-device", "unknown-device",
      "unknown-key", "suspended", "bad-content", "gap",          "conflict"};
  return kNames[static_cast<std::size_t>(refusal)];
}

Receiver::Receiver(storage::Store& store, const core::UnitRegister& units,
                   const storage::CaseRules& case_rules, std::size_t unpacked_limit)
    : ledger_(store),
      units_(units),
      case_rules_(case_rules),
      unpacked_limit_(unpacked_limit),
      one_writer_(store.writers() == 1),
      gatherer_(kMostTogether, [this](std::span<Job* const> jobs) { take(jobs); }) {}

core::Result<Answer> Receiver::receive(const core::DeviceId& addressed, std::string_view body,
                                       std::int64_t now_ms) {
  const auto checked = check_batch(addressed, body, unpacked_limit_);
  if (const auto* refused = std::get_if<Refused>(&checked)) return Answer{*refused};
  Job job{std::get<CheckedBatch>(checked), now_ms,
          core::fail(core::Fault::kIo, "storing a batch: not tried")};
  if (one_writer_) {
    gatherer_.submit(job);
  } else {
    Job* const alone = &job;
    take({&alone, 1});
  }
  return std::move(job.answer);
}

/// Those that cannot be stored together are tried one by one, so that none suffers from another.
void Receiver::take(std::span<Job* const> jobs) {
  const auto done = take_at_once(jobs);
  if (done) return;
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    const auto one = jobs.size() == 1 ? done : take_at_once(jobs.subspan(i, 1));
    if (!one) jobs[i]->answer = core::Failure(one.error());
  }
}

core::Result<void> Receiver::take_at_once(std::span<Job* const> jobs) {
  auto taken = ledger_.write([&](Transaction& ledger) -> core::Result<std::vector<Answer>> {
    std::vector<Answer> answers;
    answers.reserve(jobs.size());
    for (const Job* job : jobs) {
      answers.push_back(Intake(ledger, units_, case_rules_, job->batch, job->now_ms).take());
      ledger.flush();  // the next one may be of the same device
    }
    return answers;
  });
  if (!taken) return core::Failure(taken.error());
  // Only now: what is not committed must not be acknowledged, whatever ended the transaction.
  for (std::size_t i = 0; i < jobs.size(); ++i) jobs[i]->answer = std::move((*taken)[i]);
  return {};
}

core::Result<void> Receiver::rebuild() {
  return ledger_.write_alone(
      [&](Transaction& ledger) { return project_anew(ledger, units_, case_rules_); });
}

core::Result<void> Receiver::rebuild(const storage::Author& by) {
  return ledger_.write_alone([&](Transaction& ledger) {
    ledger.audit({by.at_ms, by.who, "figures-rebuilt", "", ""});
    return project_anew(ledger, units_, case_rules_);
  });
}

core::Result<bool> Receiver::rebuild_if_outdated() {
  const auto is_outdated = [](Transaction& ledger) -> core::Result<bool> {
    return ledger.projection_version() != kProjectionVersion;
  };
  auto outdated = ledger_.write(is_outdated);
  if (!outdated || !*outdated) return outdated;
  return ledger_.write_alone([&](Transaction& ledger) -> core::Result<bool> {
    auto still = is_outdated(ledger);  // another receiver may have done it meanwhile
    if (!*still) return still;
    if (auto done = project_anew(ledger, units_, case_rules_); !done)
      return core::Failure(done.error());
    return true;
  });
}

core::Result<void> Receiver::move(const core::DeviceId& device, const storage::DevicePlace& place,
                                  bool count_anew, const storage::Author& by) {
  return ledger_.write_alone([&](Transaction& ledger) -> core::Result<void> {
    const auto known = ledger.device(device);
    if (!known || known->places.empty()) {
      return core::fail(core::Fault::kNotFound, "no device " + device.value);
    }
    const storage::DevicePlace& last = known->places.back();
    if (place.from < last.from) {
      return core::fail(core::Fault::kConflict, device.value + " came to its present place on " +
                                                    core::to_string(last.from) +
                                                    "; expected that day or a later one");
    }
    if (units_.find(place.unit, place.from) == nullptr) {
      return core::fail(core::Fault::kInvalid, "no unit bears the code " + place.unit.value +
                                                   " on " + core::to_string(place.from));
    }
    // The first place holds for earlier days, too.
    const bool replaces_first = known->places.size() == 1 && place.from == last.from;
    const core::LocalDate since = replaces_first ? kFirstDay : place.from;
    const bool leaves_unit =
        unit_id_on(units_, known->places, place.from) != unit_id_on(units_, {place}, place.from) ||
        (replaces_first && place.unit != last.unit);
    const bool moves_ratings = leaves_unit && ledger.counted_since(device, since) > 0;
    if (moves_ratings && !count_anew) {
      return core::fail(core::Fault::kConflict,
                        "ratings of " + device.value + " from " + core::to_string(place.from) +
                            " on are counted already; --rebuild counts everything anew");
    }
    ledger.put(device, place);
    ledger.audit({by.at_ms, by.who, "device-moved", device.value, place_text(place)});
    ledger.revise();
    return moves_ratings ? project_anew(ledger, units_, case_rules_) : core::Result<void>();
  });
}

core::Result<std::int64_t> Receiver::decide(const storage::FlagDecision& decision,
                                            const core::UnitCode& decider_unit) {
  if (auto checked = check_decision(decision, decider_unit, units_); !checked) {
    return core::Failure(checked.error());
  }
  return ledger_.write([&](Transaction& ledger) -> core::Result<std::int64_t> {
    ledger.add_flag_decision(decision);
    std::int64_t changed = 0;
    const std::vector<storage::DevicePlace> nowhere;
    Projection projection(ledger, units_, 0, nowhere);
    for (const storage::RatingPlace& rating : ledger.flagged_ratings(decision)) {
      if (projection.reconsider(rating)) ++changed;
    }
    projection.finish();
    ledger.revise();
    return changed;
  });
}

}  // namespace hailong::district::ingest
