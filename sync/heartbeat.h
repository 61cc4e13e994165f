#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "core/result.h"
#include "sync/delivery.h"
#include "sync/transport.h"
#include "wire/heartbeat.h"

namespace hailong::sync {

/// What the daemon knows beside journal and machine.
struct KnownFaults {
  std::string bundle;        // id of the configuration in place; empty: none
  std::string bundle_fault;  // why a newer one was not taken
  std::vector<std::string> others;
};

/// What a heartbeat brought back.
struct Heard {
  core::Stamp at;             // the kiosk's clock when the answer had come,
  std::int64_t true_ms = 0;   // the district's then, milliseconds since 1970 UTC,
  std::int64_t error_ms = 0;  // and how far off it may be: half of the way there and back
  std::string bundle;         // id of the newest configuration for this kiosk; empty: none
};

/// How long ago an event was stamped, in milliseconds, at least 0: by the boot's own clock where it
/// can be, since nobody sets that.
std::int64_t age_ms(const core::Stamp& then, const core::Stamp& now);

using Now = std::function<core::Stamp()>;

/// Tells the district how the kiosk is, and hears its time. Errors: the journal's; kIo without an
/// answer that counts, with why in one line.
core::Result<Heard> beat(Source& source, Transport& transport, const wire::PublicKey& district,
                         const KnownFaults& faults, const Now& now);

}  // namespace hailong::sync
