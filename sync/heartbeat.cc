#include "sync/heartbeat.h"

#include <algorithm>

#include "program/machine.h"
#include "sync/problem.h"

namespace hailong::sync {
namespace {

using core::Fault;

core::Result<wire::Heartbeat> heartbeat_of(Source& source, const KnownFaults& faults,
                                           const core::Stamp& now) {
  const auto standing = source.outbox().standing();
  if (!standing) return core::Failure(standing.error());
  const journal::Identity& own = source.outbox().identity();
  wire::Heartbeat heartbeat;
  heartbeat.device = own.device;
  heartbeat.epoch = own.epoch;
  heartbeat.version = HAILONG_VERSION;
  heartbeat.nonce = wire::random_id();
  heartbeat.last = standing->last;
  heartbeat.head = standing->head;
  heartbeat.receipted = standing->receipted;
  if (standing->oldest) heartbeat.oldest_ms = age_ms(*standing->oldest, now);
  if (standing->tap) heartbeat.tap_ms = age_ms(*standing->tap, now);
  if (const auto disk = program::disk_of(source.folder())) {
    heartbeat.disk = wire::HeartbeatDisk{disk->free, disk->total};
  }
  heartbeat.temperature = program::hottest_of();
  heartbeat.now = now;
  heartbeat.bundle = faults.bundle;
  heartbeat.bundle_fault = faults.bundle_fault;
  heartbeat.faults = faults.others;
  return heartbeat;
}

core::Failure unheard(const std::string& why) {
  return core::fail(Fault::kIo, "no answer to the heartbeat: " + why);
}

}  // namespace

std::int64_t age_ms(const core::Stamp& then, const core::Stamp& now) {
  const bool same_boot = then.boot_id == now.boot_id;
  const std::int64_t age = same_boot ? now.mono_ms - then.mono_ms : now.wall_ms - then.wall_ms;
  return std::max<std::int64_t>(age, 0);
}

core::Result<Heard> beat(Source& source, Transport& transport, const wire::PublicKey& district,
                         const KnownFaults& faults, const Now& now) {
  const core::Stamp before = now();
  const auto heartbeat = heartbeat_of(source, faults, before);
  if (!heartbeat) return core::Failure(heartbeat.error());
  const std::string bytes = wire::seal_heartbeat(*heartbeat, source.key());
  const Answer sent = transport.send({"/api/v1/devices/" + heartbeat->device.value + "/heartbeat",
                                      "application/vnd.hailong.heartbeat", bytes, ""});
  const core::Stamp after = now();
  if (const auto* failure = std::get_if<NetworkFailure>(&sent)) return unheard(failure->text);
  const auto& answer = std::get<HttpAnswer>(sent);
  if (answer.status != 200) return unheard(describe(answer));
  const auto opened = wire::open_heartbeat_answer(answer.body, district, heartbeat->nonce);
  if (!opened) return unheard(describe(answer) + ", but " + opened.error().message);
  const std::int64_t there_and_back = std::max<std::int64_t>(after.mono_ms - before.mono_ms, 1);
  const std::int64_t half = (there_and_back + 1) / 2;
  return Heard{after, opened->now_ms + half, half, opened->bundle};
}

}  // namespace hailong::sync
