#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "kiosk/machine/chain_check.h"
#include "kiosk/machine/machine_state.h"

/// How the machine is, as staff read it: a line a fact, and whether somebody has to do something.
/// The limits stand in facts.cc, with where they come from.

namespace hailong::kiosk::machine {

enum class Verdict : std::uint8_t {
  kGood,
  kLook,  // not pressing
  kAct,
};

struct Fact {
  std::string label;
  std::string words;
  Verdict verdict = Verdict::kGood;

  bool operator==(const Fact&) const = default;
};

/// "14:05 ngày 26/11/2026"; nothing: that the clock was not true.
std::string moment(const std::optional<std::int64_t>& unix_ms);

/// Clock, disk, temperature, supply and wear where the machine tells of them, how long it has been
/// up, version.
std::vector<Fact> facts_of(const MachineState& state);

/// What waits to be sent, and when the district last confirmed anything (nothing: never); see
/// journal::Review.
Fact upload_fact(std::int64_t waiting, std::optional<std::int64_t> last_receipt_ms,
                 const core::Stamp& now);

/// The configuration from above that is shown (0: none), and whether a newer one was refused.
Fact config_fact(std::int64_t published_at_ms, bool refused);

Fact chain_fact(const ChainState& chain, const core::Stamp& now);

}  // namespace hailong::kiosk::machine
