#include "district/ingest/heartbeats.h"

#include <algorithm>

#include "core/chain.h"
#include "district/ingest/sender.h"
#include "wire/compression.h"
#include "wire/event_codec.h"

namespace hailong::district::ingest {
namespace {

using Transaction = storage::Ledger::Transaction;
using Told = storage::ToldSoFar;

/// One heartbeat beside what is stored. Runs inside one transaction.
class HeartbeatIntake {
 public:
  HeartbeatIntake(Transaction& ledger, const wire::OpenedHeartbeat& opened, std::int64_t now_ms)
      : ledger_(ledger), opened_(opened), told_(opened.heartbeat), now_ms_(now_ms) {}

  HeartbeatOutcome take() {
    const auto device = ledger_.device(told_.device);
    if (auto refused = refused_sender(device, ledger_, told_.device, opened_.key)) return *refused;
    const auto stream = ledger_.stream(told_.device, told_.epoch);
    const auto before = ledger_.told(told_.device, told_.epoch);
    if (stream) stream_ = stream->id;
    if (before) newest_boot_ = before->last.boot;
    TakenHeartbeat taken{told_, contradiction(stream, before), !stream && !before};
    if (!taken.contradiction.empty()) {
      ledger_.keep_conflict(evidence(), wire::compress(""), taken.contradiction, now_ms_);
    }
    if (!stream || told_.last > stream->position) ledger_.pin(evidence(), now_ms_);
    if (!before || is_newer(*before)) keep(before);
    return taken;
  }

 private:
  /// One that came late, or is played again, must not replace what was told after it, nor pass for
  /// a sign of life.
  bool is_newer(const Told& before) {
    if (told_.last > before.events.most) return true;
    if (told_.now.boot_id == before.last.boot) return told_.now.mono_ms > before.last.mono_ms;
    if (is_past(told_.now.boot_id)) return false;
    return told_.last == before.events.most || was_before(before.events.since);
  }

  bool is_past(const std::string& boot) {
    return ledger_.is_past_boot(told_.device, told_.epoch, boot);
  }

  /// Whether it is certain that the heartbeat was made after `stamp`. Within a boot its clock
  /// tells, which nobody sets. Of two boots their events' order does, or else which one's
  /// heartbeats gave way to the other's. Beyond that only clocks that both were set can tell.
  bool was_before(const core::Stamp& stamp) {
    const core::Stamp& now = told_.now;
    if (stamp.boot_id == now.boot_id) return stamp.mono_ms < now.mono_ms;
    if (const auto is_later = ledger_.is_later_boot(stream_, now.boot_id, stamp.boot_id)) {
      return *is_later;
    }
    if (is_past(now.boot_id)) return false;
    if (now.boot_id == newest_boot_ && is_past(stamp.boot_id)) return true;
    return stamp.clock == core::ClockState::kSynced && now.clock == core::ClockState::kSynced &&
           stamp.wall_ms < now.wall_ms;
  }

  void keep(const std::optional<Told>& before) {
    const bool is_more = !before || told_.last > before->events.most;
    const storage::ToldEvents most{told_.last, told_.now};
    ledger_.keep_heartbeat(
        told_.device, told_.epoch, opened_.signed_text,
        {is_more ? most : before->events, {told_.now.boot_id, told_.now.mono_ms}}, now_ms_);
  }

  std::string contradiction(const std::optional<storage::Stream>& stream,
                            const std::optional<Told>& before) {
    const std::string last = std::to_string(told_.last);
    if (is_another_head(stream)) {
      return "the kiosk's event " + last + " is another one than it had before";
    }
    if (const core::Seq seen = seen_before(stream, before); seen > told_.last) {
      return "the kiosk's journal ends at event " + last + ", but it had event " +
             std::to_string(seen) + " before: rolled back or cut";
    }
    return {};
  }

  bool is_another_head(const std::optional<storage::Stream>& stream) {
    if (stream && told_.last > 0 && told_.last <= stream->position) {
      const core::Bytes32 hash = ledger_.hash_at(*stream, told_.last);
      if (hash != core::Bytes32{} && hash != told_.head) return true;
    }
    const auto heads = ledger_.pinned_heads(told_.device, told_.epoch, told_.last, told_.last);
    return std::any_of(heads.begin(), heads.end(),
                       [&](const storage::PinnedHead& head) { return head.hash != told_.head; });
  }

  /// The highest event beyond its last that was there before the heartbeat was made; 0: none.
  core::Seq seen_before(const std::optional<storage::Stream>& stream,
                        const std::optional<Told>& before) {
    core::Seq seen = 0;
    if (before && before->events.most > told_.last && was_before(before->events.since)) {
      seen = before->events.most;
    }
    if (!stream) return seen;
    for (const core::Seq seq : {stream->position, told_.last + 1}) {
      if (seq > std::max(seen, told_.last) && was_there(seq)) return seq;
    }
    return seen;
  }

  bool was_there(core::Seq seq) {
    const auto event = decoder_.decode(ledger_.event_bytes({stream_, seq}));
    return event && was_before(event->stamp);
  }

  storage::SignedClaim evidence() {
    return {told_.device,        told_.epoch, told_.last,        told_.last, told_.head,
            opened_.signed_text, opened_.key, opened_.signature, true};
  }

  Transaction& ledger_;
  const wire::OpenedHeartbeat& opened_;
  const wire::Heartbeat& told_;
  std::int64_t now_ms_;
  std::int64_t stream_ = 0;  // 0: nothing of the epoch is stored
  std::string newest_boot_;  // of the heartbeat that is kept
  wire::EventDecoder decoder_;
};

}  // namespace

core::Result<HeartbeatOutcome> Heartbeats::take(const core::DeviceId& addressed,
                                                std::string_view body, std::int64_t now_ms) {
  const auto opened = wire::open_heartbeat(body);
  if (!opened) {
    const bool forged = opened.error().fault == core::Fault::kRefused;
    return Refused{forged ? Refusal::kForged : Refusal::kMalformed, opened.error().message};
  }
  if (opened->heartbeat.device != addressed) {
    return Refused{Refusal::kWrongDevice, "the heartbeat is signed for device " +
                                              opened->heartbeat.device.value +
                                              " and was sent to another one's address"};
  }
  return ledger_.write([&](Transaction& ledger) -> core::Result<HeartbeatOutcome> {
    return HeartbeatIntake(ledger, *opened, now_ms).take();
  });
}

}  // namespace hailong::district::ingest
