#include "district/ingest/rebuild.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "district/ingest/own_stream.h"
#include "district/ingest/projection.h"
#include "wire/event_codec.h"

namespace hailong::district::ingest {
namespace {

/// What the district itself added, after all that kiosks sent.
core::Result<void> replay_own_events(storage::Ledger::Transaction& ledger,
                                     const core::UnitRegister& units) {
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

/// One walk along all events that kiosks sent; each stream begins with `begin(stream)`.
template <typename Begin, typename Take>
core::Result<void> each_decoded(storage::Ledger::Transaction& ledger, Begin begin, Take take) {
  wire::EventDecoder decoder;
  std::optional<core::Error> broken;
  std::optional<std::int64_t> stream;
  ledger.each_event([&](std::int64_t its_stream, core::Seq seq, std::string_view bytes) {
    if (stream != its_stream) {
      stream = its_stream;
      begin(its_stream);
    }
    const auto event = decoder.decode(bytes);
    if (event) return take(*event);
    broken =
        core::Error{core::Fault::kCorrupt, "stream " + std::to_string(its_stream) + ", event " +
                                               std::to_string(seq) + ": " + event.error().message};
  });
  if (broken) return core::Failure(*broken);
  return {};
}

/// A stream's clock, and when its events were here.
struct Timed {
  Timed(storage::Ledger::Transaction& ledger, std::int64_t stream)
      : clock(ledger, stream), arrivals(ledger.arrivals(stream, 1, ledger.last_received(stream))) {}

  StreamClock clock;
  storage::Arrivals arrivals;
};

}  // namespace

core::Result<void> project_anew(storage::Ledger::Transaction& ledger,
                                const core::UnitRegister& units,
                                const storage::CaseRules& case_rules) {
  ledger.clear_projections();
  std::map<std::int64_t, Timed> streams;
  Timed* timed = nullptr;
  const auto looked = each_decoded(
      ledger,
      [&](std::int64_t stream) {
        timed = &streams.try_emplace(stream, ledger, stream).first->second;
      },
      [&](const core::Event& event) {
        timed->clock.look_ahead(event, timed->arrivals.of(event.seq));
      });
  if (!looked) return looked;
  for (auto& [stream, its] : streams) its.clock.settle();
  std::vector<storage::DevicePlace> places;
  std::optional<Projection> projection;
  const auto projected = each_decoded(
      ledger,
      [&](std::int64_t stream) {
        if (projection) projection->finish();
        timed = &streams.at(stream);
        places = ledger.places_of_stream(stream);
        projection.emplace(ledger, units, stream, places);
      },
      [&](const core::Event& event) {
        const When when = timed->clock.next(event, timed->arrivals.of(event.seq));
        projection->apply(event, when, case_rules);
      });
  if (!projected) return projected;
  if (projection) projection->finish();
  ledger.set_projection_version(kProjectionVersion);
  if (!projection) return {};
  ledger.revise();
  return replay_own_events(ledger, units);
}

}  // namespace hailong::district::ingest
