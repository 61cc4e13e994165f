#include "district/ingest/rebuild.h"

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

/// One walk along the events of a stream.
template <typename Take>
core::Result<void> each_decoded(storage::Ledger::Transaction& ledger, std::int64_t stream,
                                Take take) {
  wire::EventDecoder decoder;
  std::optional<core::Error> broken;
  ledger.each_event(stream, [&](core::Seq seq, std::string_view bytes) {
    const auto event = decoder.decode(bytes);
    if (event) return take(*event);
    broken =
        core::Error{core::Fault::kCorrupt, "stream " + std::to_string(stream) + ", event " +
                                               std::to_string(seq) + ": " + event.error().message};
  });
  if (broken) return core::Failure(*broken);
  return {};
}

/// When everything happened has to be known before anything is counted: two walks.
core::Result<void> project_stream(storage::Ledger::Transaction& ledger,
                                  const core::UnitRegister& units,
                                  const storage::CaseRules& case_rules, std::int64_t stream) {
  StreamClock clock(ledger, stream);
  const auto arrivals = ledger.arrivals(stream, 1, ledger.last_received(stream));
  auto looked = each_decoded(ledger, stream, [&](const core::Event& event) {
    clock.look_ahead(event, arrivals.of(event.seq));
  });
  if (!looked) return looked;
  clock.settle();
  const std::vector<storage::DevicePlace> places = ledger.places_of_stream(stream);
  Projection projection(ledger, units, stream, places);
  auto projected = each_decoded(ledger, stream, [&](const core::Event& event) {
    projection.apply(event, clock.next(event, arrivals.of(event.seq)), case_rules);
  });
  projection.finish();
  return projected;
}

}  // namespace

core::Result<void> project_anew(storage::Ledger::Transaction& ledger,
                                const core::UnitRegister& units,
                                const storage::CaseRules& case_rules) {
  ledger.clear_projections();
  const std::vector<std::int64_t> streams = ledger.streams();
  for (const std::int64_t stream : streams) {
    if (auto done = project_stream(ledger, units, case_rules, stream); !done) return done;
  }
  ledger.set_projection_version(kProjectionVersion);
  if (streams.empty()) return {};
  ledger.revise();
  return replay_own_events(ledger, units);
}

}  // namespace hailong::district::ingest
